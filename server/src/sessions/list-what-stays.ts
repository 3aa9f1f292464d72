import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm'
import { answers, blocks, takenOutAnswers } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import { readMySealed } from '../answers/sealed-answers.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'

/** What I wrote and nobody revealed, or I took out of the wrap-up: it is mine alone. */
export async function listWhatStays(
  house: House,
  { member, session }: Seat,
): Promise<Output<typeof sessionCalls.listWhatStays>> {
  const { id: accountId } = member.account
  const plan = await house.db
    .select({ blockId: blocks.id, title: blocks.title, body: answers.body })
    .from(blocks)
    .leftJoin(answers, and(eq(answers.blockId, blocks.id), eq(answers.accountId, accountId)))
    .leftJoin(takenOutAnswers, eq(takenOutAnswers.answerId, answers.id))
    .where(
      and(
        eq(blocks.sessionId, session.id),
        or(isNull(blocks.revealedAt), isNotNull(takenOutAnswers.answerId)),
      ),
    )
    .orderBy(asc(blocks.position))
  const ids = plan.map(({ blockId }) => blockId)
  const sealed = await readMySealed(house, house.db, ids, accountId)
  return plan.flatMap(({ blockId, title, body }) => {
    const mine = body ?? sealed.find((one) => one.blockId === blockId)?.body ?? ''
    return mine.trim() === '' ? [] : [{ blockId, title, body: mine }]
  })
}
