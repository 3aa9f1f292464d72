import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'

/** Somebody comes in; once is enough, however often their page is loaded. */
export function enterRoom(house: House, seat: Seat): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    // Over days whoever takes part was there, not whoever looks in.
    if (!change.session.overDays) await arrive(change, seat)
    return {}
  })
}
