import { blocks } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { livePlanCalls } from '#shared/live-plan.ts'
import { putAfter } from '#shared/live/plan.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_BLOCKS } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { requireStorable } from '../sessions/replace-plan.ts'
import { changePlan, findInPlan, writeOrder } from './change-plan.ts'

/** A new block among those to come. The writer picks its id, so a retry is never a second block. */
export function insertBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { after, ...draft }: Input<typeof livePlanCalls.insertBlock>['body'],
): Promise<Record<string, never>> {
  return changePlan(house, chair, blockId, async (change, plan) => {
    const { tx, session } = change
    if (plan.some(({ id }) => id === blockId)) return false
    if (plan.length >= MOST_BLOCKS)
      throw new Refusal('conflict', `A plan holds at most ${MOST_BLOCKS} blocks. Change one that is to come.`)
    requireStorable([draft])
    if (after !== null) findInPlan(plan, after)
    // The questions of threads come into a plan beforehand, where it is known which of them were taken back.
    const { threads: _, ...options } = draft.options
    const [added] = await tx
      .insert(blocks)
      .values({
        ...draft,
        options,
        id: blockId,
        groupId: session.groupId,
        sessionId: session.id,
        position: plan.length,
      })
      .onConflictDoNothing()
      .returning()
    if (!added)
      throw new Refusal('conflict', 'This block belongs elsewhere. Reload the page and add it anew.')
    await writeOrder(change, putAfter([...plan, added], added, after, session.currentBlockId))
    return true
  })
}
