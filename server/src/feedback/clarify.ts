import { and, count, eq } from 'drizzle-orm'
import { accounts, feedbackClarifications } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Asker, Reviewer } from './guards.ts'
import { askedWhatIsMeantLetter, clarifiedLetter } from './letters.ts'
import { lockOpenRound } from './lock-round.ts'
import { addressesOf } from './read-addresses.ts'

/** In one round; more than that is a talk, and there are better places for it. */
const MOST = 30

/** Asks the asker what is meant. Nobody is told who wanted to know. */
export async function askWhatIsMeant(
  house: House,
  { round: { id: roundId } }: Reviewer,
  { id, question }: { id: string; question: string },
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const round = await lockOpenRound(house, tx, roundId)
    const [found] = await tx
      .select({ asked: count() })
      .from(feedbackClarifications)
      .where(eq(feedbackClarifications.roundId, roundId))
    if ((found?.asked ?? 0) >= MOST)
      throw new Refusal(
        'conflict',
        'There are many open questions about this round already. Write to whoever asks.',
      )
    const [stored] = await tx
      .insert(feedbackClarifications)
      .values({ id, roundId, question: question.trim() })
      .onConflictDoNothing()
      .returning({ id: feedbackClarifications.id })
    if (!stored) return
    const [asker] = await tx
      .select({ name: accounts.name, email: accounts.email })
      .from(accounts)
      .where(eq(accounts.id, round.askedBy))
    if (asker) await sendMail(house, tx, askedWhatIsMeantLetter(house, round, asker, question.trim()))
  })
  return {}
}

/** Says what is meant, to everybody who is asked. */
export async function clarify(
  house: House,
  { round: { id: roundId } }: Asker,
  id: string,
  answer: string,
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const round = await lockOpenRound(house, tx, roundId)
    const which = and(eq(feedbackClarifications.id, id), eq(feedbackClarifications.roundId, roundId))
    const [before] = await tx.select().from(feedbackClarifications).where(which)
    if (!before) throw new Refusal('not-found')
    if (before.answer === answer.trim()) return
    await tx.update(feedbackClarifications).set({ answer: answer.trim() }).where(which)
    for (const person of await addressesOf(tx, round)) {
      const said = { question: before.question, answer: answer.trim() }
      await sendMail(house, tx, clarifiedLetter(house, round, person, said))
    }
  })
  return {}
}
