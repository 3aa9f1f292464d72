import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { livePlanCalls } from '#shared/live-plan.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changePlan, findInPlan, requireAhead } from './change-plan.ts'

/** It stays in the plan, and the room goes past it; or it is taken back in. */
export function skipBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { id, skipped }: Input<typeof livePlanCalls.skipBlock>['body'],
): Promise<Record<string, never>> {
  return changePlan(house, chair, id, async (change, plan) => {
    const block = findInPlan(plan, blockId)
    if (block.skipped === skipped) return false
    requireAhead(block, change, {
      now: 'This block is on now, so it can’t be skipped. Go to the next one instead.',
      done: 'This block was on already, so it can’t be skipped.',
    })
    await change.tx.update(blocks).set({ skipped }).where(eq(blocks.id, blockId))
    return true
  })
}
