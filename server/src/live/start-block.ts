import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { goToBlock, readPlan } from './go-to-block.ts'

/** Goes to any block of the plan. When the caller saw another block than the current one, nothing changes. */
export function startBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { from }: { from: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    const block = (await readPlan(tx, session.id)).find(({ id }) => id === blockId)
    if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
    if (session.currentBlockId !== from || session.currentBlockId === blockId) return {}
    await goToBlock(change, block, chair.member.account.id)
    return {}
  })
}
