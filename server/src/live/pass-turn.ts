import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import { changeSeats, findGoRound, goOn, speakerOf, takeTurnBack } from './find-go-round.ts'
import { requireUnlocked } from './require-unlocked.ts'

/** Somebody passes, and nobody asks why; whoever runs the session may pass over anybody who is away. */
export function passTurn(
  house: House,
  seat: Seat,
  blockId: string,
  { accountId }: { accountId: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    await requireSelf(change, seat, accountId)
    const found = await findGoRound(change, blockId)
    if (!found) return {}
    const own = found.goRound.seats.find((one) => one.accountId === accountId)
    if (!own) throw new Refusal('not-found', 'They are not in this go-round.')
    const aside = accountId === seat.member.account.id ? 'passed' : 'skipped'
    if (speakerOf(found) === own) await goOn(await takeTurnBack(found, own, aside))
    else if (own.turnId === null && own.aside === null) await changeSeats(found, [{ ...own, aside }])
    return {}
  })
}

/** For oneself, or for anybody by whoever runs the session and is not locked out of it. */
export async function requireSelf({ tx, now }: Change, seat: Seat, accountId: string): Promise<void> {
  if (accountId === seat.member.account.id) return
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  await requireUnlocked(tx, seat, now)
}
