import { and, eq } from 'drizzle-orm'
import { attendances, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Chair } from './guards.ts'
import { readSession } from './read-session.ts'

/** Corrects who was there: from the start of the session on, and also long afterwards. */
export async function setAttendance(
  house: House,
  { member, session }: Chair,
  accountId: string,
  present: boolean,
): Promise<Session> {
  if (session.status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled, so nobody was there.')
  if (session.status === 'scheduled' && !session.openedAt && house.now() < session.startsAt)
    throw new Refusal('conflict', 'This session has not begun, so nobody can have been there yet.')
  const [membership] = await house.db
    .select({ status: memberships.status })
    .from(memberships)
    .where(and(eq(memberships.groupId, session.groupId), eq(memberships.accountId, accountId)))
  if (!membership) throw new Refusal('not-found')
  if (present)
    await house.db
      .insert(attendances)
      .values({
        groupId: session.groupId,
        sessionId: session.id,
        accountId,
        noticed: 'facilitator',
        arrivedAt: house.now(),
      })
      .onConflictDoNothing()
  else
    await house.db
      .delete(attendances)
      .where(and(eq(attendances.sessionId, session.id), eq(attendances.accountId, accountId)))
  return readSession(house.db, member, session.id)
}
