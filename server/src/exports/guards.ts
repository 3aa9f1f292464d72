import type { FastifyRequest } from 'fastify'
import { requireEpisode, type EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { requireEpisodeLog, type Log } from '../threads/guards.ts'

/** A member's right to read an episode and what is said about it. */
export type DiscussionReader = EpisodeReader & { readonly log: Log }

export async function requireDiscussion(house: House, request: FastifyRequest): Promise<DiscussionReader> {
  const reader = await requireEpisode(house, request)
  return { ...reader, log: await requireEpisodeLog(house, request) }
}
