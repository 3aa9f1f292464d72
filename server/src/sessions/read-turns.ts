import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, attendances, turns } from '#db/schema.ts'
import type { WrapUp } from '#shared/wrap-ups.ts'
import type { SessionRow } from './guards.ts'

/** Who had the floor how often: everybody who was there, also with no turn at all; most first. */
export async function readTurns(
  db: Reader,
  { id }: Pick<SessionRow, 'id'>,
): Promise<NonNullable<WrapUp['turns']>> {
  const taken = await db
    .select({ accountId: turns.accountId, times: sql<number>`count(*)::int` })
    .from(turns)
    .where(and(eq(turns.sessionId, id), isNotNull(turns.beganAt)))
    .groupBy(turns.accountId)
  const times = new Map(taken.map((one) => [one.accountId, one.times]))
  const there = await db
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .where(eq(attendances.sessionId, id))
  const ids = [...new Set([...times.keys(), ...there.map(({ accountId }) => accountId)])]
  if (ids.length === 0) return []
  const people = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  return people
    .map((person) => ({ ...person, turns: times.get(person.id) ?? 0 }))
    .sort((a, b) => b.turns - a.turns || a.name.localeCompare(b.name, 'en'))
}
