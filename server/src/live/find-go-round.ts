import { randomUUID } from 'node:crypto'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { blocks, turns } from '#db/schema.ts'
import type { GoRound, GoRoundSeat } from '#shared/go-rounds.ts'
import { speakerIn, timerOfTurn, waitingIn } from '#shared/live/go-round.ts'
import { hasGoRound } from '#shared/live/spoken.ts'
import { Refusal } from '#shared/refusals.ts'
import { forgetBeginner, noteBeginner, saveGoRound } from '../go-rounds/save-spoken.ts'
import { beginGoRound, readGoRound } from '../go-rounds/settle-go-round.ts'
import type { Change } from './change-session-room.ts'
import type { TurnRow } from './find-turn.ts'
import { endSpeaking, type BlockRow } from './go-to-block.ts'

/** The go-round of the block that runs, with whoever has the floor. */
export type InGoRound = Change & {
  readonly block: BlockRow
  readonly goRound: GoRound
  readonly floor: TurnRow | undefined
}

/** The go-round that a command is about; none when another block runs by now. */
export async function findGoRound(change: Change, blockId: string): Promise<InGoRound | undefined> {
  const block = await findOwnBlock(change, blockId)
  if (!hasGoRound(block)) throw new Refusal('conflict', 'Nobody goes round in this block.')
  if (change.session.currentBlockId !== blockId) return undefined
  const settling = { ...change, block }
  const goRound = (await readGoRound(settling)) ?? (await beginGoRound(settling))
  const [floor] = await change.tx
    .select()
    .from(turns)
    .where(and(eq(turns.sessionId, change.session.id), isNotNull(turns.beganAt), isNull(turns.endedAt)))
  return goRound ? { ...settling, goRound, floor } : undefined
}

export async function findOwnBlock({ tx, session }: Change, blockId: string): Promise<BlockRow> {
  const [block] = await tx
    .select()
    .from(blocks)
    .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  return block
}

/** Whoever speaks in the go-round now. */
export const speakerOf = ({ goRound, floor }: InGoRound): GoRoundSeat | undefined =>
  speakerIn(goRound, floor ? { turnId: floor.id } : null)

/** Changed seats in their places, and the time of whoever speaks. */
export async function changeSeats(given: InGoRound, changed: GoRoundSeat[], timed = false): Promise<GoRound> {
  const { goRound, block, session, now } = given
  const others = goRound.seats.filter(
    (seat) => !changed.some(({ accountId }) => accountId === seat.accountId),
  )
  const seats = [...others, ...changed].sort((a, b) => a.place - b.place)
  const held = session.timerEndsAt === null
  const timer = timed ? timerOfTurn(block.options, held, now) : goRound.timer
  const after = { seats, timer }
  await saveGoRound(given, goRound, after)
  return after
}

/** They have the floor: a turn like any other. Whoever had it is done. */
export async function giveFloor(given: InGoRound, seat: GoRoundSeat): Promise<void> {
  const { tx, tell, session, now } = given
  const turnId = randomUUID()
  const { accountId } = seat
  await endSpeaking(given)
  await tx.insert(turns).values({
    id: turnId,
    groupId: session.groupId,
    sessionId: session.id,
    accountId,
    askedAt: now,
    beganAt: now,
  })
  tell({ type: 'turn-given', turnId, accountId, at: now.toISOString() })
  await changeSeats(given, [{ ...seat, turnId, aside: null }], true)
  await noteBeginner(given, accountId, now)
}

/** The next one who waits has the floor; when nobody does, it is free. */
export async function goOn(given: InGoRound): Promise<void> {
  const [next] = waitingIn(given.goRound)
  if (next) return giveFloor(given, next)
  if (!given.floor) return
  await endSpeaking(given)
  given.tell({ type: 'turn-ended', turnId: given.floor.id })
}

/** They did not speak: the turn never was, and they wait again or are out. */
export async function takeTurnBack(
  given: InGoRound,
  seat: GoRoundSeat,
  aside: GoRoundSeat['aside'],
): Promise<InGoRound> {
  const { tx, tell } = given
  if (seat.turnId !== null) {
    await tx.delete(turns).where(eq(turns.id, seat.turnId))
    tell({ type: 'turn-taken-back', turnId: seat.turnId, accountId: seat.accountId })
  }
  await forgetBeginner(given, seat.accountId)
  const goRound = await changeSeats(given, [{ ...seat, turnId: null, aside }])
  return { ...given, goRound, floor: undefined }
}
