import { commitments } from '#db/schema.ts'
import type { SessionCommitmentDraft } from '#shared/commitments.ts'
import { askWitness } from '../commitments/ask-witness.ts'
import { requireSkill } from '../commitments/require-skill.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'
import { wasWithdrawn } from './find-my-commitment.ts'

/** "If … then I will … by …", heard by the room. Sent twice, it is promised once. */
export function makeCommitment(
  house: House,
  seat: Seat,
  { witnessId = null, skill = null, ...draft }: SessionCommitmentDraft,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    const makerId = seat.member.account.id
    if (await wasWithdrawn(change, draft.id)) return {}
    await arrive(change, seat)
    const [made] = await tx
      .insert(commitments)
      .values({
        ...draft,
        skill,
        groupId: session.groupId,
        sessionId: session.id,
        accountId: makerId,
        madeAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: commitments.id })
    if (!made) return {}
    await requireSkill(tx, session.groupId, skill)
    const asked = await askWitness(tx, session, { id: made.id, makerId }, witnessId, now)
    tell({ type: 'commitment-made', commitmentId: made.id })
    if (asked.length > 0) tell({ type: 'witness-asked' })
    return {}
  })
}
