import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireTogether } from './over-days.ts'
import { goToBlock, readPlan, type Moving } from './go-to-block.ts'
import { wasHeard } from './was-heard.ts'

/** Goes to any block of the plan. When the caller saw another block than the current one, nothing changes. */
export function startBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { id, from }: Moving,
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    const block = (await readPlan(tx, session.id)).find((one) => one.id === blockId)
    if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
    if (block.startedAt !== null && block.id !== session.currentBlockId)
      requireTogether(change, 'What was is over: over days a session only goes on.')
    if (session.currentBlockId !== from || session.currentBlockId === blockId) return {}
    if (await wasHeard(change, id)) return {}
    await goToBlock(change, block, chair.member.account.id, id)
    return {}
  })
}
