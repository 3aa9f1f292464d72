import { and, eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
import type { CommitmentDraft, MyCommitment } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import { readCommitmentsWithPlace } from '../commitments/read-commitments.ts'
import type { House } from '../house.ts'
import type { ReportOwner } from './read-report.ts'

/** What I will do becomes a commitment, said to nobody but myself. A retry is the same one. */
export async function commitFromReport(
  house: House,
  { account, report }: ReportOwner,
  { id, cue, action, due }: CommitmentDraft,
): Promise<MyCommitment> {
  await house.db
    .insert(commitments)
    .values({
      id,
      accountId: account.id,
      reportId: report.id,
      cue: cue.trim(),
      action: action.trim(),
      due,
      madeAt: house.now(),
    })
    .onConflictDoNothing()
  const [mine] = await readCommitmentsWithPlace(
    house.db,
    and(eq(commitments.id, id), eq(commitments.accountId, account.id), eq(commitments.reportId, report.id)),
  )
  if (!mine) throw new Refusal('conflict', 'This one was made somewhere else. Reload the page and try again.')
  return mine
}
