import { eq } from 'drizzle-orm'
import { ballotCounts, ballots, blocks } from '#db/schema.ts'
import { LEAST_ON_RETURN, runningTimer, secondsLeft } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepDeadline } from '../ballots/settle-deadline.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findCurrentBlock } from './find-block.ts'
import { timerOf } from './go-to-block.ts'
import { setTimer } from './set-timer.ts'

/** The sums are dropped and everybody votes anew, with a minute at least. When the caller saw other sums, nothing changes. */
export function voteAgain(
  house: House,
  chair: Chair,
  blockId: string,
  { from }: { from: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, tell, session, now } = change
    const block = await findCurrentBlock(change, blockId)
    const [count] = await tx.select().from(ballotCounts).where(eq(ballotCounts.blockId, blockId))
    if (!count) {
      if (block.kind !== 'vote') throw new Refusal('conflict', 'There is no vote in this block.')
      return {}
    }
    if (block.revealedAt?.toISOString() !== from) return {}
    await tx.delete(ballotCounts).where(eq(ballotCounts.blockId, blockId))
    await tx.update(ballots).set({ dots: [], step: null, done: null }).where(eq(ballots.blockId, blockId))
    await tx.update(blocks).set({ revealedAt: null }).where(eq(blocks.id, blockId))
    tell({ type: 'voting-reopened', blockId })
    const timer = timerOf(session)
    if ((secondsLeft(timer, now.getTime()) ?? 0) < LEAST_ON_RETURN)
      await setTimer(change, runningTimer(LEAST_ON_RETURN, now))
    else await keepDeadline(change)
    return {}
  })
}
