import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { rsvps, sessions } from '#db/schema.ts'

/**
 * Who is no longer in the group comes to none of its sessions that lie ahead, and neither facilitates nor keeps
 * time there. What was, stays as it was.
 */
export async function leaveSessions(tx: Transaction, groupId: string, accountId: string): Promise<void> {
  const ahead = and(eq(sessions.groupId, groupId), eq(sessions.status, 'scheduled'))
  const idsAhead = tx.select({ id: sessions.id }).from(sessions).where(ahead)
  await tx.delete(rsvps).where(and(eq(rsvps.accountId, accountId), inArray(rsvps.sessionId, idsAhead)))
  await tx
    .update(sessions)
    .set({ facilitatorId: null })
    .where(and(ahead, eq(sessions.facilitatorId, accountId)))
  await tx
    .update(sessions)
    .set({ timekeeperId: null })
    .where(and(ahead, eq(sessions.timekeeperId, accountId)))
}
