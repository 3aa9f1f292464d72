import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  feedbackReports,
  feedbackReviewers,
  feedbackRounds,
  feedbackShares,
  goals,
  groups,
} from '#db/schema.ts'
import type { ReportBody } from '#shared/feedback.ts'
import { openReport } from '../feedback/read-report.ts'
import { reportOfSlips } from '../feedback/slips.ts'
import type { House } from '../house.ts'
import { orNull } from './or-null.ts'

/**
 * The rounds that I asked, what was answered to me in those that are over, and my goals. What I answered to others lies
 * under seal, and nobody, the server neither, tells it from the answers of others (docs/privacy.md).
 */
export async function readMyFeedback(house: House, tx: Transaction, accountId: string) {
  const asked = await tx
    .select({ round: feedbackRounds, group: groups.name })
    .from(feedbackRounds)
    .leftJoin(groups, eq(groups.id, feedbackRounds.groupId))
    .where(eq(feedbackRounds.askedBy, accountId))
    .orderBy(asc(feedbackRounds.createdAt))
  const requests = await tx
    .select({ round: feedbackRounds, group: groups.name, relation: feedbackReviewers.relation })
    .from(feedbackReviewers)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReviewers.roundId))
    .leftJoin(groups, eq(groups.id, feedbackRounds.groupId))
    .where(eq(feedbackReviewers.accountId, accountId))
    .orderBy(asc(feedbackRounds.createdAt))
  const reports = await tx
    .select({ report: feedbackReports, round: feedbackRounds, group: groups.name })
    .from(feedbackReports)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .leftJoin(groups, eq(groups.id, feedbackRounds.groupId))
    .where(eq(feedbackReports.subjectId, accountId))
    .orderBy(asc(feedbackRounds.createdAt))
  const shown = await tx
    .select({ round: feedbackRounds.title, sharedAt: feedbackShares.sharedAt })
    .from(feedbackShares)
    .innerJoin(feedbackReports, eq(feedbackReports.id, feedbackShares.reportId))
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .where(eq(feedbackShares.accountId, accountId))
    .orderBy(asc(feedbackShares.sharedAt))
  const live = new Map<string, ReportBody>()
  for (const { round, report } of reports)
    if (round.blockId !== null) live.set(report.id, (await reportOfSlips(house, tx, round, accountId)).body)
  const set = await tx.select().from(goals).where(eq(goals.accountId, accountId)).orderBy(asc(goals.setAt))
  return {
    feedbackAsked: asked.map(({ group, round }) => ({
      group,
      round: round.title,
      intro: round.intro,
      naming: round.naming,
      questions: round.questions.map(({ text }) => text),
      status: round.status,
      madeAt: round.createdAt.toISOString(),
      opensAt: orNull(round.opensAt),
      closesAt: round.closesAt.toISOString(),
    })),
    feedbackRequests: requests.map(({ group, round, relation }) => ({
      group,
      round: round.title,
      relation,
      status: round.status,
      closesAt: round.closesAt.toISOString(),
    })),
    feedbackReports: reports.map(({ group, round, report }) => ({
      group,
      round: round.title,
      releasedAt: (round.endedAt ?? round.closesAt).toISOString(),
      ...(live.get(report.id) ?? openReport(house, report)),
      heard: report.heard,
      will: report.will,
      thanks: report.thanks,
      thankedAt: orNull(report.thankedAt),
    })),
    feedbackShownToMe: shown.map(({ round, sharedAt }) => ({ round, sharedAt: sharedAt.toISOString() })),
    goals: set.map(({ words, skill, measure, due, status, setAt, closedAt }) => ({
      words,
      skill,
      measure,
      due,
      status,
      setAt: setAt.toISOString(),
      closedAt: orNull(closedAt),
    })),
  }
}
