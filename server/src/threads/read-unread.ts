import { and, eq, max } from 'drizzle-orm'
import { readRevisions, threadReads, threads } from '#db/schema.ts'
import type { GroupUnread, UnreadCount } from '#shared/unread.ts'
import { sumOf } from '#shared/unread.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { countUnread } from '../marks/count-unread.ts'
import { readPosition } from '../rooms/rooms.ts'
import type { SignedIn } from '../sign-in/guards.ts'

export async function readMyUnread(
  house: House,
  { account }: SignedIn,
): Promise<(UnreadCount & { groupId: string })[]> {
  const rooms = await countUnread(house.db, account.id)
  return [...Map.groupBy(rooms, ({ groupId }) => groupId)].map(([groupId, of]) => ({ groupId, ...sumOf(of) }))
}

export async function readGroupUnread(house: House, { account, group }: Member): Promise<GroupUnread> {
  // Read before the counts: what happens in between is told once more.
  const position = await readPosition(house.db, group.id)
  const [marked] = await house.db
    .select({ revision: readRevisions.revision })
    .from(readRevisions)
    .where(eq(readRevisions.accountId, account.id))
  const counted = await countUnread(house.db, account.id, group.id)
  const lately = await house.db
    .select({ roomId: threads.roomId, at: max(threadReads.readAt) })
    .from(threadReads)
    .innerJoin(threads, eq(threads.id, threadReads.threadId))
    .where(and(eq(threadReads.accountId, account.id), eq(threadReads.groupId, group.id)))
    .groupBy(threads.roomId)
  const since = new Map(lately.map(({ roomId, at }) => [roomId, at?.toISOString() ?? null]))
  return {
    position,
    marks: marked?.revision ?? 0,
    rooms: counted.map(({ roomId, threads, posts }) => ({
      roomId,
      threads,
      posts,
      since: since.get(roomId) ?? null,
    })),
  }
}
