import { eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findMyCommitment } from './find-my-commitment.ts'

/** Taken back, it is gone everywhere; the log keeps only that it happened. */
export function withdrawCommitment(
  house: House,
  seat: Seat,
  commitmentId: string,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    if (!(await findMyCommitment(change, seat, commitmentId))) return {}
    await change.tx.delete(commitments).where(eq(commitments.id, commitmentId))
    change.tell({ type: 'commitment-withdrawn', commitmentId })
    return {}
  })
}
