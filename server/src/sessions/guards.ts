import { and, eq, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { prepared } from '#db/prepared.ts'
import { coFacilitators, groups, memberships, sessions, signIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { asMember, mayFacilitate, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn, signInIdOf } from '../sign-in/guards.ts'

declare const proven: unique symbol

export type SessionRow = typeof sessions.$inferSelect

/** A member's right to take part in the session of the path (`/api/sessions/:sessionId/…`). Only `requireSeat` makes one. */
export type Seat = {
  readonly member: Member
  readonly session: SessionRow
  /** Not in the group: it takes part in this one live room only, while it is open. */
  readonly guest?: true
  /** A member who was named to help run this session (requireTable). */
  readonly named?: boolean
  readonly [proven]: 'seat'
}
/** The right to prepare, run and wrap up that session. */
export type Chair = Seat & { readonly runs: true }

/** Strangers are told that there is no such session, so ids can't be probed. */
export async function requireSeat(house: House, request: FastifyRequest): Promise<Seat> {
  const { sessionId } = request.params as { sessionId: string }
  // Asked together, not one after the other: this is the way of everything that is pressed in a live room.
  const [signedIn, found] = await Promise.all([
    requireSignIn(house, request),
    seats(house.db).execute({ sessionId, signInId: signInIdOf(house, request) }),
  ])
  const member = asMember(signedIn, found)
  return { member, session: found[0]?.session, named: found[0]?.named } as Seat
}

const seats = prepared((db) =>
  db
    .select({
      session: sessions,
      group: groups,
      role: memberships.role,
      named: sql<boolean>`${coFacilitators.accountId} is not null`,
    })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .innerJoin(signIns, eq(signIns.id, sql.placeholder('signInId')))
    .innerJoin(
      memberships,
      and(eq(memberships.groupId, sessions.groupId), eq(memberships.accountId, signIns.userId)),
    )
    .leftJoin(
      coFacilitators,
      and(eq(coFacilitators.sessionId, sessions.id), eq(coFacilitators.accountId, signIns.userId)),
    )
    .where(and(eq(sessions.id, sql.placeholder('sessionId')), eq(memberships.status, 'active')))
    .prepare('seat'),
)

export async function requireChair(house: House, request: FastifyRequest): Promise<Chair> {
  const seat = await requireSeat(house, request)
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return { ...seat, runs: true }
}
