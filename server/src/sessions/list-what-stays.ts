import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { answers, blocks } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'

/** What I wrote and nobody revealed: it is mine alone. */
export function listWhatStays(
  house: House,
  { member, session }: Seat,
): Promise<Output<typeof sessionCalls.listWhatStays>> {
  return house.db
    .select({ blockId: blocks.id, title: blocks.title, body: answers.body })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .where(
      and(
        eq(blocks.sessionId, session.id),
        eq(answers.accountId, member.account.id),
        isNull(blocks.revealedAt),
        sql`trim(${answers.body}) <> ''`,
      ),
    )
    .orderBy(asc(blocks.position))
}
