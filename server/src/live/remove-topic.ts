import { eq } from 'drizzle-orm'
import { answers, topics } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { findTopic } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'

/** The topic goes; the answers in it stay, each by itself. */
export function removeTopic(house: House, chair: Chair, topicId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, tell } = change
    if (!(await findTopic(change, topicId))) return {}
    await tx.update(answers).set({ topicId: null }).where(eq(answers.topicId, topicId))
    await tx.delete(topics).where(eq(topics.id, topicId))
    tell({ type: 'topics-changed', topicIds: [topicId] })
    return {}
  })
}
