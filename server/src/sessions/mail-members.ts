import { and, asc, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships } from '#db/schema.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { makeRsvpLinks, type Addressee } from './make-rsvp-links.ts'

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
    .orderBy(asc(accounts.id))

/** One letter to each member of a group but its writer, with why it came; and, when asked, the ways to answer. */
export async function mailMembers(
  house: House,
  tx: Transaction,
  group: GroupRow,
  doer: string | undefined,
  letter: Omit<Letter, 'to' | 'footer' | 'choices'>,
  asked?: SessionRow,
): Promise<void> {
  const people = await readAddressees(tx, group.id, doer)
  const links = asked && (await makeRsvpLinks(house, tx, asked, people))
  for (const { id, email } of people) {
    const choices = links?.get(id)
    const footer = choices ? `${footerOf(group)} ${CHOICES_ARE_YOURS}` : footerOf(group)
    await sendMail(house, tx, { ...letter, to: email, footer, ...(choices ? { choices } : {}) })
  }
}

const CHOICES_ARE_YOURS =
  'The two links to answer need no sign-in and answer for you, so leave them out when you pass this on.'

export const footerOf = (group: Pick<GroupRow, 'name'>): string =>
  `You get this because you are a member of ${group.name} on Shortside.`
