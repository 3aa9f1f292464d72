import { nextTopic, NO_DISCUSSION } from '#shared/live/discussion.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepDeadline } from '../ballots/settle-deadline.ts'
import { goToTopic, readDiscussion, readOrder } from '../ballots/take-topics.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { settleTopics } from '../topics/settle-topics.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import { findCurrentBlock } from './find-block.ts'
import type { BlockRow } from './go-to-block.ts'

/** Goes to a topic, or to the next one, or ends with the last. When the caller saw another topic, nothing changes. */
export function discussTopic(
  house: House,
  chair: Chair,
  blockId: string,
  { topicId, from }: { topicId: string | null; from: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const block = await findDiscussion(change, blockId)
    const before = (await readDiscussion(change, blockId)) ?? NO_DISCUSSION
    if (before.topicId !== from) return {}
    await settleTopics(change)
    const { order, elsewhere } = await readOrder(change, blockId)
    const wanted =
      topicId === null
        ? nextTopic(before, order, elsewhere)
        : order.find(({ topic }) => topic.id === topicId)?.topic
    if (!wanted && topicId !== null) throw new Refusal('not-found', 'This topic is not there any more.')
    if (!wanted && from === null)
      throw new Refusal('conflict', 'There is no topic left. Add one, or choose one to talk about again.')
    if (wanted?.id === from) return {}
    await goToTopic(change, block, before, wanted)
    await keepDeadline(change)
    return {}
  })
}

export async function findDiscussion(change: Change, blockId: string): Promise<BlockRow> {
  const block = await findCurrentBlock(change, blockId)
  if (block.kind !== 'discuss') throw new Refusal('conflict', 'Nothing is discussed in this block.')
  return block
}
