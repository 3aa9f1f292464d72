import { and, eq } from 'drizzle-orm'
import { answers } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { dropEmpty, findTopic, moveAnswers } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireGrouper } from './require-grouper.ts'

/** The answer stands by itself again. When it is in another topic by now, it stays there. */
export function takeAnswerOut(
  house: House,
  seat: Seat,
  topicId: string,
  answerId: string,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const topic = await findTopic(change, topicId)
    await requireGrouper(change, seat, topic?.blockId ?? null)
    if (!topic) return {}
    const [answer] = await change.tx
      .select({ id: answers.id })
      .from(answers)
      .where(and(eq(answers.id, answerId), eq(answers.topicId, topicId)))
    if (!answer) return {}
    await moveAnswers(change, [answerId], null)
    await dropEmpty(change, [topicId])
    change.tell({ type: 'topics-changed', topicIds: [topicId] })
    return {}
  })
}
