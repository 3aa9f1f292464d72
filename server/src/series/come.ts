import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { memberships, registrations, rsvps, sessions } from '#db/schema.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { settleRsvp } from '../sessions/settle-rsvp.ts'

/** The sessions of a series that nobody is late for. */
export const readAhead = (db: Reader, house: House, seriesId: string): Promise<SessionRow[]> =>
  db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.seriesId, seriesId),
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, house.now()),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))

/** Takes a place in each session for which somebody has said nothing yet: what they said of one session stands. */
export async function comeToAll(
  house: House,
  tx: Transaction,
  ahead: readonly SessionRow[],
  accountIds: readonly string[],
): Promise<void> {
  if (ahead.length === 0 || accountIds.length === 0) return
  const ids = ahead.map(({ id }) => id).sort()
  const said = await tx
    .select({ sessionId: rsvps.sessionId, accountId: rsvps.accountId })
    .from(rsvps)
    .where(and(inArray(rsvps.sessionId, ids), inArray(rsvps.accountId, [...accountIds])))
  const known = new Set(said.map(({ sessionId, accountId }) => sessionId + accountId))
  for (const sessionId of ids)
    for (const accountId of accountIds)
      if (!known.has(sessionId + accountId)) await settleRsvp(house, tx, sessionId, accountId, 'coming')
}

/** Takes back every yes, so that places go on to whoever waits, and forgets it: nothing was said of these sessions. */
export async function comeToNone(
  house: House,
  tx: Transaction,
  ahead: readonly SessionRow[],
  accountId: string,
): Promise<void> {
  if (ahead.length === 0) return
  const mine = and(
    eq(rsvps.accountId, accountId),
    inArray(
      rsvps.sessionId,
      ahead.map(({ id }) => id),
    ),
    inArray(rsvps.answer, ['coming', 'waiting', 'offered']),
  )
  const said = await tx.select({ sessionId: rsvps.sessionId }).from(rsvps).where(mine)
  const ids = said.map(({ sessionId }) => sessionId).sort()
  if (ids.length === 0) return
  for (const sessionId of ids) await settleRsvp(house, tx, sessionId, accountId, 'not-coming')
  await tx.delete(rsvps).where(and(eq(rsvps.accountId, accountId), inArray(rsvps.sessionId, ids)))
}

/** What somebody said of these sessions, and what became of it. */
export async function readSaid(
  db: Reader,
  ids: readonly string[],
  accountId: string,
): Promise<Map<string, RsvpState>> {
  if (ids.length === 0) return new Map()
  const said = await db
    .select({ sessionId: rsvps.sessionId, answer: rsvps.answer })
    .from(rsvps)
    .where(and(eq(rsvps.accountId, accountId), inArray(rsvps.sessionId, [...ids])))
  return new Map(said.map(({ sessionId, answer }) => [sessionId, answer]))
}

/** Everybody who is registered and still in the group, who registered first first. */
export async function readRegistered(tx: Transaction, seriesId: string): Promise<string[]> {
  const people = await tx
    .select({ accountId: registrations.accountId })
    .from(registrations)
    .innerJoin(
      memberships,
      and(
        eq(memberships.groupId, registrations.groupId),
        eq(memberships.accountId, registrations.accountId),
        eq(memberships.status, 'active'),
      ),
    )
    .where(eq(registrations.seriesId, seriesId))
    .orderBy(asc(registrations.registeredAt), asc(registrations.accountId))
  return people.map(({ accountId }) => accountId)
}
