import { Refusal } from '#shared/refusals.ts'
import type { RsvpLink } from '#shared/rsvp-links.ts'
import { freePlaces } from '#shared/session-places.ts'
import type { RsvpAnswer } from '#shared/sessions.ts'
import { placeInWords, placeOf } from '#shared/where.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'
import type { RsvpRight } from './require-rsvp-link.ts'
import { countTaken } from './places.ts'
import { readMine } from './read-session.ts'
import { settleRsvp } from './settle-rsvp.ts'

/** Says from a mail whether somebody is coming. The last word counts, up to the start of the session. */
export async function useRsvpLink(house: House, right: RsvpRight, answer: RsvpAnswer): Promise<RsvpLink> {
  const { group, session, accountId } = right
  if (answer === 'coming') requireOpenGroup(group)
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
  { accountId, group, session, guest }: RsvpRight,
): Promise<RsvpLink> {
  const now = house.now()
  const state = stateOf(session, now)
  const mine = await readMine(house.db, session.id, accountId)
  const taken = await countTaken(house.db, session.id)
  // A guest has no other page: theirs tells where until the end.
  const told = guest ? state !== 'cancelled' && now < session.endsAt : state === 'open'
  const inside = told && (!guest || mine.mine === 'coming')
  return {
    groupName: group.name,
    title: session.title,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    zone: group.zone,
    venue: told ? placeInWords({ ...placeOf(group, session), room: null }) || null : null,
    room: inside ? session.room : null,
    onlineLink: inside ? session.onlineLink : null,
    state,
    full: freePlaces(session.capacity, taken) === 0 || taken.waiting > 0,
    ...mine,
    roomOpen: guest && mine.mine === 'coming' && session.status === 'live',
    guestOf: guest ? { slug: group.slug, sessionId: session.id } : null,
  }
}

function stateOf({ status, startsAt }: SessionRow, now: Date): RsvpLink['state'] {
  if (status === 'cancelled') return 'cancelled'
  return status === 'scheduled' && now < startsAt ? 'open' : 'begun'
}
