import { and, eq, inArray } from 'drizzle-orm'
import { attendances, sessions } from '#db/schema.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'

/**
 * After the commit: open rooms hear what somebody who is there is now, and their own pages read anew what they may do.
 * In a transaction of its own, so that nobody in a room waits while places are given; what is told is read when it is sent.
 */
export async function tellRole(house: House, groupId: string, ...accountIds: string[]): Promise<void> {
  const there = await house.db
    .select({ sessionId: sessions.id, accountId: attendances.accountId })
    .from(attendances)
    .innerJoin(sessions, eq(sessions.id, attendances.sessionId))
    .where(
      and(
        eq(sessions.groupId, groupId),
        eq(sessions.status, 'live'),
        inArray(attendances.accountId, accountIds),
      ),
    )
  for (const { sessionId, accountId } of there)
    await changeRoom(house, sessionId, (_tx, tell) =>
      Promise.resolve(tell({ type: 'role-changed', accountId })),
    )
  for (const accountId of accountIds) house.rooms.renew(groupId, accountId)
}
