import { and, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { answers, blocks, takenOutAnswers, topics } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { lockSession } from '../sessions/change-session.ts'
import type { Seat } from '../sessions/guards.ts'
import { requireCorrectable } from './correct-wrap-up.ts'
import { requireOver } from './read-wrap-up.ts'

/**
 * Its writer takes a revealed answer out, for a day: from then on nobody else reads it there, and it stays with them. One
 * without a name can't be: who asks for it would say whose it is.
 */
export async function takeOutAnswer(
  house: House,
  { member, session: { id } }: Seat,
  answerId: string,
): Promise<Record<string, never>> {
  await changeRoom(house, id, async (tx, tell) => {
    const session = requireOver(await lockSession(tx, id))
    const [mine] = await tx
      .select({ blockId: answers.blockId, topicId: answers.topicId })
      .from(answers)
      .innerJoin(blocks, eq(blocks.id, answers.blockId))
      .where(
        and(
          eq(answers.id, answerId),
          eq(answers.accountId, member.account.id),
          eq(blocks.sessionId, id),
          isNotNull(blocks.revealedAt),
        ),
      )
    if (!mine) throw new Refusal('not-found')
    const wasOut = (await tx.$count(takenOutAnswers, eq(takenOutAnswers.answerId, answerId))) > 0
    if (wasOut) return
    requireCorrectable(session, house.now())
    await tx.insert(takenOutAnswers).values({ answerId, takenOutAt: house.now() })
    if (mine.topicId !== null) await leaveTopic(tx, answerId, mine.topicId)
    tell({ type: 'answer-taken-out', blockId: mine.blockId, answerId })
  })
  return {}
}

/** A topic that gathered nothing else is called by these words, so it goes along. */
async function leaveTopic(tx: Transaction, answerId: string, topicId: string): Promise<void> {
  await tx.update(answers).set({ topicId: null }).where(eq(answers.id, answerId))
  if ((await tx.$count(answers, eq(answers.topicId, topicId))) === 0)
    await tx.delete(topics).where(eq(topics.id, topicId))
}
