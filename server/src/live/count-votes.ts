import { hasBallot } from '#shared/live/ballot.ts'
import { Refusal } from '#shared/refusals.ts'
import { countBallot } from '../ballots/count-ballot.ts'
import { keepDeadline } from '../ballots/settle-deadline.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findCurrentBlock } from './find-block.ts'

/** The facilitator ends the vote. From here on everybody reads the sums, and nobody changes theirs. */
export function countVotes(house: House, chair: Chair, blockId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const block = await findCurrentBlock(change, blockId)
    if (!hasBallot(block)) throw new Refusal('conflict', 'There is no vote in this block.')
    if (block.revealedAt !== null) return {}
    await countBallot(change, block)
    await keepDeadline(change)
    return {}
  })
}
