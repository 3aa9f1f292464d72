import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { groups, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { findRoomSeats } from '../experts/room-seats.ts'
import { groupIsSuspended } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { requireSeat, type Seat } from '../sessions/guards.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { asCoFacilitator } from './require-table.ts'

/** A seat in the live room: a member's, or for this one session a guest's. Nothing else of the group takes it. */
export async function requireRoomSeat(house: House, request: FastifyRequest): Promise<Seat> {
  try {
    return asCoFacilitator(await requireSeat(house, request))
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.code !== 'not-found') throw problem
    return guestSeat(house, request, problem)
  }
}

async function guestSeat(house: House, request: FastifyRequest, stranger: Refusal): Promise<Seat> {
  const signedIn = await requireSignIn(house, request)
  const { sessionId } = request.params as { sessionId: string }
  const [seat] = await findRoomSeats(house.db, [signedIn.account.id], [sessionId])
  const [found] = seat
    ? await house.db
        .select({ session: sessions, group: groups })
        .from(sessions)
        .innerJoin(groups, eq(groups.id, sessions.groupId))
        .where(eq(sessions.id, sessionId))
    : []
  if (!found) throw stranger
  const { session, group } = found
  if (group.suspendedAt && signedIn.adds) throw groupIsSuspended()
  return { member: { ...signedIn, group, role: 'member' }, session, guest: true } as unknown as Seat
}
