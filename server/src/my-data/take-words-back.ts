import { and, eq, exists, inArray, notInArray, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  announcements,
  answers,
  attendances,
  blocks,
  commitments,
  memberships,
  mentions,
  postReactions,
  posts,
  roomEvents,
  rooms,
  sessions,
  tableReports,
  threads,
  topics,
  turns,
  witnesses,
} from '#db/schema.ts'
import type { House } from '../house.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { noteGone } from '../marks/note-gone.ts'
import { tellRooms, type Told } from '../rooms/change-room.ts'
import { forgetAbout } from '../threads/forget-about.ts'
import { forgetParts } from '../threads/forget-parts.ts'
import { takeOutOfPlans } from '../threads/take-out-of-plans.ts'

/**
 * Takes the words of an account out of its threads, whose numbering stays, and tells every room that knows of it. The
 * rows of sessions go with the account itself.
 * @returns what to announce, and the sessions whose plan held words, once it is committed
 */
export async function takeWordsBack(
  house: House,
  tx: Transaction,
  accountId: string,
  roomIds: string[],
): Promise<{ told: Told[]; plans: string[] }> {
  const told = await tellRooms(house, tx, roomIds, { type: 'account-deleted', accountId })
  await forgetParts(tx, eq(posts.accountId, accountId))
  await tx
    .update(posts)
    .set({
      body: '',
      hideReason: null,
      withdrawnAt: sql`coalesce(${posts.withdrawnAt}, ${house.now().toISOString()})`,
    })
    .where(eq(posts.accountId, accountId))
  await noteGone(tx, eq(posts.accountId, accountId))
  await indexPosts(tx, eq(posts.accountId, accountId))
  const plans = await takeOutOfPlans(tx, eq(posts.accountId, accountId))
  await forgetAbout(tx, eq(threads.startedBy, accountId))
  await dropMyTopics(tx, accountId)
  told.push(...(await dropMyReports(house, tx, accountId)))
  await tx
    .update(announcements)
    .set({ title: '', body: '', withdrawnAt: house.now() })
    .where(eq(announcements.accountId, accountId))
  return { told, plans }
}

/** Of a table that somebody hosted nothing of theirs is told any more. */
async function dropMyReports(house: House, tx: Transaction, accountId: string): Promise<Told[]> {
  const gone = await tx
    .delete(tableReports)
    .where(eq(tableReports.accountId, accountId))
    .returning({ blockId: tableReports.blockId })
  const told: Told[] = []
  for (const { blockId } of gone) {
    const [block] = await tx.select({ id: blocks.sessionId }).from(blocks).where(eq(blocks.id, blockId))
    if (block) told.push(...(await tellRooms(house, tx, [block.id], { type: 'plenary-changed', blockId })))
  }
  return told
}

/** Topics that gathered nothing else are called by these words, so they go along. */
async function dropMyTopics(tx: Transaction, accountId: string): Promise<void> {
  await tx.delete(topics).where(sql`
    exists (select 1 from ${answers} mine where mine.topic_id = ${topics.id} and mine.account_id = ${accountId})
    and not exists (
      select 1 from ${answers} others
      where others.topic_id = ${topics.id} and others.account_id is distinct from ${accountId}::uuid)`)
}

/**
 * The rooms that know of an account.
 * @param gone groups that are deleted with all their rooms
 */
export async function findMyRooms(tx: Transaction, accountId: string, gone: string[]): Promise<string[]> {
  const ids = [...(await findDiscussions(tx, accountId)), ...(await findSessions(tx, accountId))]
  const staying = gone.length > 0 ? notInArray(rooms.groupId, gone) : undefined
  const found =
    ids.length === 0
      ? []
      : await tx
          .select({ id: rooms.id })
          .from(rooms)
          .where(and(inArray(rooms.id, ids), staying))
  return found.map(({ id }) => id)
}

/** Where they wrote, were mentioned or said something about a post. */
async function findDiscussions(tx: Transaction, accountId: string): Promise<string[]> {
  const mine = tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.threadId, threads.id), eq(posts.accountId, accountId)))
  const of = (table: typeof mentions | typeof postReactions) =>
    exists(
      tx
        .select({ id: table.postId })
        .from(table)
        .innerJoin(posts, eq(posts.id, table.postId))
        .where(and(eq(posts.threadId, threads.id), eq(table.accountId, accountId))),
    )
  const found = await tx
    .selectDistinct({ id: threads.roomId })
    .from(threads)
    .where(or(eq(threads.startedBy, accountId), exists(mine), of(mentions), of(postReactions)))
  return found.map(({ id }) => id)
}

/** Sessions in which something of the account stands, or whose log mentions it. */
async function findSessions(tx: Transaction, accountId: string): Promise<string[]> {
  const groupIds = tx
    .select({ id: memberships.groupId })
    .from(memberships)
    .where(eq(memberships.accountId, accountId))
  const mentioned = tx
    .select({ id: roomEvents.number })
    .from(roomEvents)
    .where(and(eq(roomEvents.roomId, sessions.id), sql`${roomEvents.event} ->> 'accountId' = ${accountId}`))
  const of = (table: typeof attendances | typeof turns | typeof commitments) =>
    tx.select({ id: table.sessionId }).from(table).where(eq(table.accountId, accountId))
  const witnessed = tx
    .select({ id: commitments.sessionId })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .where(eq(witnesses.accountId, accountId))
  const written = tx
    .select({ id: blocks.sessionId })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .where(eq(answers.accountId, accountId))
  const found = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      or(
        eq(sessions.facilitatorId, accountId),
        inArray(sessions.id, of(attendances)),
        inArray(sessions.id, of(turns)),
        inArray(sessions.id, of(commitments)),
        inArray(sessions.id, witnessed),
        inArray(sessions.id, written),
        and(inArray(sessions.groupId, groupIds), exists(mentioned)),
      ),
    )
  return found.map(({ id }) => id)
}
