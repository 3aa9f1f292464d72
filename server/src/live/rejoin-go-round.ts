import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { changeSeats, findGoRound } from './find-go-round.ts'
import { requireSelf } from './pass-turn.ts'

/** Whoever passed, or was passed over, would like to after all: they come at the end. */
export function rejoinGoRound(
  house: House,
  seat: Seat,
  blockId: string,
  { accountId }: { accountId: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    await requireSelf(change, seat, accountId)
    const found = await findGoRound(change, blockId)
    if (!found) return {}
    const { seats } = found.goRound
    const own = seats.find((one) => one.accountId === accountId)
    if (!own) throw new Refusal('not-found', 'They are not in this go-round.')
    if (own.aside === null) return {}
    await changeSeats(found, [{ ...own, aside: null, place: (seats.at(-1)?.place ?? 0) + 1 }])
    return {}
  })
}
