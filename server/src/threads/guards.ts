import { and, eq, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { prepared } from '#db/prepared.ts'
import { episodes, groups, memberships, rooms, threadReads, threads } from '#db/schema.ts'
import type { Ranges } from '#shared/ranges.ts'
import type { Position } from '#shared/rooms.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { asMember, requireMember, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** A member's right to read a log of threads and to start some: an episode's, or the group's. Only the guards here make one. */
export type Log = {
  readonly member: Member
  readonly roomId: string
  /** None: the log of the group. */
  readonly episodeId: string | null
  readonly [proven]: 'log'
}

/** What is known of a thread before anybody waits for its log. `spoken` is the language of its episode. */
type KnownThread = Pick<typeof threads.$inferSelect, 'episodeId' | 'answerFirst' | 'lastNumber'> & {
  spoken: string | null
}

/** A member's right to take part in the thread of the path, wherever in the group it stands. Only `requireThread` makes one. */
export type ThreadReader = {
  readonly member: Member
  readonly roomId: string
  readonly threadId: string
  readonly thread: KnownThread
  /** Where its log stood, and what I had read of it, when this was asked. */
  readonly position: Position
  readonly read: Ranges
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
  const signedIn = await requireSignIn(house, request)
  const { slug, threadId } = request.params as { slug: string; threadId: string }
  const found = await threadOfMember(house.db).execute({ slug, threadId, accountId: signedIn.account.id })
  const member = asMember(signedIn, found)
  const [{ roomId, number, epoch, ranges, thread }] = found as [(typeof found)[number]]
  const position = { number, epoch }
  return { member, roomId, threadId, thread, position, read: ranges ?? [] } as ThreadReader
}

const threadOfMember = prepared((db) =>
  db
    .select({
      group: groups,
      role: memberships.role,
      roomId: threads.roomId,
      number: rooms.number,
      epoch: rooms.epoch,
      ranges: threadReads.ranges,
      thread: {
        episodeId: threads.episodeId,
        answerFirst: threads.answerFirst,
        lastNumber: threads.lastNumber,
        spoken: episodes.language,
      },
    })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .innerJoin(threads, eq(threads.groupId, groups.id))
    .innerJoin(rooms, eq(rooms.id, threads.roomId))
    .leftJoin(episodes, eq(episodes.id, threads.episodeId))
    .leftJoin(
      threadReads,
      and(eq(threadReads.threadId, threads.id), eq(threadReads.accountId, memberships.accountId)),
    )
    .where(
      and(
        eq(groups.slug, sql.placeholder('slug')),
        eq(threads.id, sql.placeholder('threadId')),
        eq(memberships.accountId, sql.placeholder('accountId')),
        eq(memberships.status, 'active'),
      ),
    )
    .prepare('thread_of_member'),
)
