import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { insertTopics } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireTitle } from './rename-topic.ts'
import { wasHeard } from './was-heard.ts'

/** A line that nobody wrote alone, to be voted on and discussed with the others. One that was removed stays so, also when this comes again late. */
export function addTopic(
  house: House,
  chair: Chair,
  topicId: string,
  title: string,
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    if (await wasHeard(change, topicId)) return {}
    await insertTopics(change, [{ id: topicId, blockId: null, title: requireTitle(title) }])
    change.tell({ type: 'topics-changed', topicIds: [topicId], id: topicId })
    return {}
  })
}
