import { waitingIn } from '#shared/live/go-round.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findGoRound, goOn, type InGoRound } from './find-go-round.ts'
import { requireUnlocked } from './require-unlocked.ts'

/** Goes on in the go-round. When the caller saw another turn than the one that is on, nothing changes. */
export function nextSpeaker(
  house: House,
  seat: Seat,
  blockId: string,
  { from }: { from: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const found = await findGoRound(change, blockId)
    if (!found || (found.floor?.id ?? null) !== from) return {}
    await requireMove(seat, found)
    await goOn(found)
    return {}
  })
}

/** Whoever speaks is done when they say so; whoever is next may begin while the floor is free. */
async function requireMove(seat: Seat, { tx, now, goRound, floor }: InGoRound): Promise<void> {
  const whose = floor ? floor.accountId : waitingIn(goRound)[0]?.accountId
  if (whose === seat.member.account.id) return
  if (!mayFacilitate(seat.member))
    throw new Refusal('not-allowed', 'Whoever speaks says when they are done, or whoever runs the session.')
  await requireUnlocked(tx, seat, now)
}
