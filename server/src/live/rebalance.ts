import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import type { Rebalance } from '#shared/live-plan.ts'
import { aheadOf } from '#shared/live/rebalance.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changePlan, setMinutes } from './change-plan.ts'

/** All at once, and only when what is to come is still what the caller saw. */
export function rebalance(
  house: House,
  chair: Chair,
  { id, blocks: wanted }: Rebalance,
): Promise<Record<string, never>> {
  return changePlan(house, chair, id, async (change, plan) => {
    const ahead = aheadOf(plan, change.session.currentBlockId)
    const seen = new Map(wanted.map((one) => [one.blockId, one]))
    if (
      seen.size !== wanted.length ||
      seen.size !== ahead.length ||
      ahead.some((block) => seen.get(block.id)?.from !== block.minutes)
    )
      throw new Refusal(
        'conflict',
        'The plan has changed since this was worked out, so nothing was changed. Look at it anew.',
        'blocks',
      )
    let changed = false
    for (const block of ahead) {
      const to = seen.get(block.id)?.to ?? block.minutes
      if (to === block.minutes) continue
      if (to === 0) await change.tx.update(blocks).set({ skipped: true }).where(eq(blocks.id, block.id))
      else await setMinutes(change, block, to)
      changed = true
    }
    return changed
  })
}
