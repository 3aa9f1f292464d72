import { asc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { roomEvents, rooms } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { StoredEvent, Tell } from './rooms.ts'

/**
 * Every change that a room hears of goes through here: the change and its numbered events are stored in one
 * transaction, under the room's lock, and the room is told once they are safe.
 */
export async function changeRoom<Result>(
  house: House,
  roomId: string,
  change: (tx: Transaction, tell: Tell) => Promise<Result>,
): Promise<Result> {
  const told: StoredEvent[] = []
  let last = 0
  const at = house.now()
  const result = await house.db.transaction(async (tx) => {
    const [room] = await tx
      .select({ number: rooms.number })
      .from(rooms)
      .where(eq(rooms.id, roomId))
      .for('update')
    if (!room) throw new Refusal('not-found')
    const outcome = await change(tx, (event) => told.push(event))
    last = room.number + told.length
    if (told.length > 0) {
      // One statement: everybody else who changes the room waits for it.
      await tx.execute(sql`
        with told as (
          insert into ${roomEvents} (room_id, number, event, at)
          select ${roomId}::uuid, ${room.number}::int + place, event, ${at.toISOString()}::timestamptz
          from jsonb_array_elements(${JSON.stringify(told)}::jsonb) with ordinality as news (event, place)
        )
        update ${rooms} set number = ${last} where id = ${roomId}`)
    }
    return outcome
  })
  if (told.length > 0) house.rooms.announce(roomId, last, { events: told, at })
  return result
}

/**
 * The same in one statement, for what many do at once in one room: everybody else waits no longer than the database takes.
 * @param change further parts of a `with`, of which the last is `done`; `room` is before them and holds the lock
 * @returns what `done` gives. When it gives no row, nothing was told, and there is nothing
 */
export async function changeRoomAtOnce<Row>(
  house: House,
  roomId: string,
  event: StoredEvent,
  change: SQL,
): Promise<Row | undefined> {
  const at = house.now()
  const { rows } = await house.db.execute(sql`
    with room as materialized (
      select number from ${rooms} where id = ${roomId} for update
    ), ${change}, heard as (
      update ${rooms} set number = room.number + 1 from room, done where rooms.id = ${roomId}
      returning rooms.number
    ), told as (
      insert into ${roomEvents} (room_id, number, event, at)
      select ${roomId}::uuid, number, ${JSON.stringify(event)}::jsonb, ${at.toISOString()}::timestamptz from heard
    )
    select done.*, heard.number as told from done, heard`)
  const [row] = rows as (Row & { told: number })[]
  if (row) house.rooms.announce(roomId, row.told, { events: [event], at })
  return row
}

/** What to announce once it is committed. */
export type Told = { roomId: string; number: number }

/** For a change that many rooms hear, in a transaction of its own: they are locked in one order, and hear one event each. */
export async function tellRooms(
  house: House,
  tx: Transaction,
  roomIds: string[],
  event: StoredEvent,
): Promise<Told[]> {
  if (roomIds.length === 0) return []
  const locked = await tx
    .select({ roomId: rooms.id, number: rooms.number })
    .from(rooms)
    .where(inArray(rooms.id, roomIds))
    .orderBy(asc(rooms.id))
    .for('update')
  const told = locked.map(({ roomId, number }) => ({ roomId, number: number + 1 }))
  const at = house.now()
  for (const { roomId, number } of told) {
    await tx.insert(roomEvents).values({ roomId, number, event, at })
    await tx.update(rooms).set({ number }).where(eq(rooms.id, roomId))
  }
  return told
}
