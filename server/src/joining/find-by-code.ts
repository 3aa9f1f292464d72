import { and, eq } from 'drizzle-orm'
import { codeGuests, groups, joinCodes, memberships, sessions } from '#db/schema.ts'
import { SOON, tidyCode, type WayIn } from '#shared/joining.ts'
import { Refusal } from '#shared/refusals.ts'
import { findRoomSeats } from '../experts/room-seats.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { Visitor } from '../sign-in/guards.ts'

export type OpenCode = { session: SessionRow; group: GroupRow; guests: boolean; seat: boolean }

export async function findByCode(house: House, visitor: Visitor, typed: string): Promise<WayIn> {
  const { session, group, seat } = await requireOpenCode(house, visitor, typed)
  return {
    sessionId: session.id,
    title: session.title,
    groupName: group.name,
    startsAt: session.startsAt.toISOString(),
    seat,
    open: session.status === 'live',
  }
}

/**
 * What a code opens for whoever typed it: their own seat, or a guest's where the session takes guests. A code that was made up
 * and one of a session that is not for them are the same.
 */
export async function requireOpenCode(house: House, { account }: Visitor, typed: string): Promise<OpenCode> {
  const [found] = await house.db
    .select({ session: sessions, group: groups, guests: joinCodes.guests })
    .from(joinCodes)
    .innerJoin(sessions, eq(sessions.id, joinCodes.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(joinCodes.code, tidyCode(typed)))
  const now = house.now()
  if (!found || found.group.suspendedAt || !isAhead(found.session, now)) throw opensNothing()
  const { session } = found
  const seat = account !== undefined && (await hasSeat(house, account.id, session))
  if (seat) return { ...found, seat }
  if (!found.guests || !isSoon(session, now) || (await wasSentOut(house, account?.id, session.id)))
    throw opensNothing()
  return { ...found, seat }
}

const isAhead = ({ status, endsAt }: SessionRow, now: Date): boolean =>
  status === 'live' || (status === 'scheduled' && endsAt > now)

/** A room that was opened too early and shut has a code long before: until it is time, that is nobody's business but the group's. */
const isSoon = ({ status, startsAt }: SessionRow, now: Date): boolean =>
  status === 'live' || startsAt.getTime() - now.getTime() <= SOON

async function hasSeat(house: House, accountId: string, { id, groupId }: SessionRow): Promise<boolean> {
  const member = and(
    eq(memberships.groupId, groupId),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'active'),
  )
  if ((await house.db.$count(memberships, member)) > 0) return true
  return (await findRoomSeats(house.db, [accountId], [id])).length > 0
}

async function wasSentOut(house: House, accountId: string | undefined, sessionId: string): Promise<boolean> {
  if (!accountId) return false
  const [guest] = await house.db
    .select({ removedAt: codeGuests.removedAt })
    .from(codeGuests)
    .where(and(eq(codeGuests.sessionId, sessionId), eq(codeGuests.accountId, accountId)))
  return guest !== undefined && guest.removedAt !== null
}

const opensNothing = () =>
  new Refusal(
    'not-found',
    'This code opens nothing for you now. Compare it with the one on the wall, or try it again shortly before the session begins. If you are a member of the group, sign in first.',
    'code',
  )
