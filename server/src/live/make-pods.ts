import type { Input } from '#shared/contract.ts'
import type { podCalls } from '#shared/pods.ts'
import type { House } from '../house.ts'
import { putAnew, readOwnPods } from '../pods/settle-pods.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findPodsBlock } from './find-pods-block.ts'
import { wasHeard } from './was-heard.ts'

/** Puts everybody together, now or for a later block. Whoever did so at the same moment did it for both. */
export function makePods(
  house: House,
  chair: Chair,
  blockId: string,
  { id, withLeader, again }: Input<typeof podCalls.makePods>['body'],
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const placing = await findPodsBlock(change, blockId)
    if (await wasHeard(change, id)) return {}
    if (!again && (await readOwnPods(placing)).length > 0) return {}
    await putAnew(placing, { withLeader, seedFrom: id, commandId: id })
    return {}
  })
}
