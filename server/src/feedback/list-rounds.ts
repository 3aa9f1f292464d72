import { and, asc, countDistinct, desc, eq, exists, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import {
  accounts,
  feedbackReports,
  feedbackReviewers,
  feedbackRounds,
  feedbackShares,
  memberships,
  pods,
  podSeats,
} from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { feedbackCalls } from '#shared/feedback-calls.ts'
import type { RoundSummary } from '#shared/feedback.ts'
import { FEWEST_PEOPLE } from '#shared/small-numbers.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { closeDue } from './end-round.ts'
import type { RoundRow } from './guards.ts'

const SHOWN = 100

/** What I ask, what I am asked, and what came out. */
export async function listMyFeedback(
  house: House,
  { account }: SignedIn,
): Promise<Output<typeof feedbackCalls.listMyFeedback>> {
  await closeDue(house)
  const rounds = await house.db
    .select()
    .from(feedbackRounds)
    // One that was held live was asked by nobody in particular.
    .where(and(eq(feedbackRounds.askedBy, account.id), isNull(feedbackRounds.blockId)))
    .orderBy(desc(feedbackRounds.createdAt))
    .limit(SHOWN)
  const requests = await house.db
    .select({ key: feedbackReviewers.id, round: feedbackRounds, askedBy: accounts.name })
    .from(feedbackReviewers)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReviewers.roundId))
    .innerJoin(accounts, eq(accounts.id, feedbackRounds.askedBy))
    .where(
      and(
        eq(feedbackReviewers.accountId, account.id),
        eq(feedbackRounds.status, 'open'),
        or(isNull(feedbackRounds.groupId), eq(feedbackRounds.kind, 'ask'), isInside(house, account.id)),
      ),
    )
    .orderBy(asc(feedbackRounds.closesAt))
    .limit(SHOWN)
  return {
    rounds: rounds.map((round) => summarise(round, account.name, false)),
    requests: requests
      .filter(({ round }) => round.closesAt > house.now())
      .map(({ key, round, askedBy }) => ({
        key,
        title: round.title,
        askedBy,
        closesAt: round.closesAt.toISOString(),
      })),
    reports: await listReports(house, account.id),
  }
}

const isInside = (house: House, accountId: string) =>
  exists(
    house.db
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.groupId, feedbackRounds.groupId),
          eq(memberships.accountId, accountId),
          eq(memberships.status, 'active'),
        ),
      ),
  )

async function listReports(house: House, accountId: string) {
  const shown = house.db
    .select({ id: feedbackShares.reportId })
    .from(feedbackShares)
    .where(eq(feedbackShares.accountId, accountId))
  const reports = await house.db
    .select({
      id: feedbackReports.id,
      title: feedbackRounds.title,
      subject: accounts.name,
      subjectId: feedbackReports.subjectId,
    })
    .from(feedbackReports)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .innerJoin(accounts, eq(accounts.id, feedbackReports.subjectId))
    .where(or(eq(feedbackReports.subjectId, accountId), inArray(feedbackReports.id, shown)))
    .orderBy(desc(feedbackRounds.endedAt))
    .limit(SHOWN)
  return reports.map(({ subjectId, ...report }) => ({ ...report, mine: subjectId === accountId }))
}

/** Rounds of a group: that they exist and when they close. A round of somebody's own tells no more than that either. */
export async function listGroupRounds(
  house: House,
  { account, group, role }: Member,
): Promise<Output<typeof feedbackCalls.listGroupRounds>> {
  await closeDue(house)
  const rows = await house.db
    .select({
      round: feedbackRounds,
      askedBy: accounts.name,
      reportId: feedbackReports.id,
      joined: sql<boolean>`${exists(
        house.db
          .select({ id: feedbackReviewers.id })
          .from(feedbackReviewers)
          .where(
            and(
              eq(feedbackReviewers.roundId, feedbackRounds.id),
              eq(feedbackReviewers.accountId, account.id),
            ),
          ),
      )}`,
      taking: house.db.$count(feedbackReviewers, eq(feedbackReviewers.roundId, feedbackRounds.id)),
    })
    .from(feedbackRounds)
    .innerJoin(accounts, eq(accounts.id, feedbackRounds.askedBy))
    .leftJoin(
      feedbackReports,
      and(eq(feedbackReports.roundId, feedbackRounds.id), isNull(feedbackReports.subjectId)),
    )
    .where(
      and(
        eq(feedbackRounds.groupId, group.id),
        or(ne(feedbackRounds.status, 'draft'), eq(feedbackRounds.kind, 'everyone')),
        // Who asks for themselves is seen by whoever runs the group, and by themselves.
        role === 'member'
          ? or(ne(feedbackRounds.kind, 'ask'), eq(feedbackRounds.askedBy, account.id))
          : undefined,
      ),
    )
    .orderBy(desc(feedbackRounds.createdAt))
    .limit(SHOWN)
  const tookPart = await countLive(
    house,
    rows.flatMap(({ round }) => round.blockId ?? []),
  )
  return rows.map(({ round, askedBy, reportId, joined, taking }) => ({
    ...summarise(round, askedBy, reportId !== null),
    // What somebody asks about themselves is called by its kind, not in their words.
    ...(round.kind === 'ask' && round.askedBy !== account.id ? { title: 'Feedback for one person' } : {}),
    reportId,
    joined: round.kind === 'everyone' && joined,
    taking: round.kind === 'everyone' ? taking : 0,
    live: round.blockId !== null,
    tookPart: tellMany(tookPart.get(round.blockId ?? '') ?? 0),
  }))
}

/** How many were with somebody in rounds that were held live. */
async function countLive(house: House, blockIds: string[]): Promise<Map<string, number>> {
  if (blockIds.length === 0) return new Map()
  const rows = await house.db
    .select({ blockId: pods.blockId, many: countDistinct(podSeats.accountId) })
    .from(pods)
    .innerJoin(podSeats, eq(podSeats.podId, pods.id))
    .where(inArray(pods.blockId, blockIds))
    .groupBy(pods.blockId)
  return new Map(rows.map(({ blockId, many }) => [blockId, many]))
}

/** Of a few one could guess who. */
const tellMany = (many: number): number | null => (many >= FEWEST_PEOPLE ? many : null)

function summarise(round: RoundRow, askedBy: string, readable: boolean): RoundSummary {
  const { id, kind, title, status, closesAt, naming } = round
  return { id, kind, title, status, closesAt: closesAt.toISOString(), askedBy, naming, readable }
}
