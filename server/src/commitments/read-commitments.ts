import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  commitments,
  feedbackReports,
  feedbackRounds,
  groups,
  organizationSkills,
  outcomes,
  sessions,
  witnesses,
} from '#db/schema.ts'
import type { Commitment, MyCommitment, Outcome } from '#shared/commitments.ts'
import { givenName } from '#shared/skill-list.ts'
import { isAround } from './is-around.ts'

const COMMITMENTS_LISTED = 500

/** Commitments with who made them, newest first. */
export async function readCommitmentsOf(db: Reader, which: SQL): Promise<Commitment[]> {
  const rows = await read(db, which)
  const earlier = await readOutcomes(db, rows)
  return rows.map((row) => toCommitment(row, earlier))
}

/** Commitments with where they were said, newest first. */
export async function readCommitmentsWithPlace(db: Reader, which: SQL | undefined): Promise<MyCommitment[]> {
  const rows = await read(db, which)
  const earlier = await readOutcomes(db, rows)
  return rows.map((row) => ({
    ...toCommitment(row, earlier),
    group: row.group,
    session: row.session,
    report: row.report && row.round && { ...row.report, ...row.round },
  }))
}

const witnessAccounts = alias(accounts, 'witness_accounts')

const read = (db: Reader, which: SQL | undefined) =>
  db
    .select({
      commitment: commitments,
      name: accounts.name,
      group: { slug: groups.slug, name: groups.name },
      session: { id: sessions.id, title: sessions.title },
      report: { id: feedbackReports.id },
      round: { title: feedbackRounds.title },
      skillName: organizationSkills.name,
      witness: { id: witnessAccounts.id, name: witnessAccounts.name },
    })
    .from(commitments)
    .innerJoin(accounts, eq(accounts.id, commitments.accountId))
    .leftJoin(sessions, eq(sessions.id, commitments.sessionId))
    .leftJoin(groups, eq(groups.id, commitments.groupId))
    .leftJoin(feedbackReports, eq(feedbackReports.id, commitments.reportId))
    .leftJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReports.roundId))
    .leftJoin(
      organizationSkills,
      and(
        eq(organizationSkills.organizationId, groups.organizationId),
        eq(organizationSkills.skill, commitments.skill),
      ),
    )
    .leftJoin(
      witnesses,
      and(eq(witnesses.commitmentId, commitments.id), eq(witnesses.state, 'accepted'), isAround),
    )
    .leftJoin(witnessAccounts, eq(witnessAccounts.id, witnesses.accountId))
    .where(which)
    .orderBy(desc(commitments.madeAt), desc(commitments.id))
    .limit(COMMITMENTS_LISTED)

type Row = Awaited<ReturnType<typeof read>>[number]

/** What was said of them before, oldest first, by commitment. */
async function readOutcomes(db: Reader, rows: readonly Row[]): Promise<Map<string, Outcome[]>> {
  if (rows.length === 0) return new Map()
  const said = await db
    .select()
    .from(outcomes)
    .where(
      inArray(
        outcomes.commitmentId,
        rows.map(({ commitment }) => commitment.id),
      ),
    )
    .orderBy(asc(outcomes.saidAt), asc(outcomes.id))
  const byCommitment = Map.groupBy(said, ({ commitmentId }) => commitmentId)
  return new Map(
    [...byCommitment].map(([id, its]) => [
      id,
      its.map(({ status, reflection, saidAt }) => ({ status, reflection, saidAt: saidAt.toISOString() })),
    ]),
  )
}

/** A skill by the name that the group has for it; one that is in no list any more has none. */
export function toSkill(skill: string | null, name: string | null): Commitment['skill'] {
  const named = skill === null ? undefined : (name ?? givenName(skill))
  return skill === null || named === undefined ? null : { skill, name: named }
}

function toCommitment(
  {
    commitment: {
      id,
      sessionId,
      accountId,
      cue,
      action,
      due,
      status,
      reflection,
      closedAt,
      comesBack,
      madeAt,
      skill,
    },
    name,
    skillName,
    witness,
  }: Row,
  earlier: ReadonlyMap<string, Outcome[]>,
): Commitment {
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
    answeredAt: closedAt?.toISOString() ?? null,
    comesBack,
    earlier: earlier.get(id) ?? [],
    madeAt: madeAt.toISOString(),
    skill: toSkill(skill, skillName),
    witness,
  }
}
