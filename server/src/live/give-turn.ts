import { eq } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findTurn } from './find-turn.ts'
import { endSpeaking } from './go-to-block.ts'

/** Somebody gets the floor; whoever had it is done. */
export function giveTurn(house: House, chair: Chair, turnId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, tell, now } = change
    const turn = await findTurn(change, turnId)
    if (turn.beganAt !== null) return {}
    if (turn.endedAt !== null) throw new Refusal('conflict', 'That hand was lowered again.')
    await endSpeaking(change)
    await tx.update(turns).set({ beganAt: now }).where(eq(turns.id, turnId))
    tell({ type: 'turn-given', turnId, accountId: turn.accountId, at: now.toISOString() })
    return {}
  })
}
