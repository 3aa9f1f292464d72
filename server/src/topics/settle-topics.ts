import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { answers, blocks } from '#db/schema.ts'
import { MOST_TOPICS, type Topic } from '#shared/topics.ts'
import { insertTopics, moveAnswers, type Topical } from './change-topics.ts'
import { readTopics } from './read-topics.ts'

/**
 * What is voted on and discussed now: the topics of the writing that was revealed last, and the lines that somebody added. Each
 * answer that was put to nothing becomes a topic of its own, as long as there is room. Asked again, it changes nothing.
 */
export async function settleTopics(topical: Topical): Promise<Topic[]> {
  const { tx, tell, session } = topical
  const [block] = await tx
    .select({ id: blocks.id })
    .from(blocks)
    .where(and(eq(blocks.sessionId, session.id), eq(blocks.kind, 'write'), isNotNull(blocks.revealedAt)))
    .orderBy(desc(blocks.revealedAt), desc(blocks.position))
    .limit(1)
  const before = await readTopics(tx, session.id)
  if (!block) return before.filter(({ blockId }) => blockId === null)
  const alone = await tx
    .select({ id: answers.id })
    .from(answers)
    .where(
      and(
        eq(answers.blockId, block.id),
        isNull(answers.topicId),
        sql`btrim(${answers.body}, E' \\n\\r\\t') <> ''`,
      ),
    )
    .orderBy(asc(answers.writtenAt), asc(answers.id))
    .limit(Math.max(0, MOST_TOPICS - before.length))
  if (alone.length > 0) {
    const added = alone.map((answer) => ({ answer, id: randomUUID() }))
    await insertTopics(
      topical,
      added.map(({ id }) => ({ id, blockId: block.id, title: '' })),
    )
    for (const { id, answer } of added) await moveAnswers(topical, [answer.id], id)
    tell({ type: 'topics-changed', topicIds: added.map(({ id }) => id) })
  }
  const settled = await readTopics(tx, session.id)
  return settled.filter(({ blockId }) => blockId === null || blockId === block.id)
}
