import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { registrations, rsvps, sessionGuests, sessions } from '#db/schema.ts'

/**
 * Who is no longer in the group comes to none of its sessions that lie ahead, and has no duty there. What was, stays
 * as it was. A place that becomes free is passed on within a minute (sessions/pass-places-on.ts).
 */
export async function leaveSessions(tx: Transaction, groupId: string, accountId: string): Promise<void> {
  const ahead = and(eq(sessions.groupId, groupId), eq(sessions.status, 'scheduled'))
  // Whoever gives places locks the session first, and so do we: what they still give is taken back here.
  const locked = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(ahead)
    .orderBy(asc(sessions.id))
    .for('no key update')
  const ids = locked.map(({ id }) => id)
  await tx.delete(rsvps).where(and(eq(rsvps.accountId, accountId), inArray(rsvps.sessionId, ids)))
  await tx
    .delete(sessionGuests)
    .where(and(eq(sessionGuests.accountId, accountId), inArray(sessionGuests.sessionId, ids)))
  await tx
    .delete(registrations)
    .where(and(eq(registrations.groupId, groupId), eq(registrations.accountId, accountId)))
  for (const duty of ['facilitatorId', 'timekeeperId', 'welcomeId', 'notesId'] as const)
    await tx
      .update(sessions)
      .set({ [duty]: null })
      .where(and(ahead, eq(sessions[duty], accountId)))
}
