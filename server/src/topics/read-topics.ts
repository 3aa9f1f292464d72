import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { answers, blocks, topics } from '#db/schema.ts'
import { titleFrom } from '#shared/live/topics.ts'
import type { Topic } from '#shared/topics.ts'

/** The topics of a session in their order, each with its answers. One that nobody named is called by its first answer. */
export async function readTopics(reader: Reader, sessionId: string): Promise<Topic[]> {
  const rows = await reader
    .select()
    .from(topics)
    .where(eq(topics.sessionId, sessionId))
    .orderBy(asc(topics.position), asc(topics.id))
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const within = await reader
    .select({ id: answers.id, topicId: answers.topicId, body: answers.body })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .where(and(eq(blocks.sessionId, sessionId), inArray(answers.topicId, ids)))
    .orderBy(asc(answers.writtenAt), asc(answers.id))
  return rows.map(({ id, blockId, title, position }) => {
    const its = within.filter(({ topicId }) => topicId === id)
    return {
      id,
      blockId,
      title: title === '' ? titleFrom(its[0]?.body ?? '') : title,
      named: title !== '',
      position,
      answerIds: its.map((answer) => answer.id),
    }
  })
}
