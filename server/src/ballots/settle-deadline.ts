import { eq, lte } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { blocks, liveDeadlines } from '#db/schema.ts'
import type { Balloting, BlockRow } from './balloting.ts'
import { isOpenBallot, leaveBallot, beginBallot, settleBallot } from './count-ballot.ts'
import { beginTopics, leaveTopics, moveTopicTimer, readDiscussion, settleTopic } from './take-topics.ts'

/**
 * Deadlines inside a block are kept here, by the server's clock alone. When something has to be looked at stands in
 * `live_deadlines`; every command of a session settles what is due before it does its own, and the sweep
 * (live/sweep-deadlines.ts) takes what nobody asked about. Both hold the lock of the session, so each happens once.
 */

/** Somebody may leave in the middle of a vote, so an open one is looked at this often. */
const LOOK_AGAIN = 10_000

export async function settleDeadline(balloting: Balloting): Promise<void> {
  const { tx, session, now } = balloting
  const [deadline] = await tx.select().from(liveDeadlines).where(eq(liveDeadlines.sessionId, session.id))
  if (!deadline || deadline.dueAt > now) return
  await settleNow(balloting)
}

/** Looks at the current block, whatever the time, and notes when to look again. */
export async function settleNow(balloting: Balloting): Promise<void> {
  const block = await currentBlock(balloting)
  if (block) {
    await settleBallot(balloting, block)
    await settleTopic(balloting, block)
  }
  await keepDeadline(balloting)
}

/** Notes when this session has to be looked at. Called after whatever moves a deadline. */
export async function keepDeadline(balloting: Balloting): Promise<void> {
  const { tx, session } = balloting
  const dueAt = await nextLook(balloting)
  const { id: sessionId, groupId } = session
  if (dueAt === undefined) await tx.delete(liveDeadlines).where(eq(liveDeadlines.sessionId, sessionId))
  else
    await tx
      .insert(liveDeadlines)
      .values({ sessionId, groupId, dueAt })
      .onConflictDoUpdate({ target: liveDeadlines.sessionId, set: { dueAt } })
}

async function nextLook(balloting: Balloting): Promise<Date | undefined> {
  const { session, now } = balloting
  const block = await currentBlock(balloting)
  if (!block) return undefined
  if (session.overDays) return undefined
  if (isOpenBallot(block)) {
    const again = now.getTime() + LOOK_AGAIN
    const ends = session.timerEndsAt?.getTime() ?? 0
    return new Date(ends > now.getTime() ? Math.min(ends, again) : again)
  }
  const endsAt = (await readDiscussion(balloting, block.id))?.timer.endsAt
  return endsAt ? new Date(endsAt) : undefined
}

async function currentBlock({ tx, session }: Balloting): Promise<BlockRow | undefined> {
  if (session.status !== 'live' || session.currentBlockId === null) return undefined
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  return block
}

/** The timer of the running block was changed: what runs inside the block goes along. */
export async function moveDeadlines(balloting: Balloting): Promise<void> {
  const block = await currentBlock(balloting)
  if (block) await moveTopicTimer(balloting, block)
  await keepDeadline(balloting)
}

/** The room enters a block; its timer stands already. */
export async function enterBlock(balloting: Balloting, block: BlockRow): Promise<void> {
  await beginBallot(balloting, block)
  await beginTopics(balloting, block)
  await keepDeadline(balloting)
}

/** The room leaves its current block, for another one or for good. */
export async function leaveBlock(balloting: Balloting): Promise<void> {
  const block = await currentBlock(balloting)
  if (!block) return
  await leaveBallot(balloting, block)
  await leaveTopics(balloting, block)
}

/** Sessions that somebody should look at now, soonest first. */
export async function readDue(reader: Reader, now: Date, most: number): Promise<string[]> {
  const rows = await reader
    .select({ sessionId: liveDeadlines.sessionId })
    .from(liveDeadlines)
    .where(lte(liveDeadlines.dueAt, now))
    .orderBy(liveDeadlines.dueAt)
    .limit(most)
  return rows.map(({ sessionId }) => sessionId)
}
