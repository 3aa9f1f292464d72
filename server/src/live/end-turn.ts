import { eq } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findTurn, requireOwnTurn } from './find-turn.ts'

export function endTurn(house: House, seat: Seat, turnId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const turn = await findTurn(change, turnId)
    await requireOwnTurn(change, seat, turn)
    if (turn.endedAt !== null) return {}
    if (turn.beganAt === null) throw new Refusal('conflict', 'This turn has not begun yet.')
    await change.tx.update(turns).set({ endedAt: change.now }).where(eq(turns.id, turnId))
    change.tell({ type: 'turn-ended', turnId })
    return {}
  })
}
