import { and, eq, isNull } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'

/** One hand each: asking again while one waits changes nothing. */
export function raiseHand(
  house: House,
  seat: Seat,
  { turnId }: { turnId: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    const accountId = seat.member.account.id
    const [waiting] = await tx
      .select({ id: turns.id })
      .from(turns)
      .where(
        and(
          eq(turns.sessionId, session.id),
          eq(turns.accountId, accountId),
          isNull(turns.beganAt),
          isNull(turns.endedAt),
        ),
      )
    if (waiting) return {}
    await arrive(change, seat)
    const [raised] = await tx
      .insert(turns)
      .values({ id: turnId, groupId: session.groupId, sessionId: session.id, accountId, askedAt: now })
      .onConflictDoNothing()
      .returning()
    if (raised) tell({ type: 'hand-raised', turnId, accountId, at: now.toISOString() })
    return {}
  })
}
