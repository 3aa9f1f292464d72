import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { isAhead } from '#shared/live/plan.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import { requireTogether } from './over-days.ts'
import { readPlan, type BlockRow } from './go-to-block.ts'
import { wasHeard } from './was-heard.ts'

/**
 * A change of the plan of an open room. The command's id makes a retry change nothing; the room hears the plan when the
 * change says that something is different now.
 */
export function changePlan(
  house: House,
  chair: Chair,
  id: string,
  change: (given: Change, plan: BlockRow[]) => Promise<boolean>,
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (given) => {
    requireTogether(
      given,
      'Over days the plan stays as it is once it began. You can give a part more time, or go on.',
    )
    if (await wasHeard(given, id)) return {}
    if (await change(given, await readPlan(given.tx, given.session.id)))
      given.tell({ type: 'plan-changed', id })
    return {}
  })
}

export function findInPlan(plan: readonly BlockRow[], blockId: string): BlockRow {
  const block = plan.find(({ id }) => id === blockId)
  if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  return block
}

/** What has begun has happened. `why`, for the block that is on now and for one that was. */
export function requireAhead(block: BlockRow, { session }: Change, why: { now: string; done: string }): void {
  if (isAhead(block, session.currentBlockId)) return
  throw new Refusal('conflict', block.id === session.currentBlockId ? why.now : why.done)
}

export async function writeOrder({ tx }: Change, plan: readonly BlockRow[]): Promise<void> {
  for (const [position, block] of plan.entries())
    if (block.position !== position) await tx.update(blocks).set({ position }).where(eq(blocks.id, block.id))
}

/** Other minutes; once the session runs, what they were before is kept for the record. */
export async function setMinutes(
  { tx, session }: Change,
  { id, minutes: before, plannedMinutes }: BlockRow,
  minutes: number,
): Promise<void> {
  const planned = session.currentBlockId === null ? plannedMinutes : (plannedMinutes ?? before)
  await tx.update(blocks).set({ minutes, plannedMinutes: planned }).where(eq(blocks.id, id))
}
