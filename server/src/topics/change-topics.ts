import { and, eq, inArray, isNotNull, max, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { answers, blocks, topics } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_TOPICS } from '#shared/topics.ts'

/** New, changed or gone: which of it is told by what there is when it is sent. `id` is that of a line that was added, so that a retry adds none. */
export type TopicEvent = { type: 'topics-changed'; topicIds: string[]; id?: string }

/** A session under its lock. */
export type Topical = {
  readonly tx: Transaction
  readonly tell: (event: TopicEvent) => void
  readonly session: { readonly id: string; readonly groupId: string }
  readonly now: Date
}

export type TopicRow = typeof topics.$inferSelect

export async function findTopic({ tx, session }: Topical, topicId: string): Promise<TopicRow | undefined> {
  const [topic] = await tx
    .select()
    .from(topics)
    .where(and(eq(topics.id, topicId), eq(topics.sessionId, session.id)))
  return topic
}

export async function requireTopic(topical: Topical, topicId: string): Promise<TopicRow> {
  const topic = await findTopic(topical, topicId)
  if (!topic) throw new Refusal('not-found', 'This topic is not there any more.')
  return topic
}

/** Adds them after those that are there. */
export async function insertTopics(
  { tx, session, now }: Topical,
  added: readonly Pick<TopicRow, 'id' | 'blockId' | 'title'>[],
): Promise<void> {
  const [last] = await tx
    .select({ position: max(topics.position), many: sql<number>`count(*)::int` })
    .from(topics)
    .where(eq(topics.sessionId, session.id))
  if ((last?.many ?? 0) + added.length > MOST_TOPICS)
    throw new Refusal(
      'conflict',
      `There are ${String(MOST_TOPICS)} topics, and no more fit. Put some together first.`,
    )
  const next = (last?.position ?? -1) + 1
  const { id: sessionId, groupId } = session
  const made = await tx
    .insert(topics)
    .values(
      added.map((topic, index) => ({ ...topic, sessionId, groupId, position: next + index, madeAt: now })),
    )
    .onConflictDoNothing()
    .returning({ id: topics.id })
  if (made.length < added.length)
    throw new Refusal('conflict', 'This could not be kept. Reload the page and try again.')
}

export type GatheredAnswer = { id: string; topicId: string | null }

/** Those of these answers that are revealed, in this block of this session. */
export function findRevealed(
  { tx, session }: Topical,
  blockId: string,
  answerIds: readonly string[],
): Promise<GatheredAnswer[]> {
  return tx
    .select({ id: answers.id, topicId: answers.topicId })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .where(
      and(
        inArray(answers.id, [...answerIds]),
        eq(blocks.id, blockId),
        eq(blocks.sessionId, session.id),
        isNotNull(blocks.revealedAt),
      ),
    )
}

export async function moveAnswers(
  { tx }: Topical,
  answerIds: readonly string[],
  topicId: string | null,
): Promise<void> {
  if (answerIds.length > 0)
    await tx
      .update(answers)
      .set({ topicId })
      .where(inArray(answers.id, [...answerIds]))
}

/** What gathered answers and has none any more goes; a line that was added by itself stays. */
export async function dropEmpty({ tx }: Topical, topicIds: readonly string[]): Promise<void> {
  if (topicIds.length > 0)
    await tx
      .delete(topics)
      .where(
        and(
          inArray(topics.id, [...topicIds]),
          isNotNull(topics.blockId),
          sql`not exists (select 1 from ${answers} where ${answers.topicId} = ${topics.id})`,
        ),
      )
}
