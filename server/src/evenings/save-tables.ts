import { randomUUID } from 'node:crypto'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { seats, tables, walkIns } from '#db/schema.ts'
import { seatLate, takeOut, type SeatedTable } from '#shared/seating.ts'
import type { SessionRow } from '../sessions/guards.ts'

type Place = Pick<SessionRow, 'id' | 'groupId'>

export async function readSeating(db: Reader, sessionId: string): Promise<SeatedTable[]> {
  const rows = await db.select().from(tables).where(eq(tables.sessionId, sessionId)).orderBy(tables.number)
  const sitting = await db.select().from(seats).where(eq(seats.sessionId, sessionId)).orderBy(seats.id)
  return rows.map(({ id, hostId }) => ({
    id,
    host: hostId,
    people: sitting
      .filter(({ tableId }) => tableId === id)
      .map(({ accountId, walkInId }) => accountId ?? walkInId ?? ''),
  }))
}

/** Walk-ins are new here, so they host no table. */
export async function hostsOf(db: Reader, sessionId: string): Promise<(id: string) => boolean> {
  const strangers = await db.select({ id: walkIns.id }).from(walkIns).where(eq(walkIns.sessionId, sessionId))
  const ids = new Set(strangers.map(({ id }) => id))
  return (id) => !ids.has(id)
}

/** Whoever comes once tables are made finds a seat at one. */
export async function seatSomebodyLate(
  tx: Transaction,
  session: Place,
  who: { accountId: string } | { walkInId: string },
): Promise<void> {
  const before = await readSeating(tx, session.id)
  if (before.length === 0) return
  const canHost = await hostsOf(tx, session.id)
  const id = 'accountId' in who ? who.accountId : who.walkInId
  await saveSeating(tx, session, before, seatLate(before, id, { canHost, newId: randomUUID }), canHost)
}

export async function takeSomebodyOut(tx: Transaction, session: Place, id: string): Promise<void> {
  const before = await readSeating(tx, session.id)
  if (!before.some(({ people }) => people.includes(id))) return
  const canHost = await hostsOf(tx, session.id)
  await saveSeating(tx, session, before, takeOut(before, id, canHost), canHost)
}

/** Writes what changed. Tables keep their numbers; new ones take the lowest that is free. */
export async function saveSeating(
  tx: Transaction,
  { id: sessionId, groupId }: Place,
  before: readonly SeatedTable[],
  after: readonly SeatedTable[],
  canHost: (id: string) => boolean,
): Promise<void> {
  await addTables(tx, { id: sessionId, groupId }, before, after)
  const sat = new Map(before.flatMap(({ id, people }) => people.map((one) => [one, id])))
  const sits = new Map(after.flatMap(({ id, people }) => people.map((one) => [one, id])))
  const moved = [...sits].filter(([one, table]) => sat.get(one) !== table)
  const changed = [...sat.keys()].filter((one) => sat.get(one) !== sits.get(one))
  if (changed.length > 0)
    await tx
      .delete(seats)
      .where(
        and(
          eq(seats.sessionId, sessionId),
          or(inArray(seats.accountId, changed), inArray(seats.walkInId, changed)),
        ),
      )
  if (moved.length > 0)
    await tx.insert(seats).values(
      moved.map(([one, tableId]) => ({
        groupId,
        sessionId,
        tableId,
        ...(canHost(one) ? { accountId: one } : { walkInId: one }),
      })),
    )
  const gone = before.filter(({ id }) => !after.some((table) => table.id === id)).map(({ id }) => id)
  if (gone.length > 0) await tx.delete(tables).where(inArray(tables.id, gone))
}

async function addTables(
  tx: Transaction,
  { id: sessionId, groupId }: Place,
  before: readonly SeatedTable[],
  after: readonly SeatedTable[],
): Promise<void> {
  const kept = await tx
    .select({ id: tables.id, number: tables.number })
    .from(tables)
    .where(eq(tables.sessionId, sessionId))
  const taken = new Set(kept.map(({ number }) => number))
  let number = 0
  const nextNumber = () => {
    do number += 1
    while (taken.has(number))
    return number
  }
  const added = after.filter(({ id }) => !kept.some((table) => table.id === id))
  if (added.length > 0)
    await tx
      .insert(tables)
      .values(added.map(({ id, host }) => ({ id, groupId, sessionId, number: nextNumber(), hostId: host })))
  for (const { id, host } of after) {
    const was = before.find((table) => table.id === id)
    if (was && was.host !== host) await tx.update(tables).set({ hostId: host }).where(eq(tables.id, id))
  }
}
