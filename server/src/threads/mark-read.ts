import { eq } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import { upTo, without, type Ranges } from '#shared/ranges.ts'
import type { ReadMark } from '#shared/rooms.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { addMarks, markThreads, takeMarks } from '../marks/keep-marks.ts'
import { hasOpened } from './answer-first.ts'
import { findThread } from './changes.ts'
import type { Log, ThreadReader } from './guards.ts'

/** What somebody has read is theirs alone: their own pages hear of it, and nobody else. */
export async function markRead(house: House, reader: ThreadReader, seen: Ranges): Promise<ReadMark> {
  const { id } = reader.member.account
  const mark = await house.db.transaction(async (tx) => {
    const thread = await findThread(tx, reader)
    const last = (await hasOpened(tx, thread, id)) ? thread.lastNumber : Math.min(thread.lastNumber, 1)
    // Nobody has read what is not there yet, or not for them.
    const there = without(seen, without([[1, Number.MAX_SAFE_INTEGER]], upTo(last)))
    return addMarks(tx, { accountId: id, groupId: thread.groupId, threadId: thread.id }, there, house.now())
  })
  house.rooms.announceMarks(id)
  return mark
}

/** From this post on everything of others is unread again. */
export async function markUnread(house: House, reader: ThreadReader, from: number): Promise<ReadMark> {
  const { id } = reader.member.account
  const mark = await house.db.transaction(async (tx) => {
    const thread = await findThread(tx, reader)
    return takeMarks(tx, { accountId: id, groupId: thread.groupId, threadId: thread.id }, from, house.now())
  })
  house.rooms.announceMarks(id)
  return mark
}

/** Everything in a log was read: of an episode, or of the group's own threads. */
export const markLogRead = (house: House, { member, roomId }: Log): Promise<ReadMark[]> =>
  markAll(house, member, eq(threads.roomId, roomId))

/** Everything in a group was read. */
export const markGroupRead = (house: House, member: Member): Promise<ReadMark[]> =>
  markAll(house, member, eq(threads.groupId, member.group.id))

async function markAll(house: House, { account }: Member, which: ReturnType<typeof eq>): Promise<ReadMark[]> {
  const marks = await house.db.transaction((tx) => markThreads(tx, account.id, which, house.now()))
  house.rooms.announceMarks(account.id)
  return marks
}
