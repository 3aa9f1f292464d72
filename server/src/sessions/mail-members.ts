import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships } from '#db/schema.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'

type Addressee = { id: string; name: string; email: string }

/** Everybody who is in the group, but for the one whose doing it is. Invented people get no mail. */
export const readAddressees = (tx: Transaction, groupId: string, doer?: string): Promise<Addressee[]> =>
  tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(accounts.sample, false),
        doer ? ne(accounts.id, doer) : undefined,
      ),
    )

/** One letter to each member of a group but its writer, with why it came. */
export async function mailMembers(
  house: House,
  tx: Transaction,
  group: GroupRow,
  doer: string,
  letter: Omit<Letter, 'to' | 'footer'>,
): Promise<void> {
  for (const { email } of await readAddressees(tx, group.id, doer)) {
    await sendMail(house, tx, { ...letter, to: email, footer: footerOf(group) })
  }
}

export const footerOf = (group: Pick<GroupRow, 'name'>): string =>
  `You get this because you are a member of ${group.name} on Shortside.`
