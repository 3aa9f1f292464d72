import { eq } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findTurn, requireOwnTurn } from './find-turn.ts'

export function lowerHand(house: House, seat: Seat, turnId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const turn = await findTurn(change, turnId)
    await requireOwnTurn(change, seat, turn)
    if (turn.beganAt !== null || turn.endedAt !== null) return {}
    await change.tx.update(turns).set({ endedAt: change.now }).where(eq(turns.id, turnId))
    change.tell({ type: 'hands-lowered', turnIds: [turnId] })
    return {}
  })
}
