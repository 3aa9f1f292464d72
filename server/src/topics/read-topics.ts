import { asc, eq, inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { answers, topics } from '#db/schema.ts'
import type { Topic } from '#shared/topics.ts'

/** The topics of a session in their order, each with its answers. */
export async function readTopics(reader: Reader, sessionId: string): Promise<Topic[]> {
  const rows = await reader
    .select()
    .from(topics)
    .where(eq(topics.sessionId, sessionId))
    .orderBy(asc(topics.position), asc(topics.id))
  if (rows.length === 0) return []
  const within = await reader
    .select({ id: answers.id, topicId: answers.topicId })
    .from(answers)
    .where(
      inArray(
        answers.topicId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(answers.id))
  return rows.map(({ id, blockId, title, position }) => ({
    id,
    blockId,
    title,
    position,
    answerIds: within.filter(({ topicId }) => topicId === id).map((answer) => answer.id),
  }))
}
