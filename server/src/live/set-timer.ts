import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import type { Timer } from '#shared/live.ts'
import { Refusal } from '#shared/refusals.ts'
import { moveDeadlines } from '../ballots/settle-deadline.ts'
import { holdTurns } from '../go-rounds/settle-go-round.ts'
import type { Change } from './change-session-room.ts'
import { startCounting, stopCounting } from './count-time.ts'
import { timerOf } from './go-to-block.ts'

/** The timer of the running block. Before the first block there is none to change. */
export function runningBlocksTimer({ session }: Change): Timer {
  if (session.currentBlockId === null)
    throw new Refusal('conflict', 'No block has begun yet, so there is no timer.')
  return timerOf(session)
}

/** While it is paused the time of its block does not count. */
export async function setTimer(change: Change, timer: Timer, id?: string): Promise<void> {
  const { tx, tell, session } = change
  const wasPaused = session.timerEndsAt === null
  if (session.currentBlockId !== null && wasPaused !== (timer.endsAt === null))
    await (wasPaused ? startCounting : stopCounting)(change, session.currentBlockId)
  const moved = { timerEndsAt: timer.endsAt === null ? null : new Date(timer.endsAt), timerLeft: timer.left }
  await tx.update(sessions).set(moved).where(eq(sessions.id, session.id))
  tell({ type: 'timer-changed', timer, ...(id === undefined ? {} : { id }) })
  await moveDeadlines({ ...change, session: { ...session, ...moved } })
  if (session.currentBlockId !== null) {
    const block = { id: session.currentBlockId, groupId: session.groupId }
    await holdTurns({ ...change, block }, timer.endsAt === null)
  }
}
