import { and, asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { feedbackClarifications, feedbackReviewers, feedbackRounds, groups } from '#db/schema.ts'
import type { Clarification, Round } from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { readSheet, roundKeyOf, selfOf } from './sheets.ts'

/** A round in the eyes of whoever asks in it. Nothing in here depends on who answered, or whether anybody did. */
export async function readRound(house: House, { account }: SignedIn, roundId: string): Promise<Round> {
  const [found] = await house.db
    .select({ round: feedbackRounds, group: groups.slug })
    .from(feedbackRounds)
    .leftJoin(groups, eq(groups.id, feedbackRounds.groupId))
    .where(and(eq(feedbackRounds.id, roundId), eq(feedbackRounds.askedBy, account.id)))
  if (!found) throw new Refusal('not-found')
  const { round, group } = found
  const reviewers = await house.db
    .select()
    .from(feedbackReviewers)
    .where(eq(feedbackReviewers.roundId, roundId))
    .orderBy(asc(feedbackReviewers.name), asc(feedbackReviewers.id))
  const self =
    round.status === 'open' && round.asksSelf
      ? await readSheet(house.db, roundKeyOf(house, round), selfOf(account.id))
      : undefined
  return {
    ...round,
    group,
    opensAt: round.opensAt?.toISOString() ?? null,
    openedAt: round.openedAt?.toISOString() ?? null,
    closesAt: round.closesAt.toISOString(),
    reviewers: reviewers.map(({ id, name, relation, accountId, email }) => ({
      id,
      name,
      relation,
      accountId,
      email,
    })),
    clarifications: await readClarifications(house.db, roundId),
    selfWritten: self?.state === 'submitted',
  }
}

/** Those without an answer are for the asker only. */
export const readClarifications = (reader: Reader, roundId: string): Promise<Clarification[]> =>
  reader
    .select({
      id: feedbackClarifications.id,
      question: feedbackClarifications.question,
      answer: feedbackClarifications.answer,
    })
    .from(feedbackClarifications)
    .where(eq(feedbackClarifications.roundId, roundId))
    .orderBy(asc(feedbackClarifications.question), asc(feedbackClarifications.id))
