import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { episodes } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate, requireMember, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

declare const proven: unique symbol

export type EpisodeRow = typeof episodes.$inferSelect

/** A member's right to read the episode of the path (`/api/groups/:slug/episodes/:episodeId/…`). Only `requireEpisode` makes one. */
export type EpisodeReader = {
  readonly member: Member
  readonly episode: EpisodeRow
  readonly [proven]: 'episode'
}

/** An episode of another group is as unknown as one that never was. */
export async function requireEpisode(house: House, request: FastifyRequest): Promise<EpisodeReader> {
  const member = await requireMember(house, request)
  const { episodeId } = request.params as { episodeId: string }
  const [episode] = await house.db
    .select()
    .from(episodes)
    .where(and(eq(episodes.groupId, member.group.id), eq(episodes.id, episodeId)))
  if (!episode) throw new Refusal('not-found')
  return { member, episode } as EpisodeReader
}

/** Whoever imported an episode, or who facilitates, may import it again and delete it. */
export const mayChange = (member: Member, { importedBy }: EpisodeRow): boolean =>
  mayFacilitate(member) || importedBy === member.account.id
