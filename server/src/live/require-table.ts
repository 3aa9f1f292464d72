import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { coFacilitators } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSeat, type Chair, type Seat } from '../sessions/guards.ts'

/**
 * The right to run this one session while it is live: of facilitators and organizers, and of members who were named for it.
 * Preparing it and what comes after stays with `requireChair`.
 */
export async function requireTable(house: House, request: FastifyRequest): Promise<Chair> {
  const seat = await asCoFacilitator(house, await requireSeat(house, request))
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return { ...seat, runs: true }
}

/** A member who was named for this session sits in its room with the role of a facilitator. */
export async function asCoFacilitator(house: House, seat: Seat): Promise<Seat> {
  const { member, session } = seat
  if (mayFacilitate(member)) return seat
  const named = await house.db.$count(
    coFacilitators,
    and(eq(coFacilitators.sessionId, session.id), eq(coFacilitators.accountId, member.account.id)),
  )
  return named === 0 ? seat : { ...seat, member: { ...member, role: 'facilitator' } }
}
