import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { demonstrations, goRounds, goRoundSeats, playings } from '#db/schema.ts'
import type { Demonstration, GoRound, GoRoundSeat, Playing, SpokenEvent } from '#shared/go-rounds.ts'
import type { Timer } from '#shared/timer.ts'

/** What a room hears of it: ids only. `id` is the command's, so that a retry moves nothing. */
export type SpokenStored = SpokenEvent & { id?: string }

/** A block of a session under its lock. */
export type Speaking = {
  readonly tx: Transaction
  readonly tell: (event: SpokenStored | { type: 'turn-ended'; turnId: string }) => void
  readonly block: { readonly id: string; readonly groupId: string }
}

const stored = ({ endsAt, left }: Timer) => ({
  timerEndsAt: endsAt === null ? null : new Date(endsAt),
  timerLeft: left,
})

/** Stores what changed and tells the room of it; nothing when nothing did. */
export async function saveGoRound(
  { tx, tell, block }: Speaking,
  before: GoRound | null,
  after: GoRound,
): Promise<void> {
  const { id: blockId, groupId } = block
  const known = new Map(before?.seats.map((seat) => [seat.accountId, JSON.stringify(seat)]))
  const seats = after.seats.filter((seat) => known.get(seat.accountId) !== JSON.stringify(seat))
  const staying = new Set(after.seats.map(({ accountId }) => accountId))
  const gone = [...known.keys()].filter((accountId) => !staying.has(accountId))
  const sameTime = JSON.stringify(before?.timer) === JSON.stringify(after.timer)
  if (seats.length === 0 && gone.length === 0 && sameTime) return

  await tx
    .insert(goRounds)
    .values({ blockId, groupId, ...stored(after.timer) })
    .onConflictDoUpdate({ target: goRounds.blockId, set: stored(after.timer) })
  if (gone.length > 0)
    await tx
      .delete(goRoundSeats)
      .where(and(eq(goRoundSeats.blockId, blockId), inArray(goRoundSeats.accountId, gone)))
  for (const seat of seats) await saveSeat(tx, { groupId, blockId, ...seat })
  tell({ type: 'go-round-changed', blockId, seats, gone, timer: after.timer })
}

async function saveSeat(
  tx: Transaction,
  seat: GoRoundSeat & { groupId: string; blockId: string },
): Promise<void> {
  const { place, turnId, aside } = seat
  await tx
    .insert(goRoundSeats)
    .values(seat)
    .onConflictDoUpdate({
      target: [goRoundSeats.blockId, goRoundSeats.accountId],
      set: { place, turnId, aside },
    })
}

/** Remembers who was the first, for the order of the next time. */
export async function noteBeginner({ tx, block }: Speaking, accountId: string, now: Date): Promise<void> {
  const [first] = await tx
    .update(goRounds)
    .set({ begunAt: now })
    .where(and(eq(goRounds.blockId, block.id), isNull(goRounds.begunAt)))
    .returning({ blockId: goRounds.blockId })
  if (!first) return
  await setBegan(tx, block.id, accountId, true)
}

/** Whoever was first did not speak after all. */
export async function forgetBeginner({ tx, block }: Speaking, accountId: string): Promise<void> {
  const [began] = await setBegan(tx, block.id, accountId, false)
  if (began) await tx.update(goRounds).set({ begunAt: null }).where(eq(goRounds.blockId, block.id))
}

const setBegan = (tx: Transaction, blockId: string, accountId: string, began: boolean) =>
  tx
    .update(goRoundSeats)
    .set({ began })
    .where(
      and(
        eq(goRoundSeats.blockId, blockId),
        eq(goRoundSeats.accountId, accountId),
        eq(goRoundSeats.began, !began),
      ),
    )
    .returning({ accountId: goRoundSeats.accountId })

export async function saveDemonstration(
  { tx, tell, block }: Speaking,
  demonstration: Demonstration,
): Promise<void> {
  const { id: blockId, groupId } = block
  const set = { number: demonstration.number, ...stored(demonstration.timer) }
  await tx
    .insert(demonstrations)
    .values({ blockId, groupId, ...set })
    .onConflictDoUpdate({ target: demonstrations.blockId, set })
  tell({ type: 'demonstration-changed', blockId, demonstration })
}

export async function savePlaying(
  { tx, tell, block }: Speaking,
  playing: Playing,
  commandId?: string,
): Promise<void> {
  const { id: blockId, groupId } = block
  const set = {
    position: playing.position,
    since: playing.since === null ? null : new Date(playing.since),
  }
  await tx
    .insert(playings)
    .values({ blockId, groupId, ...set })
    .onConflictDoUpdate({ target: playings.blockId, set })
  tell({
    type: 'playing-changed',
    blockId,
    playing,
    ...(commandId === undefined ? {} : { id: commandId }),
  })
}
