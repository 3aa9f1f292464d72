import { and, eq, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { prepared } from '#db/prepared.ts'
import { coFacilitators, groups, memberships, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { asMember, mayFacilitate, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'

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
  const signedIn = await requireSignIn(house, request)
  const { sessionId } = request.params as { sessionId: string }
  const found = await seats(house.db).execute({ sessionId, accountId: signedIn.account.id })
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
    .innerJoin(memberships, eq(memberships.groupId, sessions.groupId))
    .leftJoin(
      coFacilitators,
      and(
        eq(coFacilitators.sessionId, sessions.id),
        eq(coFacilitators.accountId, sql.placeholder('accountId')),
      ),
    )
    .where(
      and(
        eq(sessions.id, sql.placeholder('sessionId')),
        eq(memberships.accountId, sql.placeholder('accountId')),
        eq(memberships.status, 'active'),
      ),
    )
    .prepare('seat'),
)

export async function requireChair(house: House, request: FastifyRequest): Promise<Chair> {
  const seat = await requireSeat(house, request)
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return { ...seat, runs: true }
}
