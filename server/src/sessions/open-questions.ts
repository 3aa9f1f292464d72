import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Output } from '#shared/contract.ts'
import { posts, threads } from '#db/schema.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Seat } from './guards.ts'

const QUESTIONS_LISTED = 100

/** Questions of the session's episode that wait for a session: the first words of each thread. */
export async function listOpenQuestions(
  house: House,
  { session }: Seat,
): Promise<Output<typeof sessionCalls.listOpenQuestions>> {
  if (!session.episodeId) return []
  const rows = await house.db
    .selectDistinctOn([threads.id], {
      threadId: threads.id,
      anchor: threads.anchor,
      startedAt: threads.startedAt,
      body: posts.body,
    })
    .from(threads)
    .innerJoin(posts, and(eq(posts.threadId, threads.id), isNull(posts.withdrawnAt), isNull(posts.hiddenAt)))
    .where(and(eq(threads.episodeId, session.episodeId), eq(threads.question, 'open')))
    .orderBy(asc(threads.id), asc(posts.number))
    .limit(QUESTIONS_LISTED)
  return rows
    .sort((a, b) => (a.anchor.start ?? 0) - (b.anchor.start ?? 0) || +a.startedAt - +b.startedAt)
    .map(({ threadId, anchor, body }) => ({ threadId, question: body.trim(), start: anchor.start }))
}

/** These questions are in a plan now; whoever has the episode open sees it. */
export async function markPlanned(house: House, episodeId: string, threadIds: string[]): Promise<void> {
  if (threadIds.length === 0) return
  await changeRoom(house, episodeId, async (tx, tell) => {
    const changed = await tx
      .update(threads)
      .set({ question: 'planned' })
      .where(
        and(eq(threads.episodeId, episodeId), inArray(threads.id, threadIds), eq(threads.question, 'open')),
      )
      .returning({ id: threads.id })
    for (const { id } of changed) tell({ type: 'question-set', threadId: id, question: 'planned' })
  })
}
