import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { requireMember, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

declare const proven: unique symbol

/** A member's right to read a log of threads and to start some: an episode's, or the group's. Only the guards here make one. */
export type Log = {
  readonly member: Member
  readonly roomId: string
  /** None: the log of the group. */
  readonly episodeId: string | null
  readonly [proven]: 'log'
}

/** A member's right to take part in the thread of the path, wherever in the group it stands. Only `requireThread` makes one. */
export type ThreadReader = {
  readonly member: Member
  readonly roomId: string
  readonly threadId: string
  readonly [proven]: 'thread'
}

export async function requireEpisodeLog(house: House, request: FastifyRequest): Promise<Log> {
  const { member, episode } = await requireEpisode(house, request)
  return { member, roomId: episode.id, episodeId: episode.id } as Log
}

export async function requireGroupLog(house: House, request: FastifyRequest): Promise<Log> {
  const member = await requireMember(house, request)
  return { member, roomId: member.group.id, episodeId: null } as Log
}

/** A thread of another group is as unknown as one that never was. */
export async function requireThread(house: House, request: FastifyRequest): Promise<ThreadReader> {
  const member = await requireMember(house, request)
  const { threadId } = request.params as { threadId: string }
  const [thread] = await house.db
    .select({ roomId: threads.roomId })
    .from(threads)
    .where(and(eq(threads.groupId, member.group.id), eq(threads.id, threadId)))
  if (!thread) throw new Refusal('not-found')
  return { member, roomId: thread.roomId, threadId } as ThreadReader
}
