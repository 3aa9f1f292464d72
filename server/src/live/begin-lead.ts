import { leads } from '#db/schema.ts'
import type { Change } from './change-session-room.ts'

/** Whoever opens the room leads, also when it was shut again before. */
export async function beginLead({ tx, session, now }: Change, leaderId: string | null): Promise<void> {
  const opened = { leaderId, lockedAt: null, lostId: null, lostAt: null, seenAt: now, lookedAt: now }
  await tx
    .insert(leads)
    .values({ groupId: session.groupId, sessionId: session.id, ...opened })
    .onConflictDoUpdate({ target: leads.sessionId, set: opened })
}
