import { eq } from 'drizzle-orm'
import { ballotCounts, ballots, blocks } from '#db/schema.ts'
import { countBallots, everybodyDone, hasBallot, isConfidence } from '#shared/live/ballot.ts'
import { settleTopics } from '../topics/settle-topics.ts'
import { blockLeft, hasVoted, readCast, readWaited, type Balloting, type BlockRow } from './balloting.ts'

export const isOpenBallot = (block: BlockRow): boolean =>
  hasBallot(block) && block.startedAt !== null && block.revealedAt === null

/** A vote begins, or is gone back to: what was revealed so far is what can be voted on. */
export async function beginBallot(balloting: Balloting, block: BlockRow): Promise<void> {
  if (hasBallot(block) && block.revealedAt === null && !isConfidence(block)) await settleTopics(balloting)
}

/** Ends the vote. Only sums are kept and told; what each chose is deleted with it. */
export async function countBallot(balloting: Balloting, block: BlockRow): Promise<void> {
  const { tx, tell, now } = balloting
  const cast = await readCast(balloting, block.id)
  const topics = isConfidence(block) ? [] : await settleTopics(balloting)
  const count = countBallots(cast, block, topics)
  await tx
    .insert(ballotCounts)
    .values({ blockId: block.id, groupId: block.groupId, ...count })
    .onConflictDoUpdate({ target: ballotCounts.blockId, set: count })
  await tx.update(ballots).set({ dots: [], step: null }).where(eq(ballots.blockId, block.id))
  await tx.update(blocks).set({ revealedAt: now }).where(eq(blocks.id, block.id))
  tell({ type: 'votes-counted', blockId: block.id, at: now.toISOString(), count })
}

/** The vote ends by itself when everybody is done, or when its time is up and somebody voted. */
export async function settleBallot(balloting: Balloting, block: BlockRow): Promise<void> {
  // Over days it ends with its block (live/settle-over-days.ts).
  if (!isOpenBallot(block) || balloting.session.overDays) return
  const cast = await readCast(balloting, block.id)
  if (!cast.some(hasVoted)) return
  const done = cast.filter((one) => one.done !== null).map(({ accountId }) => accountId)
  const waited = await readWaited(balloting, done)
  if (everybodyDone(waited, done) || isTimeUp(balloting)) await countBallot(balloting, block)
}

export function isTimeUp(balloting: Balloting): boolean {
  const left = blockLeft(balloting)
  return balloting.session.timerEndsAt !== null && left !== null && left <= 0
}

/** The room goes on: a vote in which somebody voted is over, and one that nobody used stays open. */
export async function leaveBallot(balloting: Balloting, block: BlockRow): Promise<void> {
  if (isOpenBallot(block) && (await readCast(balloting, block.id)).some(hasVoted))
    await countBallot(balloting, block)
}
