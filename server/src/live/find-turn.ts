import { and, eq } from 'drizzle-orm'
import { turns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { Seat } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'
import { requireUnlocked } from './require-unlocked.ts'

export type TurnRow = typeof turns.$inferSelect

export async function findTurn({ tx, session }: Change, turnId: string): Promise<TurnRow> {
  const [turn] = await tx
    .select()
    .from(turns)
    .where(and(eq(turns.id, turnId), eq(turns.sessionId, session.id)))
  if (!turn) throw new Refusal('not-found', 'That hand is not up.')
  return turn
}

/** One's own, or anybody's for whoever may run the session and is not locked out of it. */
export async function requireOwnTurn({ tx, now }: Change, seat: Seat, turn: TurnRow): Promise<void> {
  if (turn.accountId === seat.member.account.id) return
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  await requireUnlocked(tx, seat, now)
}
