import { asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, feedbackReviewers } from '#db/schema.ts'
import type { RoundRow } from './guards.ts'

export type Addressed = { id: string; name: string; email: string }

/** Everybody who is asked, with where mail reaches them. There is no list of fewer: all hear the same. */
export async function addressesOf(reader: Reader, { id }: RoundRow): Promise<Addressed[]> {
  const rows = await reader
    .select({
      id: feedbackReviewers.id,
      name: feedbackReviewers.name,
      email: sql<string | null>`coalesce(${accounts.email}, ${feedbackReviewers.email})`,
    })
    .from(feedbackReviewers)
    .leftJoin(accounts, eq(accounts.id, feedbackReviewers.accountId))
    .where(eq(feedbackReviewers.roundId, id))
    .orderBy(asc(feedbackReviewers.name), asc(feedbackReviewers.id))
  return rows.flatMap(({ email, ...person }) => (email === null ? [] : [{ ...person, email }]))
}
