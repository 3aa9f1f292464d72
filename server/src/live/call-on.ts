import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findGoRound, giveFloor } from './find-go-round.ts'

/** Somebody of the go-round speaks now, also who passed or spoke already; the others keep their places. */
export function callOn(
  house: House,
  chair: Chair,
  blockId: string,
  { accountId, from }: { accountId: string; from: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const found = await findGoRound(change, blockId)
    if (!found || (found.floor?.id ?? null) !== from) return {}
    const seat = found.goRound.seats.find((one) => one.accountId === accountId)
    if (!seat) throw new Refusal('not-found', 'They are not in this go-round.')
    if (found.floor && found.floor.id === seat.turnId) return {}
    await giveFloor(found, seat)
    return {}
  })
}
