import { eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
import type { CommitmentDraft } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findMyCommitment } from './find-my-commitment.ts'

export function changeCommitment(
  house: House,
  seat: Seat,
  commitmentId: string,
  { cue, action, due }: Omit<CommitmentDraft, 'id'>,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const mine = await findMyCommitment(change, seat, commitmentId)
    if (!mine) throw new Refusal('not-found', 'This commitment was taken back already.')
    if (mine.cue === cue && mine.action === action && mine.due === due) return {}
    await change.tx.update(commitments).set({ cue, action, due }).where(eq(commitments.id, commitmentId))
    change.tell({ type: 'commitment-changed', commitmentId })
    return {}
  })
}
