import { and, eq, isNull } from 'drizzle-orm'
import { blocks, joinCodes, sessions, turns } from '#db/schema.ts'
import { keepDeadline, leaveBlock } from '../ballots/settle-deadline.ts'
import { endCodeSeats, endExpertSeats } from '../experts/room-seats.ts'
import { mailWrapUp } from '../wrap-ups/mail-wrap-up.ts'
import type { Change } from './change-session-room.ts'
import { stopCounting } from './count-time.ts'
import { revealOnLeaving } from './over-days.ts'

/** Nothing changes in the room any more. What was not revealed stays with its writer. */
export async function endSession(change: Change): Promise<void> {
  const { house, tx, tell, session, now } = change
  await revealOnLeaving(change)
  await leaveBlock(change)
  if (session.currentBlockId !== null) {
    await tx.update(blocks).set({ endedAt: now }).where(eq(blocks.id, session.currentBlockId))
    await stopCounting({ tx, now }, session.currentBlockId)
  }
  await tx
    .update(turns)
    .set({ endedAt: now })
    .where(and(eq(turns.sessionId, session.id), isNull(turns.endedAt)))
  await tx
    .update(sessions)
    .set({
      status: 'wrapped-up',
      wrappedUpAt: now,
      currentBlockId: null,
      timerEndsAt: null,
      timerLeft: null,
    })
    .where(eq(sessions.id, session.id))
  tell({ type: 'session-closed', at: now.toISOString() })
  await keepDeadline({ ...change, session: { ...session, currentBlockId: null } })
  await tx.delete(joinCodes).where(eq(joinCodes.sessionId, session.id))
  await endExpertSeats(house, tx, session.id)
  await endCodeSeats(house, tx, session.id)
  await mailWrapUp(house, tx, session.id)
}
