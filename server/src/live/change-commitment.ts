import { eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
import type { SessionCommitmentDraft } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import { askWitness } from '../commitments/ask-witness.ts'
import { requireSkill } from '../commitments/require-skill.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findMyCommitment } from './find-my-commitment.ts'

/** What is left out of the skill and the witness stays as it is. */
export function changeCommitment(
  house: House,
  seat: Seat,
  commitmentId: string,
  { cue, action, due, skill, witnessId }: Omit<SessionCommitmentDraft, 'id'>,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    const mine = await findMyCommitment(change, seat, commitmentId)
    if (!mine) throw new Refusal('not-found', 'This commitment was taken back already.')
    const next = { cue, action, due, skill: skill === undefined ? mine.skill : skill }
    await requireSkill(tx, session.groupId, next.skill, mine.skill)
    const maker = { id: commitmentId, makerId: mine.accountId }
    const asked = witnessId === undefined ? [] : await askWitness(tx, session, maker, witnessId, now)
    const same = mine.cue === cue && mine.action === action && mine.due === due && mine.skill === next.skill
    if (same && asked.length === 0) return {}
    await tx.update(commitments).set(next).where(eq(commitments.id, commitmentId))
    tell({ type: 'commitment-changed', commitmentId })
    if (asked.length > 0) tell({ type: 'witness-asked' })
    return {}
  })
}
