import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, feedbackReports, feedbackRounds, feedbackShares } from '#db/schema.ts'
import type { EarlierMeasure, Report, ReportBody } from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireMemberOf } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn, type SignedIn } from '../sign-in/guards.ts'
import type { RoundRow } from './guards.ts'
import { reportOfSlips } from './slips.ts'

declare const proven: unique symbol

type ReportRow = typeof feedbackReports.$inferSelect

/** Somebody who may read what came out: its subject, whom they show it to, or the group that it is about. */
export type ReportReader = SignedIn & {
  readonly report: ReportRow
  readonly round: RoundRow
  readonly [proven]: 'report reader'
}
/** The subject: the only one who shows it, writes below it and thanks. */
export type ReportOwner = ReportReader & { readonly report: { readonly subjectId: string } }

export async function requireReader(house: House, request: FastifyRequest): Promise<ReportReader> {
  const signedIn = await requireSignIn(house, request)
  const { reportId } = request.params as { reportId: string }
  const [found] = await house.db
    .select({ report: feedbackReports, round: feedbackRounds })
    .from(feedbackReports)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .where(eq(feedbackReports.id, reportId))
  if (!found) throw new Refusal('not-found')
  const { report, round } = found
  if (report.subjectId === null) {
    if (round.groupId === null) throw new Refusal('not-found')
    await requireMemberOf(house, signedIn, round.groupId)
  } else if (report.subjectId !== signedIn.account.id) {
    const [share] = await house.db
      .select({ sharedAt: feedbackShares.sharedAt })
      .from(feedbackShares)
      .where(and(eq(feedbackShares.reportId, report.id), eq(feedbackShares.accountId, signedIn.account.id)))
    if (!share) throw new Refusal('not-found')
  }
  return { ...signedIn, ...found } as ReportReader
}

export async function requireReportOwner(house: House, request: FastifyRequest): Promise<ReportOwner> {
  const reader = await requireReader(house, request)
  if (reader.report.subjectId !== reader.account.id) throw new Refusal('not-found')
  return reader as ReportOwner
}

/** What came out, with the same measures in earlier rounds beside it. What the subject wrote below is theirs alone. */
export async function readReport(house: House, { account, report, round }: ReportReader): Promise<Report> {
  const live = await readLive(house, round, report)
  const body = live?.body ?? openReport(house, report)
  const mine = report.subjectId === account.id
  const [fresh] = await house.db.select().from(feedbackReports).where(eq(feedbackReports.id, report.id))
  const own = mine && fresh ? fresh : { heard: '', will: '', thanks: '', thankedAt: null }
  const [subject] = report.subjectId
    ? await house.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, report.subjectId))
    : []
  return {
    ...body,
    roundId: round.id,
    title: round.title,
    naming: round.naming,
    releasedAt: (round.endedAt ?? round.closesAt).toISOString(),
    subject: subject?.name ?? null,
    mine,
    live: live !== undefined,
    unopened: mine ? (live?.unopened ?? []) : [],
    earlier: await readEarlier(house, account.id, report, round, body),
    heard: own.heard,
    will: own.will,
    thanks: own.thanks,
    thankedAt: own.thankedAt?.toISOString() ?? null,
    sharedWith: mine ? await readShares(house, report.id) : [],
  }
}

/** Of a round that was held live. */
const readLive = async (house: House, round: RoundRow, { subjectId }: ReportRow) =>
  round.blockId !== null && subjectId !== null ? reportOfSlips(house, house.db, round, subjectId) : undefined

export const openReport = (house: House, { sealed }: Pick<ReportRow, 'sealed'>): ReportBody =>
  JSON.parse(house.seals.open('feedback-report', sealed).toString()) as ReportBody

const readShares = (house: House, reportId: string) =>
  house.db
    .select({ accountId: accounts.id, name: accounts.name })
    .from(feedbackShares)
    .innerJoin(accounts, eq(accounts.id, feedbackShares.accountId))
    .where(eq(feedbackShares.reportId, reportId))
    .orderBy(asc(accounts.name))

const EARLIER_ROUNDS = 20

/** Earlier rounds about the same subject that the reader may read, or of the same group and kind. */
async function readEarlier(
  house: House,
  accountId: string,
  report: ReportRow,
  round: RoundRow,
  body: ReportBody,
): Promise<EarlierMeasure[]> {
  const wanted = new Set(body.questions.flatMap(({ question }) => question.measure?.id ?? []))
  if (wanted.size === 0 || round.endedAt === null) return []
  const shown = house.db
    .select({ id: feedbackShares.reportId })
    .from(feedbackShares)
    .where(eq(feedbackShares.accountId, accountId))
  const before = await house.db
    .select({ sealed: feedbackReports.sealed, title: feedbackRounds.title, endedAt: feedbackRounds.endedAt })
    .from(feedbackReports)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .where(
      and(
        report.subjectId === null
          ? and(eq(feedbackRounds.groupId, round.groupId ?? ''), eq(feedbackRounds.kind, round.kind))
          : eq(feedbackReports.subjectId, report.subjectId),
        report.subjectId === null || report.subjectId === accountId
          ? undefined
          : inArray(feedbackReports.id, shown),
        lt(feedbackRounds.endedAt, round.endedAt),
      ),
    )
    .orderBy(desc(feedbackRounds.endedAt))
    .limit(EARLIER_ROUNDS)
  return before.reverse().flatMap(({ sealed, title, endedAt }) =>
    openReport(house, { sealed }).questions.flatMap(({ question, spread, notObserved, self }) =>
      question.measure && wanted.has(question.measure.id) && endedAt
        ? [
            {
              measureId: question.measure.id,
              roundTitle: title,
              releasedAt: endedAt.toISOString(),
              spread,
              notObserved,
              self: self?.points ?? null,
            },
          ]
        : [],
    ),
  )
}
