import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { blocks, sessions, turns } from '#db/schema.ts'
import type { GoRound } from '#shared/go-rounds.ts'
import { heldTimer, NO_TIMER, orderOf, speakerIn } from '#shared/live/go-round.ts'
import { momentIn, partOf } from '#shared/live/playing.ts'
import { hasGoRound } from '#shared/live/spoken.ts'
import { readDemonstration, readEarlier, readGoRounds, readPlaying, readThere } from './read-go-rounds.ts'
import { saveDemonstration, saveGoRound, savePlaying, type Speaking } from './save-spoken.ts'

type SessionRow = typeof sessions.$inferSelect
type BlockRow = typeof blocks.$inferSelect

/** The block that is begun, or that runs, of a session under its lock. */
type Settling = Omit<Speaking, 'block'> & {
  readonly session: SessionRow
  readonly block: BlockRow
  readonly now: Date
}

export const readGoRound = async ({ tx, block }: Pick<Speaking, 'tx' | 'block'>): Promise<GoRound | null> =>
  (await readGoRounds(tx, [block.id])).get(block.id) ?? null

/** The block begins, or is gone back to: whoever is there has a place in its go-round. */
export async function beginGoRound(settling: Settling): Promise<GoRound | null> {
  const { tx, session, block } = settling
  if (!hasGoRound(block)) return null
  const before = await readGoRound(settling)
  if (before) return settle(settling, before)
  const order = orderOf(await readThere(tx, session.id), await readEarlier(tx, block), session.id)
  const after = { seats: order.map((accountId, place) => seatOf(accountId, place)), timer: NO_TIMER }
  await saveGoRound(settling, null, after)
  return after
}

const seatOf = (accountId: string, place: number) => ({ accountId, place, turnId: null, aside: null })

/** Somebody came, or was counted out: late comers join at the end, and nobody waits for whoever is gone. */
export async function settleGoRound(given: Omit<Settling, 'block'>): Promise<void> {
  const { tx, session } = given
  if (session.status !== 'live' || session.currentBlockId === null) return
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  if (!block || !hasGoRound(block)) return
  const settling = { ...given, block }
  const before = await readGoRound(settling)
  if (before) await settle(settling, before)
}

async function settle(settling: Settling, before: GoRound): Promise<GoRound> {
  const { tx, session } = settling
  const there = await readThere(tx, session.id)
  const stays = new Set(there.map(({ accountId }) => accountId))
  const known = new Set(before.seats.map(({ accountId }) => accountId))
  const last = before.seats.at(-1)?.place ?? -1
  const late = there.filter(({ accountId }) => !known.has(accountId))
  await endTurnsOfGone(settling, before, stays)
  const after = {
    ...before,
    seats: [
      ...before.seats.filter(({ accountId }) => stays.has(accountId)),
      ...late.map(({ accountId }, at) => seatOf(accountId, last + 1 + at)),
    ],
  }
  await saveGoRound(settling, before, after)
  return after
}

/** Nobody who is not there keeps the floor. */
async function endTurnsOfGone(
  { tx, tell, session, now }: Settling,
  { seats }: GoRound,
  stays: ReadonlySet<string>,
): Promise<void> {
  const [open] = await tx
    .select({ turnId: turns.id })
    .from(turns)
    .where(and(eq(turns.sessionId, session.id), isNotNull(turns.beganAt), isNull(turns.endedAt)))
  const speaker = speakerIn({ seats }, open ?? null)
  if (!speaker || !open || stays.has(speaker.accountId)) return
  await tx.update(turns).set({ endedAt: now }).where(eq(turns.id, open.turnId))
  tell({ type: 'turn-ended', turnId: open.turnId })
}

/** The block is left: its episode stands still where it is. */
export async function leavePlaying(
  given: Omit<Settling, 'session' | 'block'> & { blockId: string },
): Promise<void> {
  const { tx, blockId, now } = given
  const playing = await readPlaying(tx, blockId)
  if (!playing || playing.since === null) return
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, blockId))
  const part = block && partOf(block)
  const { position } = momentIn(part ?? { start: 0 }, playing, now.getTime())
  if (block) await savePlaying({ ...given, block }, { position, since: null })
}

/** The timer of the block was paused, or runs on: whose turn it is has the same time as before. */
export async function holdTurns(settling: Speaking & { now: Date }, held: boolean): Promise<void> {
  const { tx, block, now } = settling
  const goRound = await readGoRound(settling)
  if (goRound) {
    const timer = heldTimer(goRound.timer, held, now)
    await saveGoRound(settling, goRound, { ...goRound, timer })
  }
  const shown = await readDemonstration(tx, block.id)
  if (shown) {
    const timer = heldTimer(shown.timer, held, now)
    if (timer !== shown.timer) await saveDemonstration(settling, { ...shown, timer })
  }
}
