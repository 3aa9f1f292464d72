import type { FastifyRequest } from 'fastify'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSeat, type Chair, type Seat } from '../sessions/guards.ts'

/**
 * The right to run this one session while it is live: of facilitators and organizers, and of members who were named for it.
 * Preparing it and what comes after stays with `requireChair`.
 */
export async function requireTable(house: House, request: FastifyRequest): Promise<Chair> {
  const seat = asCoFacilitator(await requireSeat(house, request))
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return { ...seat, runs: true }
}

/** A member who was named for this session sits in its room with the role of a facilitator. */
export function asCoFacilitator(seat: Seat): Seat {
  const { member, named } = seat
  return named && !mayFacilitate(member) ? { ...seat, member: { ...member, role: 'facilitator' } } : seat
}
