import { and, eq } from 'drizzle-orm'
import { attendances, hostOffers, rsvpLinks } from '#db/schema.ts'
import { ARRIVE_BEFORE, doorState, type MyEvening } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat, SessionRow } from '../sessions/guards.ts'
import { readMine } from '../sessions/read-session.ts'
import type { RsvpRight } from '../sessions/require-rsvp-link.ts'
import { markMyself } from './mark-at-door.ts'
import { markPerson } from './mark-person.ts'
import { isExpected } from './read-door.ts'
import { readMyTable } from './read-tables.ts'

export const readMyEvening = (house: House, { member, session }: Seat): Promise<MyEvening> =>
  eveningOf(house, session, member.account.id)

export const readMyEveningByLink = (house: House, { session, accountId }: RsvpRight): Promise<MyEvening> =>
  eveningOf(house, session, accountId)

/** Guests have no account that they would sign in with: their link says that they are here. */
export async function arriveByLink(house: House, right: RsvpRight): Promise<MyEvening> {
  const { session, accountId } = right
  if (!mayArrive(session, house.now()))
    throw new Refusal(
      'conflict',
      'You can say that you are here from an hour before the start until the end.',
    )
  await arrive(house, right, accountId)
  return eveningOf(house, session, accountId)
}

/** Somebody says with their own phone that they are here. */
export const arrive = (
  house: House,
  at: Pick<RsvpRight, 'group' | 'session'>,
  accountId: string,
): Promise<void> =>
  markMyself(house, at, (door) =>
    markPerson(door, accountId, { here: true, at: door.now, anyway: false, runs: false }, true),
  )

const mayArrive = (session: SessionRow, now: Date): boolean =>
  doorState(session, now) === 'open' &&
  session.status !== 'wrapped-up' &&
  now.getTime() >= session.startsAt.getTime() - ARRIVE_BEFORE &&
  now <= session.endsAt

async function eveningOf(house: House, session: SessionRow, accountId: string): Promise<MyEvening> {
  const { db } = house
  const { mine } = await readMine(db, session.id, accountId)
  const now = house.now()
  const state = doorState(session, now)
  const over = state === 'over' || state === 'cancelled' || session.status === 'wrapped-up'
  const here = await db.$count(
    attendances,
    and(eq(attendances.sessionId, session.id), eq(attendances.accountId, accountId)),
  )
  const willing = await db.$count(
    hostOffers,
    and(eq(hostOffers.sessionId, session.id), eq(hostOffers.accountId, accountId)),
  )
  return {
    ticket: isExpected(mine) && !over ? await ticketOf(house, session, accountId) : null,
    here: here > 0,
    canArrive: here === 0 && mayArrive(session, now),
    willing: willing > 0,
    table: over ? null : await readMyTable(db, session.id, accountId),
  }
}

/** The same as long as somebody is expected; it checks in and does nothing else. */
async function ticketOf(
  house: House,
  { id: sessionId, groupId }: SessionRow,
  accountId: string,
): Promise<string> {
  await house.db.insert(rsvpLinks).values({ groupId, sessionId, accountId }).onConflictDoNothing()
  const [link] = await house.db
    .select({ id: rsvpLinks.id })
    .from(rsvpLinks)
    .where(and(eq(rsvpLinks.sessionId, sessionId), eq(rsvpLinks.accountId, accountId)))
  return link ? `${house.config.origin}/ticket/${house.links.sign('ticket', link.id)}` : ''
}
