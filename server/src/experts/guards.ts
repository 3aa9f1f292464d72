import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { experts, groups, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'

declare const proven: unique symbol

export type ExpertRow = typeof experts.$inferSelect

/** A guest expert, by the link that was mailed or handed over. Only `requireExpert` makes one. */
export type InvitedExpert = {
  readonly expert: ExpertRow
  readonly session: SessionRow
  readonly group: GroupRow
  readonly [proven]: 'expert'
}

/** Taken back, of another purpose and made up are the same. */
export async function requireExpert(house: House, request: FastifyRequest): Promise<InvitedExpert> {
  const { token } = request.params as { token: string }
  const id = house.links.read('expert', token)
  const [found] = id
    ? await house.db
        .select({ expert: experts, session: sessions, group: groups })
        .from(experts)
        .innerJoin(sessions, eq(sessions.id, experts.sessionId))
        .innerJoin(groups, eq(groups.id, experts.groupId))
        .where(and(eq(experts.id, id), isNull(experts.revokedAt)))
    : []
  if (!found)
    throw new Refusal(
      'not-found',
      'This link opens nothing. Take the whole link from the mail, or ask whoever invited you.',
    )
  return found as InvitedExpert
}
