import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { rsvpLinks } from '#db/schema.ts'
import type { Letter } from '../mail/send-mail.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'

export type Addressee = { id: string; name: string; email: string }

/** Where each of these people answers for a session without signing in. A second mail has the same addresses. */
export async function addressToAnswer(
  house: House,
  tx: Transaction,
  { id: sessionId, groupId }: Pick<SessionRow, 'id' | 'groupId'>,
  people: readonly { id: string }[],
): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  await tx
    .insert(rsvpLinks)
    .values(people.map(({ id: accountId }) => ({ groupId, sessionId, accountId })))
    .onConflictDoNothing()
  const links = await tx.select().from(rsvpLinks).where(eq(rsvpLinks.sessionId, sessionId))
  return new Map(
    links.map(({ id, accountId }) => [
      accountId,
      `${house.config.origin}/rsvp/${house.links.sign('rsvp', id)}`,
    ]),
  )
}

/** What each of these people can answer with from a mail. */
export async function makeRsvpLinks(
  house: House,
  tx: Transaction,
  session: SessionRow,
  people: readonly { id: string }[],
): Promise<Map<string, Letter['choices']>> {
  const addresses = await addressToAnswer(house, tx, session, people)
  return new Map([...addresses].map(([id, url]) => [id, choicesOf(url, yesTo(session), 'I can’t')]))
}

/** What one says yes to: over days nobody goes anywhere. */
export const yesTo = ({ overDays }: Pick<SessionRow, 'overDays'>): string =>
  overDays ? 'I take part' : 'I’m coming'

/** Two buttons for one answer; the page behind them asks before it takes it. */
export const choicesOf = (url: string, yes: string, no: string): { label: string; url: string }[] => [
  { label: yes, url: `${url}?answer=coming` },
  { label: no, url: `${url}?answer=not-coming` },
]
