import { eq } from 'drizzle-orm'
import { leads } from '#db/schema.ts'
import type { LeadChange } from '#shared/leading.ts'
import type { Change } from './change-session-room.ts'

export type LeadRow = typeof leads.$inferSelect

/** Under the room's lock, so that what is read here holds. */
export async function lockLead({
  tx,
  session,
}: Pick<Change, 'tx' | 'session'>): Promise<LeadRow | undefined> {
  const [lead] = await tx.select().from(leads).where(eq(leads.sessionId, session.id)).for('update')
  return lead
}

/** Somebody else leads from now on; a lock is not handed on. */
export async function giveLead(
  { tx, tell, session, now }: Pick<Change, 'tx' | 'tell' | 'session' | 'now'>,
  before: string | null,
  leaderId: string,
  why: LeadChange,
): Promise<void> {
  const lost = why === 'taken-over' && before !== null
  const given = {
    leaderId,
    lockedAt: null,
    lostId: lost ? before : null,
    lostAt: lost ? now : null,
    seenAt: now,
    lookedAt: now,
  }
  await tx
    .insert(leads)
    .values({ groupId: session.groupId, sessionId: session.id, ...given })
    .onConflictDoUpdate({ target: leads.sessionId, set: given })
  tell({ type: 'lead-changed', why, before })
}
