import type { FeedbackRequest } from '#shared/feedback.ts'
import { sayReaders } from '#shared/feedback-rules.ts'
import type { House } from '../house.ts'
import type { Reviewer } from './guards.ts'
import { readClarifications } from './read-round.ts'
import { subjectsOf } from './read-subjects.ts'

/** What somebody sees before and while they write. It is the same whether they have answered or not. */
export async function readRequest(
  house: House,
  { reviewer, round, askedBy }: Reviewer,
): Promise<FeedbackRequest> {
  const { title, kind, intro, naming, threshold, status, closesAt, questions } = round
  const over = status === 'open' && closesAt <= house.now()
  const clarifications = await readClarifications(house.db, round.id)
  return {
    title,
    kind,
    intro,
    askedBy,
    reviewer: reviewer.name,
    naming,
    threshold,
    // The job that closes it comes by within a minute.
    status: over ? 'released' : status,
    closesAt: closesAt.toISOString(),
    readers: sayReaders(round, askedBy),
    subjects: await subjectsOf(house.db, round, reviewer),
    questions,
    clarifications: clarifications.filter(({ answer }) => answer !== ''),
  }
}
