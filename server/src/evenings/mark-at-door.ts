import type { Heard, Mark } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { lockPlaces } from '../sessions/places.ts'
import { findRsvpRight } from '../sessions/require-rsvp-link.ts'
import { NotLetIn, requireDoorOpen, type AtDoor } from './at-door.ts'
import type { Doorkeeper } from './guards.ts'
import { markPerson } from './mark-person.ts'
import { markWalkIn } from './mark-walk-in.ts'
import { readDoor } from './read-door.ts'

/**
 * What was done at the door, some of it a while ago and told late. Of two marks about somebody the later counts, so it
 * may be heard twice and in any order.
 */
export async function markAtDoor(house: House, keeper: Doorkeeper, marks: readonly Mark[]): Promise<Heard> {
  requireOpenGroup(keeper.group)
  const refused: Heard['refused'] = []
  const shown = await readTickets(house, marks)
  await changeRoom(house, keeper.session.id, async (tx, tell) => {
    const session = await lockPlaces(tx, keeper.session.id)
    const inOrder = marks.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
    for (const mark of inOrder)
      try {
        await take({ house, tx, tell, session, now: house.now() }, keeper, mark, shown)
      } catch (problem) {
        if (!(problem instanceof NotLetIn)) throw problem
        refused.push({ id: mark.id, why: problem.why, message: problem.message })
      }
  })
  return { refused, door: await readDoor(house, keeper) }
}

type Shown = ReadonlyMap<string, { accountId: string; sessionId: string }>

async function readTickets(house: House, marks: readonly Mark[]): Promise<Shown> {
  const shown = new Map<string, { accountId: string; sessionId: string }>()
  for (const mark of marks) {
    if (mark.kind !== 'ticket') continue
    const right = await findRsvpRight(house, house.links.read('ticket', mark.ticket))
    if (right) shown.set(mark.ticket, { accountId: right.accountId, sessionId: right.session.id })
  }
  return shown
}

async function take(door: AtDoor, { runs }: Doorkeeper, mark: Mark, shown: Shown): Promise<void> {
  const { session, now } = door
  requireDoorOpen(session, now)
  // A clock that is ahead would win over everybody else's.
  const at = new Date(Math.min(Date.parse(mark.at), now.getTime()))
  const marking = { here: mark.here, at, anyway: runs && mark.anyway === true, runs }
  switch (mark.kind) {
    case 'person':
      return markPerson(door, mark.personId, marking, runs)
    case 'ticket': {
      const ticket = shown.get(mark.ticket)
      if (!ticket) throw new NotLetIn('unknown', 'This code opens nothing. Look for the name on the list.')
      if (ticket.sessionId !== session.id)
        throw new NotLetIn('unknown', 'This code is for another session. Look for the name on the list.')
      return markPerson(door, ticket.accountId, marking, true)
    }
    case 'walk-in':
      return markWalkIn(door, { id: mark.walkInId, name: mark.name, email: mark.email }, marking)
  }
}

/** One person with their own phone: a refusal is theirs to read. */
export async function markMyself(
  house: House,
  { group, session: { id } }: Pick<Doorkeeper, 'group' | 'session'>,
  mark: (door: AtDoor) => Promise<void>,
): Promise<void> {
  requireOpenGroup(group)
  await changeRoom(house, id, async (tx, tell) => {
    const session = await lockPlaces(tx, id)
    try {
      requireDoorOpen(session, house.now())
      await mark({ house, tx, tell, session, now: house.now() })
    } catch (problem) {
      if (problem instanceof NotLetIn) throw new Refusal('conflict', problem.message)
      throw problem
    }
  })
}
