import type { RsvpAnswer, Session } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'
import { readSession } from './read-session.ts'
import { settleRsvp } from './settle-rsvp.ts'

/** Says whether I am coming. The last word counts, up to the end of the session. */
export async function answerRsvp(
  house: House,
  { member, session }: Seat,
  answer: RsvpAnswer,
): Promise<Session> {
  await house.db.transaction((tx) => settleRsvp(house, tx, session.id, member.account.id, answer))
  return readSession(house.db, member, session.id)
}
