import { and, eq, gt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { groups, guestRequests, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import { isReachable } from '../groups/known-groups.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import { requireReachableSession } from '../public-pages/guards.ts'
import { takesGuests } from '../public-pages/read-agenda.ts'
import { hasBegun } from '../sessions/places.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { requireVerified, type Verified } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** A session that somebody may come to without being in its group. Only the guards here make one. */
export type OpenDoor = {
  readonly group: GroupRow
  readonly session: SessionRow
  readonly [proven]: 'open door'
}
/** The same, for somebody who is signed in. */
export type MyOpenDoor = OpenDoor & Pick<Verified, 'account'>
/** What somebody asked for, as its mail proves. */
export type AskedFor = OpenDoor & { readonly request: typeof guestRequests.$inferSelect }

/** A session of a group that strangers can't see is not there; one that takes no guests says so. */
export async function requireOpenDoor(house: House, request: FastifyRequest): Promise<OpenDoor> {
  const found = await requireReachableSession(house, request)
  requireGuestsWelcome(house, found)
  return found as unknown as OpenDoor
}

export async function requireMyOpenDoor(house: House, request: FastifyRequest): Promise<MyOpenDoor> {
  const { account } = await requireVerified(house, request)
  return { ...(await requireOpenDoor(house, request)), account }
}

/** Used, expired and made-up tokens are the same. */
export async function requireAskedFor(house: House, request: FastifyRequest): Promise<AskedFor> {
  const { token } = request.params as { token: string }
  const [found] = await house.db
    .select({ request: guestRequests, session: sessions, group: groups })
    .from(guestRequests)
    .innerJoin(sessions, eq(sessions.id, guestRequests.sessionId))
    .innerJoin(groups, and(eq(groups.id, guestRequests.groupId), isReachable))
    .where(and(eq(guestRequests.tokenHash, hashToken(token)), gt(guestRequests.expiresAt, house.now())))
  if (!found) throw usedUp()
  return found as AskedFor
}

export const usedUp = () =>
  new Refusal(
    'link-used-up',
    'This link was used already, or has expired. If you confirmed before, the next mail has the link to your place. Otherwise ask again on the page of the session.',
  )

export function requireGuestsWelcome(house: House, { group, session }: Pick<OpenDoor, 'group' | 'session'>) {
  if (session.status === 'cancelled') throw new Refusal('conflict', 'This session was cancelled.')
  if (hasBegun(session, house.now()))
    throw new Refusal('conflict', 'This session has begun, so its places are given. Look for the next one.')
  if (!takesGuests(group, session, house.now()))
    throw new Refusal(
      'not-allowed',
      'This session is for the members of the group. Its page says how to join.',
    )
}
