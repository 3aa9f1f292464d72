import { and, eq } from 'drizzle-orm'
import { rsvps } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { RsvpLink } from '#shared/rsvp-links.ts'
import type { RsvpAnswer } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'
import type { RsvpRight } from './require-rsvp-link.ts'
import { settleRsvp } from './settle-rsvp.ts'

/** Says from a mail whether somebody is coming. The last word counts, up to the start of the session. */
export async function useRsvpLink(house: House, right: RsvpRight, answer: RsvpAnswer): Promise<RsvpLink> {
  const { session, accountId } = right
  switch (stateOf(session, house.now())) {
    case 'cancelled':
      throw new Refusal('conflict', 'This session was cancelled, so nobody needs to answer any more.')
    case 'begun':
      throw new Refusal('conflict', 'This session has begun. Sign in to change what you said.')
    case 'open':
      await house.db.transaction((tx) => settleRsvp(house, tx, session.id, accountId, answer))
      return readRsvpLink(house, right)
  }
}

/** Looking answers nothing: mail programs and their scanners look, too. */
export async function readRsvpLink(
  house: House,
  { accountId, group, session }: RsvpRight,
): Promise<RsvpLink> {
  const state = stateOf(session, house.now())
  const [mine] = await house.db
    .select({ answer: rsvps.answer })
    .from(rsvps)
    .where(and(eq(rsvps.sessionId, session.id), eq(rsvps.accountId, accountId)))
  return {
    groupName: group.name,
    title: session.title,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    zone: group.zone,
    room: state === 'open' ? session.room : null,
    onlineLink: state === 'open' ? session.onlineLink : null,
    state,
    mine: mine?.answer ?? null,
  }
}

function stateOf({ status, startsAt }: SessionRow, now: Date): RsvpLink['state'] {
  if (status === 'cancelled') return 'cancelled'
  return status === 'scheduled' && now < startsAt ? 'open' : 'begun'
}
