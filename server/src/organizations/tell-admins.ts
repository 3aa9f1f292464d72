import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues } from '#db/schema.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'

type Person = { name: string; email: string }

/** Mails every admin of an organization, but the one who did it. */
export async function tellAdmins(
  house: House,
  tx: Transaction,
  organizationId: string,
  letterTo: (admin: Person) => Letter,
  but?: string,
): Promise<void> {
  const admins = await tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(colleagues)
    .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
    .where(
      and(
        eq(colleagues.organizationId, organizationId),
        eq(colleagues.role, 'admin'),
        eq(colleagues.status, 'active'),
      ),
    )
  for (const admin of admins) if (admin.id !== but) await sendMail(house, tx, letterTo(admin))
}
