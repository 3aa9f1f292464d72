import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships } from '#db/schema.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'

export async function tellOrganizers(
  house: House,
  tx: Transaction,
  groupId: string,
  letterTo: (organizer: { name: string; email: string }) => Letter,
): Promise<void> {
  const organizers = await tx
    .select({ name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
  for (const organizer of organizers) await sendMail(house, tx, letterTo(organizer))
}
