import { Refusal } from '#shared/refusals.ts'
import { chooseNext, readDiscussion, readOrder } from '../ballots/take-topics.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findDiscussion } from './discuss-topic.ts'

/** The facilitator says which topic comes next; without one it goes by the dots again. */
export function chooseTopic(
  house: House,
  chair: Chair,
  blockId: string,
  { topicId }: { topicId: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const block = await findDiscussion(change, blockId)
    const before = await readDiscussion(change, blockId)
    if (!before) throw new Refusal('conflict', 'Topics are not taken one by one yet. Begin with one first.')
    if (
      topicId !== null &&
      !(await readOrder(change, blockId)).order.some(({ topic }) => topic.id === topicId)
    )
      throw new Refusal('not-found', 'This topic is not there any more.')
    if (topicId !== null && topicId === before.topicId)
      throw new Refusal('conflict', 'This topic is being discussed already.')
    if (before.nextId !== topicId) await chooseNext(change, block, before, topicId)
    return {}
  })
}
