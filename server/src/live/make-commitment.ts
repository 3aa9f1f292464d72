import { commitments } from '#db/schema.ts'
import type { CommitmentDraft } from '#shared/commitments.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'

/** "If … then I will … by …", heard by the room. Sent twice, it is promised once. */
export function makeCommitment(
  house: House,
  seat: Seat,
  draft: CommitmentDraft,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    await arrive(change, seat)
    const [made] = await tx
      .insert(commitments)
      .values({
        ...draft,
        groupId: session.groupId,
        sessionId: session.id,
        accountId: seat.member.account.id,
        madeAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: commitments.id })
    if (made) tell({ type: 'commitment-made', commitmentId: made.id })
    return {}
  })
}
