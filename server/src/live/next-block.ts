import { neighbour } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { goToBlock, readPlan, type Moving } from './go-to-block.ts'
import { wasHeard } from './was-heard.ts'

/** Goes on, or begins. When the caller saw another block than the current one, nothing changes. */
export function nextBlock(house: House, chair: Chair, { id, from }: Moving): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    if (session.currentBlockId !== from || (await wasHeard(change, id))) return {}
    const plan = await readPlan(tx, session.id)
    const next = neighbour(plan, from, 1)
    if (!next) {
      throw new Refusal(
        'conflict',
        plan.length === 0
          ? 'The plan of this session is empty. Add a block to it first.'
          : from === null
            ? 'Every block of the plan is skipped. Take one back in first.'
            : 'This is the last block. Close the session when you are ready.',
      )
    }
    await goToBlock(change, next, chair.member.account.id, id)
    return {}
  })
}
