import { desc, eq, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, commitments, feedbackReports, feedbackRounds, groups, sessions } from '#db/schema.ts'
import type { Commitment, MyCommitment } from '#shared/commitments.ts'

const COMMITMENTS_LISTED = 500

/** Commitments with who made them, newest first. */
export async function readCommitmentsOf(db: Reader, which: SQL): Promise<Commitment[]> {
  return (await read(db, which)).map((row) => toCommitment(row))
}

/** Commitments with where they were said, newest first. */
export async function readCommitmentsWithPlace(db: Reader, which: SQL | undefined): Promise<MyCommitment[]> {
  return (await read(db, which)).map((row) => ({
    ...toCommitment(row),
    group: row.group,
    session: row.session,
    report: row.report && row.round && { ...row.report, ...row.round },
  }))
}

const read = (db: Reader, which: SQL | undefined) =>
  db
    .select({
      commitment: commitments,
      name: accounts.name,
      group: { slug: groups.slug, name: groups.name },
      session: { id: sessions.id, title: sessions.title },
      report: { id: feedbackReports.id },
      round: { title: feedbackRounds.title },
    })
    .from(commitments)
    .innerJoin(accounts, eq(accounts.id, commitments.accountId))
    .leftJoin(sessions, eq(sessions.id, commitments.sessionId))
    .leftJoin(groups, eq(groups.id, commitments.groupId))
    .leftJoin(feedbackReports, eq(feedbackReports.id, commitments.reportId))
    .leftJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .where(which)
    .orderBy(desc(commitments.madeAt), desc(commitments.id))
    .limit(COMMITMENTS_LISTED)

function toCommitment({
  commitment: { id, sessionId, accountId, cue, action, due, status, reflection, madeAt },
  name,
}: Awaited<ReturnType<typeof read>>[number]): Commitment {
  return {
    id,
    sessionId,
    accountId,
    name,
    cue,
    action,
    due,
    status,
    reflection,
    madeAt: madeAt.toISOString(),
  }
}
