import { desc, eq, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, commitments, groups, sessions } from '#db/schema.ts'
import type { Commitment, MyCommitment } from '#shared/commitments.ts'

const COMMITMENTS_LISTED = 500

/** Commitments with who made them, newest first. */
export async function readCommitmentsOf(db: Reader, which: SQL): Promise<Commitment[]> {
  return (await read(db, which)).map((row) => toCommitment(row))
}

/** Commitments with where they were said, newest first. */
export async function readCommitmentsWithPlace(db: Reader, which: SQL): Promise<MyCommitment[]> {
  return (await read(db, which)).map((row) => ({
    ...toCommitment(row),
    group: row.group,
    session: row.session,
  }))
}

const read = (db: Reader, which: SQL) =>
  db
    .select({
      commitment: commitments,
      name: accounts.name,
      group: { slug: groups.slug, name: groups.name },
      session: { id: sessions.id, title: sessions.title },
    })
    .from(commitments)
    .innerJoin(accounts, eq(accounts.id, commitments.accountId))
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .innerJoin(groups, eq(groups.id, commitments.groupId))
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
