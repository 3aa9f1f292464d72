import { Refusal } from '#shared/refusals.ts'
import { keepDeadline } from '../ballots/settle-deadline.ts'
import { giveMinutes, readDiscussion } from '../ballots/take-topics.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findDiscussion } from './discuss-topic.ts'
import { wasHeard } from './was-heard.ts'

/** The facilitator gives the current topic more minutes, whatever the room was asked. */
export function extendTopic(
  house: House,
  chair: Chair,
  blockId: string,
  { id, minutes }: { id: string; minutes: number },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const block = await findDiscussion(change, blockId)
    const before = await readDiscussion(change, blockId)
    if (await wasHeard(change, id)) return {}
    if (!before || before.topicId === null)
      throw new Refusal('conflict', 'No topic is being discussed, so there is nothing to give minutes to.')
    await giveMinutes(change, block, before, minutes, id)
    await keepDeadline(change)
    return {}
  })
}
