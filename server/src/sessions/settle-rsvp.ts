import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { memberships, rsvps, sessionGuests } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { freePlaces } from '#shared/session-places.ts'
import type { RsvpAnswer, RsvpState } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'
import { endLapsedOffers, passPlacesOn } from './pass-places-on.ts'
import { countTaken, hasBegun, lockPlaces } from './places.ts'

/**
 * Takes what somebody says about coming, and tells what becomes of it. Everything that says so goes through here, in the
 * caller's transaction: pages, mails, the registration for a series, the door.
 *
 * Yes takes a place, or the one that is kept for them, or waits at the end of the line. No lets a place go on to the next.
 * Places are given under the lock of the session's row. Whoever settles for several sessions in one transaction goes by
 * their ids in order, and takes the lock of a group or a room before.
 *
 * @throws Refusal when the session is over, was cancelled, or has begun and is full; when they are neither in the group
 * nor a guest of this session.
 */
export async function settleRsvp(
  house: House,
  tx: Transaction,
  sessionId: string,
  accountId: string,
  answer: RsvpAnswer,
): Promise<RsvpState> {
  const session = await lockPlaces(tx, sessionId)
  requireUnfinished(session)
  await requireExpected(tx, session, accountId)
  if (await endLapsedOffers(house, tx, session)) await passPlacesOn(house, tx, session)
  const state = await stateAfter(house, tx, session, accountId, answer)
  const before = await write(house, tx, session, accountId, state)
  const freed = before === 'coming' || before === 'offered'
  if (freed && state === 'not-coming') await passPlacesOn(house, tx, session)
  return state
}

function requireUnfinished({ status }: SessionRow): void {
  if (status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled, so nobody needs to answer any more.')
  if (status === 'wrapped-up')
    throw new Refusal('conflict', 'This session is over. A facilitator can correct who was there.')
}

/** Under the lock: whoever left the group a moment ago gets no place. */
async function requireExpected(
  tx: Transaction,
  { id, groupId }: SessionRow,
  accountId: string,
): Promise<void> {
  const isMember = and(
    eq(memberships.groupId, groupId),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'active'),
  )
  const isGuest = and(
    eq(sessionGuests.sessionId, id),
    eq(sessionGuests.accountId, accountId),
    isNull(sessionGuests.removedAt),
  )
  if ((await tx.$count(memberships, isMember)) > 0 || (await tx.$count(sessionGuests, isGuest)) > 0) return
  throw new Refusal('not-found')
}

/** Nobody gets a place while somebody waits for one. */
async function stateAfter(
  house: House,
  tx: Transaction,
  session: SessionRow,
  accountId: string,
  answer: RsvpAnswer,
): Promise<RsvpState> {
  if (answer === 'not-coming' || session.capacity === null) return answer
  const [mine] = await tx.select().from(rsvps).where(isOf(session.id, accountId))
  if (mine?.answer === 'coming' || mine?.answer === 'offered') return 'coming'
  const taken = await countTaken(tx, session.id)
  const free = freePlaces(session.capacity, taken) > 0
  if (!hasBegun(session, house.now()))
    return mine?.answer === 'waiting' || taken.waiting > 0 || !free ? 'waiting' : 'coming'
  // The line is over; an empty place is for whoever is there.
  if (free) return 'coming'
  throw new Refusal(
    'conflict',
    'This session has begun, and all its places are taken. Whoever runs it can still let you in at the door.',
  )
}

/** Gives what it was before. Somebody's turn is taken anew with each new state, so coming back means queueing again. */
async function write(
  house: House,
  tx: Transaction,
  { id: sessionId, groupId }: SessionRow,
  accountId: string,
  answer: RsvpState,
): Promise<RsvpState | undefined> {
  const [before] = await tx.select({ answer: rsvps.answer }).from(rsvps).where(isOf(sessionId, accountId))
  if (before?.answer === answer) return answer
  const standing = {
    answer,
    turn: sql<number>`nextval(pg_get_serial_sequence('rsvps', 'turn'))`,
    offerEndsAt: null,
    answeredAt: house.now(),
  }
  await tx
    .insert(rsvps)
    .values({ groupId, sessionId, accountId, ...standing })
    .onConflictDoUpdate({ target: [rsvps.sessionId, rsvps.accountId], set: standing })
  return before?.answer
}

const isOf = (sessionId: string, accountId: string) =>
  and(eq(rsvps.sessionId, sessionId), eq(rsvps.accountId, accountId))
