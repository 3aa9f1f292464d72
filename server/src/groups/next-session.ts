import { and, asc, eq, gt } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import type { NextSession } from '#shared/groups.ts'
import type { House } from '../house.ts'

export async function nextSessionOf(house: House, groupId: string): Promise<NextSession | null> {
  const [next] = await house.db
    .select({
      id: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      endsAt: sessions.endsAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, groupId),
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, house.now()),
      ),
    )
    .orderBy(asc(sessions.startsAt))
    .limit(1)
  return next ? { ...next, startsAt: next.startsAt.toISOString(), endsAt: next.endsAt.toISOString() } : null
}
