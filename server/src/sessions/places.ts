import { and, count, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { rsvps, sessions, walkIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Taken } from '#shared/session-places.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { SessionRow } from './guards.ts'

/** Holds the row of a session until the transaction ends: whoever comes, goes or waits takes turns. */
export async function lockPlaces(tx: Transaction, sessionId: string): Promise<SessionRow> {
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('no key update')
  if (!session) throw new Refusal('not-found')
  return session
}

/** From then on nobody is offered a place any more, and the line is over. */
export const hasBegun = ({ status, startsAt }: SessionRow, now: Date): boolean =>
  status !== 'scheduled' || startsAt <= now

/** How many have a place, are kept one, and wait: members and guests, and whoever walked in. */
export async function countTaken(db: Reader, sessionId: string): Promise<Taken & { waiting: number }> {
  const rows = await db
    .select({ answer: rsvps.answer, people: count() })
    .from(rsvps)
    .where(eq(rsvps.sessionId, sessionId))
    .groupBy(rsvps.answer)
  const of = (answer: RsvpState) => rows.find((row) => row.answer === answer)?.people ?? 0
  const walkedIn = await db.$count(walkIns, and(eq(walkIns.sessionId, sessionId), eq(walkIns.here, true)))
  return { coming: of('coming') + walkedIn, offered: of('offered'), waiting: of('waiting') }
}
