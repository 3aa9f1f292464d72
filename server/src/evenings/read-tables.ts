import { and, asc, eq, lt, ne, or } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, attendances, hostOffers, rsvps, seats, sessions, tables, walkIns } from '#db/schema.ts'
import type { MyEvening, Table, Tables } from '#shared/evenings.ts'
import type { SessionRow } from '../sessions/guards.ts'

type Present = { id: string; name: string; walkIn: boolean; here: boolean }
/** A walk-in whose name was deleted. */
const NAMELESS = 'Somebody'

/** Everybody who is here, or has a place and may still come. */
export async function readPresent(db: Reader, { id: sessionId }: Pick<SessionRow, 'id'>): Promise<Present[]> {
  const known = await db
    .select({ id: accounts.id, name: accounts.name, arrivedAt: attendances.arrivedAt, answer: rsvps.answer })
    .from(accounts)
    .leftJoin(attendances, and(eq(attendances.accountId, accounts.id), eq(attendances.sessionId, sessionId)))
    .leftJoin(rsvps, and(eq(rsvps.accountId, accounts.id), eq(rsvps.sessionId, sessionId)))
    .where(or(eq(attendances.sessionId, sessionId), eq(rsvps.answer, 'coming')))
    .orderBy(asc(accounts.name), asc(accounts.id))
  const strangers = await db
    .select({ id: walkIns.id, name: walkIns.name })
    .from(walkIns)
    .where(and(eq(walkIns.sessionId, sessionId), eq(walkIns.here, true)))
    .orderBy(asc(walkIns.arrivedAt), asc(walkIns.id))
  return [
    ...known.map(({ id, name, arrivedAt }) => ({ id, name, walkIn: false, here: arrivedAt !== null })),
    ...strangers.map(({ id, name }) => ({ id, name: name || NAMELESS, walkIn: true, here: true })),
  ]
}

/** The tables of a session with who sits there, in order. */
export async function readSeated(db: Reader, sessionId: string): Promise<Table[]> {
  const rows = await db
    .select({ id: tables.id, number: tables.number, hostId: tables.hostId, hostName: accounts.name })
    .from(tables)
    .leftJoin(accounts, eq(accounts.id, tables.hostId))
    .where(eq(tables.sessionId, sessionId))
    .orderBy(asc(tables.number))
  const sitting = await db
    .select({
      tableId: seats.tableId,
      accountId: seats.accountId,
      accountName: accounts.name,
      walkInId: seats.walkInId,
      walkInName: walkIns.name,
    })
    .from(seats)
    .leftJoin(accounts, eq(accounts.id, seats.accountId))
    .leftJoin(walkIns, eq(walkIns.id, seats.walkInId))
    .where(eq(seats.sessionId, sessionId))
    .orderBy(asc(accounts.name), asc(walkIns.name), asc(seats.id))
  return rows.map(({ id, number, hostId, hostName }) => ({
    id,
    number,
    host: hostId === null ? null : { id: hostId, name: hostName ?? NAMELESS },
    people: sitting
      .filter(({ tableId }) => tableId === id)
      .map((one) => ({
        id: one.accountId ?? one.walkInId ?? '',
        name: one.accountName ?? (one.walkInName || NAMELESS),
        walkIn: one.accountId === null,
      })),
  }))
}

export async function readTableNumbers(db: Reader, sessionId: string): Promise<Map<string, number>> {
  const seated = await readSeated(db, sessionId)
  return new Map(seated.flatMap(({ number, people }) => people.map(({ id }) => [id, number])))
}

/** Everything about the tables, for whoever runs the session. */
export async function readTables(db: Reader, session: Pick<SessionRow, 'id'>): Promise<Tables> {
  const seated = await readSeated(db, session.id)
  const present = await readPresent(db, session)
  const known = new Set(seated.flatMap(({ people }) => people.map(({ id }) => id)))
  const willing = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(hostOffers)
    .innerJoin(accounts, eq(accounts.id, hostOffers.accountId))
    .where(eq(hostOffers.sessionId, session.id))
    .orderBy(asc(accounts.name), asc(accounts.id))
  return {
    tables: seated,
    standing: present.filter(({ id, here }) => here && !known.has(id)).map(({ id, name }) => ({ id, name })),
    willing,
    here: present.filter(({ here }) => here).length,
    expected: present.filter(({ here }) => !here).length,
  }
}

/** Who sat together at earlier sessions of the group. */
export async function readEarlierTables(
  db: Reader,
  { id, groupId, startsAt }: Pick<SessionRow, 'id' | 'groupId' | 'startsAt'>,
): Promise<string[][]> {
  const rows = await db
    .select({ tableId: seats.tableId, accountId: seats.accountId })
    .from(seats)
    .innerJoin(sessions, eq(sessions.id, seats.sessionId))
    .where(and(eq(seats.groupId, groupId), ne(seats.sessionId, id), lt(sessions.startsAt, startsAt)))
  const sat = new Map<string, string[]>()
  for (const { tableId, accountId } of rows)
    if (accountId !== null) sat.set(tableId, [...(sat.get(tableId) ?? []), accountId])
  return [...sat.values()]
}

/** Where somebody sits. Only those at the same table are told its names. */
export async function readMyTable(
  db: Reader,
  sessionId: string,
  personId: string,
): Promise<MyEvening['table']> {
  const seated = await readSeated(db, sessionId)
  const mine = seated.find(({ people }) => people.some(({ id }) => id === personId))
  if (!mine) return null
  return {
    number: mine.number,
    host: mine.host?.name ?? null,
    iHost: mine.host?.id === personId,
    people: mine.people.filter(({ id }) => id !== personId).map(({ name }) => name),
  }
}
