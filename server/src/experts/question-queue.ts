import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, queuedQuestions, questionVotes } from '#db/schema.ts'
import { MOST_QUEUED, type QueuedQuestion } from '#shared/experts.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { Chair, Seat } from '../sessions/guards.ts'

/** Most votes first, then who asked first; what was answered comes last. */
export async function readQueue(
  reader: Reader,
  sessionId: string,
  accountId: string | null,
): Promise<QueuedQuestion[]> {
  const votes = reader.$count(questionVotes, eq(questionVotes.questionId, queuedQuestions.id))
  const rows = await reader
    .select({
      id: queuedQuestions.id,
      words: queuedQuestions.words,
      name: accounts.name,
      accountId: queuedQuestions.accountId,
      answeredAt: queuedQuestions.answeredAt,
      votes,
      voted: sql<boolean>`exists (select 1 from ${questionVotes} where ${questionVotes.questionId} = ${queuedQuestions.id} and ${questionVotes.accountId} = ${accountId})`,
    })
    .from(queuedQuestions)
    .innerJoin(accounts, eq(accounts.id, queuedQuestions.accountId))
    .where(eq(queuedQuestions.sessionId, sessionId))
    .orderBy(
      sql`${queuedQuestions.answeredAt} is not null`,
      desc(votes),
      asc(queuedQuestions.askedAt),
      asc(queuedQuestions.id),
    )
    .limit(MOST_QUEUED)
  return rows.map(({ accountId: asker, answeredAt, ...question }) => ({
    ...question,
    mine: asker === accountId,
    answered: answeredAt !== null,
  }))
}

const queueOf = (house: House, { member, session }: Seat) =>
  readQueue(house.db, session.id, member.account.id)

export const listQueue = queueOf

function requireTaking({ member, session }: Seat): void {
  requireOpenGroup(member.group)
  if (session.status === 'cancelled' || session.status === 'wrapped-up')
    throw new Refusal('conflict', 'This session is over, so its questions stay as they are.')
}

export async function addQuestion(
  house: House,
  seat: Seat,
  { id, words }: { id: string; words: string },
): Promise<QueuedQuestion[]> {
  requireTaking(seat)
  const { member, session } = seat
  const [found] = await house.db
    .select({ all: count() })
    .from(queuedQuestions)
    .where(eq(queuedQuestions.sessionId, session.id))
  if ((found?.all ?? 0) >= MOST_QUEUED)
    throw new Refusal('conflict', 'The queue is full. Vote for a question that is close to yours.')
  await house.db
    .insert(queuedQuestions)
    .values({
      id,
      groupId: session.groupId,
      sessionId: session.id,
      accountId: member.account.id,
      words: words.trim(),
      askedAt: house.now(),
    })
    .onConflictDoNothing()
  return queueOf(house, seat)
}

/** Its asker takes it out, or whoever runs the session. */
export async function takeQuestionOut(
  house: House,
  seat: Seat,
  questionId: string,
): Promise<QueuedQuestion[]> {
  requireTaking(seat)
  const { member, session } = seat
  await house.db
    .delete(queuedQuestions)
    .where(
      and(
        eq(queuedQuestions.id, questionId),
        eq(queuedQuestions.sessionId, session.id),
        mayFacilitate(member) ? undefined : eq(queuedQuestions.accountId, member.account.id),
      ),
    )
  return queueOf(house, seat)
}

export async function voteForQuestion(
  house: House,
  seat: Seat,
  questionId: string,
  votes: boolean,
): Promise<QueuedQuestion[]> {
  requireTaking(seat)
  const { member, session } = seat
  const [question] = await house.db
    .select({ id: queuedQuestions.id })
    .from(queuedQuestions)
    .where(and(eq(queuedQuestions.id, questionId), eq(queuedQuestions.sessionId, session.id)))
  if (!question) throw new Refusal('not-found', 'This question was taken out.')
  const vote = { questionId, accountId: member.account.id }
  if (votes)
    await house.db
      .insert(questionVotes)
      .values({ ...vote, groupId: session.groupId })
      .onConflictDoNothing()
  else
    await house.db
      .delete(questionVotes)
      .where(and(eq(questionVotes.questionId, questionId), eq(questionVotes.accountId, vote.accountId)))
  return queueOf(house, seat)
}

/** Also after the session: somebody notes what was asked while they still know. */
export async function markAnswered(
  house: House,
  chair: Chair,
  questionId: string,
  answered: boolean,
): Promise<QueuedQuestion[]> {
  await house.db
    .update(queuedQuestions)
    .set({ answeredAt: answered ? house.now() : null })
    .where(and(eq(queuedQuestions.id, questionId), eq(queuedQuestions.sessionId, chair.session.id)))
  return queueOf(house, chair)
}
