import { rsvps } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { RsvpAnswer, Session } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Seat, SessionRow } from './guards.ts'
import { readSession } from './read-session.ts'

/** Says whether I am coming. The last word counts, up to the end of the session. */
export async function answerRsvp(house: House, seat: Seat, answer: RsvpAnswer): Promise<Session> {
  const { member, session } = seat
  if (session.status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled, so nobody needs to answer any more.')
  if (session.status === 'wrapped-up')
    throw new Refusal('conflict', 'This session is over. A facilitator can correct who was there.')
  await storeRsvp(house, session, member.account.id, answer)
  return readSession(house.db, member, session.id)
}

export async function storeRsvp(
  house: House,
  { id: sessionId, groupId }: SessionRow,
  accountId: string,
  answer: RsvpAnswer,
): Promise<void> {
  const answeredAt = house.now()
  await house.db
    .insert(rsvps)
    .values({ groupId, sessionId, accountId, answer, answeredAt })
    .onConflictDoUpdate({ target: [rsvps.sessionId, rsvps.accountId], set: { answer, answeredAt } })
}
