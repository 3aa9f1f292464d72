import { eq } from 'drizzle-orm'
import { topics } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { requireTopic } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireGrouper } from './require-grouper.ts'

/** Names a topic. A line that was added has only its name, so it keeps one. */
export function renameTopic(
  house: House,
  seat: Seat,
  topicId: string,
  given: string,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const topic = await requireTopic(change, topicId)
    await requireGrouper(change, seat, topic.blockId)
    const title = topic.blockId === null ? requireTitle(given) : onOneLine(given)
    if (title === topic.title) return {}
    await change.tx.update(topics).set({ title }).where(eq(topics.id, topicId))
    change.tell({ type: 'topics-changed', topicIds: [topicId] })
    return {}
  })
}

export const onOneLine = (title: string): string => title.trim().replaceAll(/\s+/g, ' ')

export function requireTitle(given: string): string {
  const title = onOneLine(given)
  if (title === '') throw new Refusal('invalid', 'Say in a few words what it is about.', 'title')
  return title
}
