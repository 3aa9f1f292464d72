import { and, asc, eq, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, feedbackReviewers } from '#db/schema.ts'
import type { ReviewerRow, RoundRow } from './guards.ts'

export type Subject = { id: string | null; name: string }

/** About whom somebody is asked: the asker; everybody else who takes part; or nobody in particular. */
export async function subjectsOf(
  reader: Reader,
  round: RoundRow,
  { id }: Pick<ReviewerRow, 'id'>,
): Promise<Subject[]> {
  switch (round.kind) {
    case 'ask':
      return reader
        .select({ id: accounts.id, name: accounts.name })
        .from(accounts)
        .where(eq(accounts.id, round.askedBy))
    case 'everyone': {
      const others = await reader
        .select({ id: feedbackReviewers.accountId, name: feedbackReviewers.name })
        .from(feedbackReviewers)
        .where(and(eq(feedbackReviewers.roundId, round.id), ne(feedbackReviewers.id, id)))
        .orderBy(asc(feedbackReviewers.name), asc(feedbackReviewers.id))
      return others
    }
    case 'after-session':
    case 'about-group':
      return [{ id: null, name: '' }]
  }
}
