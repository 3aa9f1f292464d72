import { and, eq } from 'drizzle-orm'
import { ballots } from '#db/schema.ts'
import type { BallotDraft, MyBallot } from '#shared/ballots.ts'
import { ballotProblem, dotsThatCount, hasBallot, isConfidence } from '#shared/live/ballot.ts'
import { Refusal } from '#shared/refusals.ts'
import { isTimeUp } from '../ballots/count-ballot.ts'
import { toMyBallot } from '../ballots/read-ballots.ts'
import { settleNow } from '../ballots/settle-deadline.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { readTopics } from '../topics/read-topics.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findCurrentBlock } from './find-block.ts'

/**
 * Keeps what somebody votes. The room hears who is done, never what was chosen. It waits its turn with the count, so a vote is
 * either in the sums or refused.
 */
export function saveBallot(house: House, seat: Seat, draft: BallotDraft): Promise<MyBallot> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    const accountId = seat.member.account.id
    const { blockId, revision } = draft
    const [before] = await tx
      .select()
      .from(ballots)
      .where(and(eq(ballots.blockId, blockId), eq(ballots.accountId, accountId)))
    if (before && before.revision >= revision) return toMyBallot(before)
    const block = await findCurrentBlock(change, blockId)
    if (!hasBallot(block)) throw new Refusal('conflict', 'There is no vote in this block.')
    if (block.revealedAt !== null)
      throw new Refusal('conflict', 'The votes are counted, so yours can’t change any more.')
    if (isTimeUp(change))
      throw new Refusal(
        'conflict',
        'The time of this vote is up. Whoever runs the session can give it more minutes.',
      )
    const topics = isConfidence(block) ? [] : await readTopics(tx, session.id)
    const problem = ballotProblem(draft, block, topics)
    if (problem) throw new Refusal('invalid', problem, isConfidence(block) ? 'step' : 'dots')
    if (isConfidence(block) && draft.done && draft.step === null)
      throw new Refusal('invalid', 'Choose one of the five steps first.', 'step')
    await arrive(change, seat)

    const done = draft.done ? (before?.done ?? now) : null
    const chosen = { dots: dotsThatCount(draft.dots, topics), step: draft.step, revision, done }
    const [kept] = await tx
      .insert(ballots)
      .values({ blockId, groupId: session.groupId, accountId, ...chosen })
      .onConflictDoUpdate({ target: [ballots.blockId, ballots.accountId], set: chosen })
      .returning()
    if (!kept) throw new Error('a ballot that was kept is there')
    if (Boolean(before?.done) !== draft.done)
      tell({ type: 'vote-done', blockId, accountId, done: draft.done })
    if (draft.done) await settleNow(change)
    return toMyBallot(kept)
  })
}
