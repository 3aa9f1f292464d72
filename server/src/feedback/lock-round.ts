import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { feedbackRounds } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { RoundRow } from './guards.ts'

/** Whoever writes, opens, extends, cancels or closes takes turns. */
export async function lockRound(tx: Transaction, id: string): Promise<RoundRow> {
  const [round] = await tx.select().from(feedbackRounds).where(eq(feedbackRounds.id, id)).for('update')
  if (!round) throw new Refusal('not-found')
  return round
}

/** @throws Refusal once its time is over, also before the job that closes it came by. */
export async function lockOpenRound(house: House, tx: Transaction, id: string): Promise<RoundRow> {
  const round = await lockRound(tx, id)
  if (round.status === 'draft') throw new Refusal('conflict', 'This round is not open yet.')
  if (round.status === 'cancelled')
    throw new Refusal(
      'conflict',
      'This round was called off and everything in it destroyed, so nothing is taken any more. Your words are still here, in this form.',
    )
  if (round.status !== 'open' || round.closesAt <= house.now())
    throw new Refusal(
      'conflict',
      'This round has closed, so nothing is taken any more. Your words are still here, in this form.',
    )
  return round
}
