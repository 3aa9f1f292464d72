import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { hostOffers, tables } from '#db/schema.ts'
import type { MyEvening, Tables } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import { LARGEST_TABLE, seatPeople, type SeatedTable } from '#shared/seating.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { Chair, Seat, SessionRow } from '../sessions/guards.ts'
import { lockPlaces } from '../sessions/places.ts'
import { readMyEvening } from './my-evening.ts'
import { readEarlierTables, readPresent, readTables } from './read-tables.ts'
import { hostsOf, readSeating, saveSeating } from './save-tables.ts'

/** Under the same lock as the door, so that nobody comes in between. */
async function arrange(
  house: House,
  { member, session: { id } }: Chair,
  change: (tx: Transaction, session: SessionRow) => Promise<void>,
): Promise<Tables> {
  requireOpenGroup(member.group)
  return house.db.transaction(async (tx) => {
    const session = await lockPlaces(tx, id)
    if (session.status === 'cancelled' || session.status === 'wrapped-up')
      throw new Refusal('conflict', 'This session is over, so its tables stay as they were.')
    await change(tx, session)
    return readTables(tx, session)
  })
}

/** Splits whoever is here, or is expected too, into tables of three to six. */
export const makeTables = (
  house: House,
  chair: Chair,
  { of, seed, again }: { of: 'here' | 'expected'; seed: number; again: boolean },
): Promise<Tables> =>
  arrange(house, chair, async (tx, session) => {
    const before = await readSeating(tx, session.id)
    if (before.length > 0 && !again)
      throw new Refusal(
        'conflict',
        'There are tables already. Shuffling again moves everybody, also those who sit.',
      )
    const present = (await readPresent(tx, session)).filter(({ here }) => here || of === 'expected')
    if (present.length === 0)
      throw new Refusal(
        'conflict',
        of === 'here'
          ? 'Nobody is checked in yet. Check people in at the door first, or seat those who are expected.'
          : 'Nobody is expected yet, so there is nobody to seat.',
      )
    const canHost = await hostsOf(tx, session.id)
    const willing = await tx.select().from(hostOffers).where(eq(hostOffers.sessionId, session.id))
    const after = seatPeople({
      people: present.map(({ id }) => id),
      willing: willing.map(({ accountId }) => accountId),
      canHost,
      earlier: await readEarlierTables(tx, session),
      seed,
      newId: randomUUID,
    })
    await tx.delete(tables).where(eq(tables.sessionId, session.id))
    await saveSeating(tx, session, [], after, canHost)
  })

export const clearTables = (house: House, chair: Chair): Promise<Tables> =>
  arrange(house, chair, async (tx, { id }) => {
    await tx.delete(tables).where(eq(tables.sessionId, id))
  })

/** Seats somebody at another table. A table that nobody sits at any more is gone; whoever hosted is followed by another. */
export const moveSeat = (house: House, chair: Chair, personId: string, tableId: string): Promise<Tables> =>
  arrange(house, chair, async (tx, session) => {
    const before = await readSeating(tx, session.id)
    const target = before.find(({ id }) => id === tableId)
    if (!target) throw new Refusal('not-found', 'This table is gone. Look at the tables anew.')
    if (target.people.includes(personId)) return
    const present = await readPresent(tx, session)
    if (!present.some(({ id }) => id === personId))
      throw new Refusal('not-found', 'This person is neither here nor expected.')
    if (target.people.length >= LARGEST_TABLE)
      throw new Refusal('conflict', 'Six sit at that table already. Choose another, or move somebody first.')
    const canHost = await hostsOf(tx, session.id)
    const after = before
      .map((table) => moved(table, personId, tableId, canHost))
      .filter(({ people }) => people.length > 0)
    await saveSeating(tx, session, before, after, canHost)
  })

function moved(
  table: SeatedTable,
  personId: string,
  tableId: string,
  canHost: (id: string) => boolean,
): SeatedTable {
  if (table.id === tableId)
    return {
      ...table,
      people: [...table.people, personId],
      host: table.host ?? (canHost(personId) ? personId : null),
    }
  const people = table.people.filter((id) => id !== personId)
  return { ...table, people, host: table.host === personId ? (people.find(canHost) ?? null) : table.host }
}

export const setTableHost = (house: House, chair: Chair, tableId: string, hostId: string): Promise<Tables> =>
  arrange(house, chair, async (tx, session) => {
    const table = (await readSeating(tx, session.id)).find(({ id }) => id === tableId)
    if (!table) throw new Refusal('not-found', 'This table is gone. Look at the tables anew.')
    if (!table.people.includes(hostId))
      throw new Refusal('invalid', 'A host sits at their table. Move them there first.', 'hostId')
    if (!(await hostsOf(tx, session.id))(hostId))
      throw new Refusal(
        'invalid',
        'Choose somebody who is not here for the first time as a walk-in.',
        'hostId',
      )
    await tx.update(tables).set({ hostId }).where(eq(tables.id, tableId))
  })

/** Volunteers host before anybody else is asked. */
export async function offerToHost(house: House, seat: Seat, willing: boolean): Promise<MyEvening> {
  const { member, session } = seat
  requireOpenGroup(member.group)
  const accountId = member.account.id
  if (willing)
    await house.db
      .insert(hostOffers)
      .values({ groupId: session.groupId, sessionId: session.id, accountId, offeredAt: house.now() })
      .onConflictDoNothing()
  else
    await house.db
      .delete(hostOffers)
      .where(and(eq(hostOffers.sessionId, session.id), eq(hostOffers.accountId, accountId)))
  return readMyEvening(house, seat)
}
