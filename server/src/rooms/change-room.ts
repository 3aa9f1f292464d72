import { asc, eq, inArray } from 'drizzle-orm'
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
      const at = house.now()
      await tx
        .insert(roomEvents)
        .values(told.map((event, index) => ({ roomId, number: room.number + index + 1, event, at })))
      await tx.update(rooms).set({ number: last }).where(eq(rooms.id, roomId))
    }
    return outcome
  })
  if (told.length > 0) house.rooms.announce(roomId, last)
  return result
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
