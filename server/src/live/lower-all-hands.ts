import { and, eq, inArray, isNull } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'

/** Lowers the hands that the caller saw; one raised in the meantime stays up. */
export function lowerAllHands(
  house: House,
  chair: Chair,
  { turnIds }: { turnIds: string[] },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async ({ tx, tell, session, now }) => {
    const lowered = await tx
      .update(turns)
      .set({ endedAt: now })
      .where(
        and(
          eq(turns.sessionId, session.id),
          inArray(turns.id, turnIds),
          isNull(turns.beganAt),
          isNull(turns.endedAt),
        ),
      )
      .returning({ id: turns.id })
    if (lowered.length > 0) tell({ type: 'hands-lowered', turnIds: lowered.map(({ id }) => id).sort() })
    return {}
  })
}
