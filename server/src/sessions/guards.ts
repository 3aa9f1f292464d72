import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate, requireMemberOf, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'

declare const proven: unique symbol

export type SessionRow = typeof sessions.$inferSelect

/** A member's right to take part in the session of the path (`/api/sessions/:sessionId/…`). Only `requireSeat` makes one. */
export type Seat = { readonly member: Member; readonly session: SessionRow; readonly [proven]: 'seat' }
/** The right to prepare, run and wrap up that session. */
export type Chair = Seat & { readonly runs: true }

/** Strangers are told that there is no such session, so ids can't be probed. */
export async function requireSeat(house: House, request: FastifyRequest): Promise<Seat> {
  const signedIn = await requireSignIn(house, request)
  const { sessionId } = request.params as { sessionId: string }
  const session = await house.db.query.sessions.findFirst({ where: eq(sessions.id, sessionId) })
  if (!session) throw new Refusal('not-found')
  const member = await requireMemberOf(house, signedIn, session.groupId)
  return { member, session } as Seat
}

export async function requireChair(house: House, request: FastifyRequest): Promise<Chair> {
  const seat = await requireSeat(house, request)
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return { ...seat, runs: true }
}
