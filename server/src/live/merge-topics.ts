import { eq } from 'drizzle-orm'
import { answers, topics } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { findTopic, requireTopic } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireGrouper } from './require-grouper.ts'

/** One topic of two. Merged already, it changes nothing. */
export function mergeTopics(
  house: House,
  seat: Seat,
  topicId: string,
  into: string,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell } = change
    if (into === topicId) throw new Refusal('invalid', 'Choose another topic to put it to.', 'into')
    const target = await requireTopic(change, into)
    await requireGrouper(change, seat, target.blockId)
    const topic = await findTopic(change, topicId)
    if (!topic) return {}
    await requireGrouper(change, seat, topic.blockId)
    if (topic.blockId !== target.blockId)
      throw new Refusal('conflict', 'Only answers of one block can be put together.')
    await tx.update(answers).set({ topicId: into }).where(eq(answers.topicId, topicId))
    await tx.delete(topics).where(eq(topics.id, topicId))
    tell({ type: 'topics-changed', topicIds: [into, topicId] })
    return {}
  })
}
