import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { changeSeats, findGoRound, speakerOf, takeTurnBack, type InGoRound } from './find-go-round.ts'
import type { TurnRow } from './find-turn.ts'
import { endSpeaking } from './go-to-block.ts'

/** Back to whoever spoke before, in the same turn. Whoever was called on too early waits again. */
export function previousSpeaker(
  house: House,
  chair: Chair,
  blockId: string,
  { from }: { from: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const found = await findGoRound(change, blockId)
    if (!found || (found.floor?.id ?? null) !== from) return {}
    const speaker = speakerOf(found)
    const earlier = await lastTurn(found)
    if (!speaker && !earlier) return {}
    const free = speaker ? await takeTurnBack(found, speaker, null) : found
    if (earlier) await resume(free, earlier)
    return {}
  })
}

async function lastTurn({ tx, goRound, floor }: InGoRound): Promise<TurnRow | undefined> {
  const ids = goRound.seats.flatMap(({ turnId }) => (turnId === null ? [] : [turnId]))
  const earlier = await tx
    .select()
    .from(turns)
    .where(and(inArray(turns.id, ids), floor ? ne(turns.id, floor.id) : undefined))
    .orderBy(desc(turns.beganAt))
  // Of one moment the later place was later.
  const sameMoment = earlier.filter(({ beganAt }) => beganAt?.getTime() === earlier[0]?.beganAt?.getTime())
  const last = goRound.seats.findLast(({ turnId }) => sameMoment.some(({ id }) => id === turnId))
  return sameMoment.find(({ id }) => id === last?.turnId)
}

async function resume(given: InGoRound, { id: turnId, accountId, beganAt, askedAt }: TurnRow): Promise<void> {
  const { tx, tell, goRound } = given
  const seat = goRound.seats.find((one) => one.accountId === accountId)
  if (!seat) return
  await endSpeaking(given)
  await tx.update(turns).set({ endedAt: null }).where(eq(turns.id, turnId))
  tell({ type: 'turn-resumed', turnId, accountId, at: (beganAt ?? askedAt).toISOString() })
  await changeSeats(given, [seat], true)
}
