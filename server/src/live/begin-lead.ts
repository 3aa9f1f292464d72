import { leads } from '#db/schema.ts'
import type { Change } from './change-session-room.ts'

/** Whoever opens the room leads. */
export async function beginLead({ tx, session, now }: Change, leaderId: string): Promise<void> {
  await tx
    .insert(leads)
    .values({ groupId: session.groupId, sessionId: session.id, leaderId, seenAt: now, lookedAt: now })
    .onConflictDoNothing()
}
