import { neighbour } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireTogether } from './over-days.ts'
import { goToBlock, readPlan, type Moving } from './go-to-block.ts'
import { wasHeard } from './was-heard.ts'

/** Goes back. When the caller saw another block than the current one, nothing changes. */
export function previousBlock(
  house: House,
  chair: Chair,
  { id, from }: Moving,
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    requireTogether(change, 'What was is over: over days a session only goes on.')
    if (session.currentBlockId !== from || (await wasHeard(change, id))) return {}
    const previous = neighbour(await readPlan(tx, session.id), from, -1)
    if (!previous) throw new Refusal('conflict', 'There is no block before this one.')
    await goToBlock(change, previous, chair.member.account.id, id)
    return {}
  })
}
