import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import type { Timer } from '#shared/live.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Change } from './change-session-room.ts'
import { timerOf } from './go-to-block.ts'

/** The timer of the running block. Before the first block there is none to change. */
export function runningBlocksTimer({ session }: Change): Timer {
  if (session.currentBlockId === null)
    throw new Refusal('conflict', 'No block has begun yet, so there is no timer.')
  return timerOf(session)
}

export async function setTimer({ tx, tell, session }: Change, timer: Timer, id?: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ timerEndsAt: timer.endsAt === null ? null : new Date(timer.endsAt), timerLeft: timer.left })
    .where(eq(sessions.id, session.id))
  tell({ type: 'timer-changed', timer, ...(id === undefined ? {} : { id }) })
}
