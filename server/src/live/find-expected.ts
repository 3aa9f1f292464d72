import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, answers, ballots, commitments, memberships, rsvps } from '#db/schema.ts'
import { hasWriting } from '#shared/live/rules.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { BlockRow } from './go-to-block.ts'

export type Expected = { id: string; email: string; sample: boolean }

/** Who takes part over days, as long as they did not say otherwise: whoever is in the group and did not say that they can't. */
export const findExpected = (
  tx: Transaction,
  { id, groupId }: Pick<SessionRow, 'id' | 'groupId'>,
): Promise<Expected[]> =>
  tx
    .select({ id: accounts.id, email: accounts.email, sample: accounts.sample })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, id), eq(rsvps.accountId, memberships.accountId)))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        or(isNull(rsvps.answer), eq(rsvps.answer, 'coming')),
      ),
    )
    .orderBy(asc(accounts.id))

/** Those of them who are not done with a block that has names. Of one without names nobody is asked this. */
export async function findMissing(
  tx: Transaction,
  session: Pick<SessionRow, 'id' | 'groupId'>,
  block: BlockRow,
): Promise<Expected[]> {
  const done = new Set(await readDone(tx, session.id, block))
  return (await findExpected(tx, session)).filter(({ id }) => !done.has(id))
}

async function readDone(tx: Transaction, sessionId: string, block: BlockRow): Promise<string[]> {
  const rows = hasWriting(block)
    ? await tx
        .select({ id: answers.accountId })
        .from(answers)
        .where(and(eq(answers.blockId, block.id), isNotNull(answers.done)))
    : block.kind === 'vote'
      ? await tx
          .select({ id: ballots.accountId })
          .from(ballots)
          .where(and(eq(ballots.blockId, block.id), isNotNull(ballots.done)))
      : await tx
          .select({ id: commitments.accountId })
          .from(commitments)
          .where(eq(commitments.sessionId, sessionId))
  return rows.flatMap(({ id }) => (id === null ? [] : [id]))
}
