import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { doorLinks, groups, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireChair, type SessionRow } from '../sessions/guards.ts'
import { findRsvpRight, type RsvpRight } from '../sessions/require-rsvp-link.ts'
import { anyone, requireSignIn, type AccountRow } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** The right to check people in at the door of one session. Only the guards here make one. */
export type Doorkeeper = {
  readonly group: GroupRow
  readonly session: SessionRow
  /** They run the session; a helper by link does not. */
  readonly runs: boolean
  readonly [proven]: 'doorkeeper'
}
/** Whoever stands before the poster of a session, with an account or without. */
export type Arriving = {
  readonly group: GroupRow
  readonly session: SessionRow
  readonly account: AccountRow | undefined
  readonly [proven]: 'arriving'
}
/** Whoever looks at what somebody shows at the door. */
export type TicketHolder = RsvpRight & { readonly viewer: AccountRow | undefined }

export async function requireChairAtDoor(house: House, request: FastifyRequest): Promise<Doorkeeper> {
  const { member, session } = await requireChair(house, request)
  return { group: member.group, session, runs: true } as Doorkeeper
}

/** Revoked, of another purpose and made up are the same. */
export async function requireDoorLink(house: House, request: FastifyRequest): Promise<Doorkeeper> {
  const { group, session } = await findBehind(house, request, 'helper')
  return { group, session, runs: false } as Doorkeeper
}

export async function requirePoster(house: House, request: FastifyRequest): Promise<Arriving> {
  const { group, session } = await findBehind(house, request, 'poster')
  const { account } = await anyone(house, request)
  return { group, session, account } as Arriving
}

export async function requireArrivingAccount(
  house: House,
  request: FastifyRequest,
): Promise<Arriving & { readonly account: AccountRow }> {
  const { account } = await requireSignIn(house, request)
  return { ...(await requirePoster(house, request)), account }
}

async function findBehind(house: House, request: FastifyRequest, kind: 'helper' | 'poster') {
  const { token } = request.params as { token: string }
  const id = house.links.read(kind === 'helper' ? 'door' : 'poster', token)
  const [found] = id
    ? await house.db
        .select({ session: sessions, group: groups })
        .from(doorLinks)
        .innerJoin(sessions, eq(sessions.id, doorLinks.sessionId))
        .innerJoin(groups, eq(groups.id, doorLinks.groupId))
        .where(and(eq(doorLinks.id, id), eq(doorLinks.kind, kind), isNull(doorLinks.revokedAt)))
    : []
  if (!found)
    throw new Refusal(
      'not-found',
      'This link opens nothing any more. Ask whoever runs the session for a new one.',
    )
  return found
}

export async function requireTicket(house: House, request: FastifyRequest): Promise<TicketHolder> {
  const { token } = request.params as { token: string }
  const right = await findRsvpRight(house, house.links.read('ticket', token))
  if (!right)
    throw new Refusal('not-found', 'This code opens nothing. Look for the name on the list of the door.')
  const { account } = await anyone(house, request)
  return { ...right, viewer: account }
}
