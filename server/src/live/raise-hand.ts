import { and, eq, isNull } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import type { HandKind } from '#shared/live.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireTogether } from './over-days.ts'

/** One hand each: asking again while one waits changes nothing, unless it is for the other reason; the place in line stays. */
export function raiseHand(
  house: House,
  seat: Seat,
  { turnId, kind = 'speak' }: { turnId: string; kind?: HandKind },
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    requireTogether(change, 'In a session over days nobody speaks; people write when it suits them.')
    const { tx, tell, session, now } = change
    const accountId = seat.member.account.id
    const [known] = await tx.select({ id: turns.id }).from(turns).where(eq(turns.id, turnId))
    if (known) return {}
    const [waiting] = await tx
      .select()
      .from(turns)
      .where(
        and(
          eq(turns.sessionId, session.id),
          eq(turns.accountId, accountId),
          isNull(turns.beganAt),
          isNull(turns.endedAt),
        ),
      )
    if (waiting?.kind === kind) return {}
    await arrive(change, seat)
    if (waiting) {
      await tx.update(turns).set({ endedAt: now }).where(eq(turns.id, waiting.id))
      tell({ type: 'hands-lowered', turnIds: [waiting.id] })
    }
    const askedAt = waiting?.askedAt ?? now
    await tx
      .insert(turns)
      .values({ id: turnId, groupId: session.groupId, sessionId: session.id, accountId, kind, askedAt })
    tell({ type: 'hand-raised', turnId, accountId, at: askedAt.toISOString(), kind })
    return {}
  })
}
