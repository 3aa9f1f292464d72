import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { answers, blocks, takenOutAnswers } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'

/** What I wrote and nobody revealed, or I took out of the wrap-up: it is mine alone. */
export function listWhatStays(
  house: House,
  { member, session }: Seat,
): Promise<Output<typeof sessionCalls.listWhatStays>> {
  return house.db
    .select({ blockId: blocks.id, title: blocks.title, body: answers.body })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .leftJoin(takenOutAnswers, eq(takenOutAnswers.answerId, answers.id))
    .where(
      and(
        eq(blocks.sessionId, session.id),
        eq(answers.accountId, member.account.id),
        or(isNull(blocks.revealedAt), isNotNull(takenOutAnswers.answerId)),
        sql`trim(${answers.body}) <> ''`,
      ),
    )
    .orderBy(asc(blocks.position))
}
