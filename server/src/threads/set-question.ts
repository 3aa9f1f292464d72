import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { posts, sessions, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Question, QuestionDraft } from '#shared/threads.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Tell } from '../rooms/rooms.ts'
import { findThread } from './changes.ts'
import type { ThreadReader } from './guards.ts'

type Answer = { answeredBy: string | null; answeredIn: string | null }

/**
 * Whoever started a thread, or a facilitator, says whether it is an open question, and by what it was answered: a
 * session, a post, or something else.
 */
export function setQuestion(house: House, reader: ThreadReader, draft: QuestionDraft): Promise<Question> {
  const { question } = draft
  requireOpenGroup(reader.member.group)
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const thread = await findThread(tx, reader)
    if (thread.startedBy !== reader.member.account.id && !mayFacilitate(reader.member))
      throw new Refusal('not-allowed', 'Only whoever started a thread, or a facilitator, can say this.')

    const answer = await findAnswer(tx, thread, draft)
    const same =
      thread.question === question &&
      thread.answeredBy === answer.answeredBy &&
      thread.answeredIn === answer.answeredIn
    if (same) return question
    // What was planned stays with what was answered; asked again, it waits anew.
    const plannedIn = question === 'answered' ? thread.plannedIn : null
    await tx
      .update(threads)
      .set({ question, plannedIn, ...answer })
      .where(eq(threads.id, thread.id))
    tell({ type: 'question-set', threadId: thread.id })
    return question
  })
}

async function findAnswer(
  tx: Transaction,
  { id, groupId }: typeof threads.$inferSelect,
  { question, postId, sessionId }: QuestionDraft,
): Promise<Answer> {
  if (question !== 'answered') return { answeredBy: null, answeredIn: null }
  if (postId) {
    const [post] = await tx
      .select({ id: posts.id })
      .from(posts)
      .where(
        and(eq(posts.threadId, id), eq(posts.id, postId), isNull(posts.withdrawnAt), isNull(posts.hiddenAt)),
      )
    if (!post)
      throw new Refusal('invalid', 'This post is not in the thread any more. Choose another one.', 'postId')
  }
  if (sessionId) {
    const [session] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(eq(sessions.groupId, groupId), eq(sessions.id, sessionId), eq(sessions.status, 'wrapped-up')),
      )
    if (!session)
      throw new Refusal(
        'invalid',
        'A question is answered in a session that is over. Choose one of those.',
        'sessionId',
      )
  }
  return { answeredBy: postId ?? null, answeredIn: sessionId ?? null }
}

/** What answered it is gone, so the question waits again. */
export async function reopenQuestion(
  tx: Transaction,
  tell: Tell,
  thread: Pick<typeof threads.$inferSelect, 'id' | 'answeredBy'>,
  goneId: string,
): Promise<void> {
  if (thread.answeredBy !== goneId) return
  await tx
    .update(threads)
    .set({ question: 'open', plannedIn: null, answeredBy: null, answeredIn: null })
    .where(eq(threads.id, thread.id))
  tell({ type: 'question-set', threadId: thread.id })
}
