import { and, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { blockedPeople, threadReads, threads } from '#db/schema.ts'
import { forReader } from '#shared/answer-first.ts'
import type { Discussion } from '#shared/threads.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { readPosition } from '../rooms/rooms.ts'
import type { Log } from './guards.ts'
import { readThreads } from './read-threads.ts'

/**
 * The threads and the position of the log are of one moment, so whoever follows from there misses nothing.
 * @param only threads about this session, or this one thread
 */
export function getDiscussion(
  house: House,
  { member, roomId }: Log,
  only: { session?: string; thread?: string } = {},
): Promise<Discussion> {
  const { id } = member.account
  const which = and(
    eq(threads.roomId, roomId),
    only.session === undefined ? undefined : eq(threads.sessionId, only.session),
    only.thread === undefined ? undefined : eq(threads.id, only.thread),
  )
  return house.db.transaction(
    async (tx) => {
      const position = await readPosition(tx, roomId)
      const found = await readThreads(tx, which)
      const reads = await tx
        .select({ threadId: threadReads.threadId, ranges: threadReads.ranges })
        .from(threadReads)
        .innerJoin(threads, eq(threads.id, threadReads.threadId))
        .where(and(eq(threadReads.accountId, id), which))
      const read = new Map(reads.map(({ threadId, ranges }) => [threadId, ranges]))
      return {
        position,
        reader: {
          id,
          facilitates: mayFacilitate(member),
          organizes: member.role === 'organizer',
          blocked: await listBlockedIds(tx, id),
        },
        threads: found.map((thread) => forReader(thread, id, read.get(thread.id) ?? [])),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

async function listBlockedIds(reader: Reader, accountId: string): Promise<string[]> {
  const blocked = await reader
    .select({ id: blockedPeople.blockedId })
    .from(blockedPeople)
    .where(eq(blockedPeople.accountId, accountId))
  return blocked.map(({ id }) => id)
}
