import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { rsvpLinks } from '#db/schema.ts'
import type { Letter } from '../mail/send-mail.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'

/** What each of these people can answer with from a mail. A second mail about a session has the same links. */
export async function makeRsvpLinks(
  house: House,
  tx: Transaction,
  { id: sessionId, groupId }: SessionRow,
  people: readonly { id: string }[],
): Promise<Map<string, Letter['choices']>> {
  if (people.length === 0) return new Map()
  await tx
    .insert(rsvpLinks)
    .values(people.map(({ id: accountId }) => ({ groupId, sessionId, accountId })))
    .onConflictDoNothing()
  const links = await tx.select().from(rsvpLinks).where(eq(rsvpLinks.sessionId, sessionId))
  return new Map(
    links.map(({ id, accountId }) => {
      const url = `${house.config.origin}/rsvp/${house.links.sign('rsvp', id)}`
      return [
        accountId,
        [
          { label: 'I’m coming', url: `${url}?answer=coming` },
          { label: 'I can’t', url: `${url}?answer=not-coming` },
        ],
      ]
    }),
  )
}
