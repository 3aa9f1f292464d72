import type { Input } from '#shared/contract.ts'
import type { livePlanCalls } from '#shared/live-plan.ts'
import { blockBefore, putAfter } from '#shared/live/plan.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changePlan, findInPlan, requireAhead, writeOrder } from './change-plan.ts'

/** Another place for a block that is to come. When it stands elsewhere than the caller saw, nothing changes. */
export function moveBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { id, from, to }: Input<typeof livePlanCalls.moveBlock>['body'],
): Promise<Record<string, never>> {
  return changePlan(house, chair, id, async (change, plan) => {
    const block = findInPlan(plan, blockId)
    if (blockBefore(plan, blockId) !== from) return false
    requireAhead(block, change, {
      now: 'This block is on now, so it stays where it is. Move one that is to come.',
      done: 'This block was on already, so it stays where it is. Move one that is to come.',
    })
    if (to === blockId)
      throw new Refusal('invalid', 'A block can’t come after itself. Choose another one.', 'to')
    if (to !== null) findInPlan(plan, to)
    const order = putAfter(plan, block, to, change.session.currentBlockId)
    if (order.every(({ id: one }, at) => one === plan[at]?.id)) return false
    await writeOrder(change, order)
    return true
  })
}
