import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { series, sessions } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { GroupRow } from './guards.ts'

/** What comes next, for whoever just came in: also when a series has long begun. Nothing while no session is planned. */
export async function sayNext(
  house: House,
  tx: Transaction,
  group: Pick<GroupRow, 'id' | 'zone'>,
): Promise<string[]> {
  const [next] = await tx
    .select({ session: sessions, series: series.title })
    .from(sessions)
    .leftJoin(series, eq(series.id, sessions.seriesId))
    .where(
      and(
        eq(sessions.groupId, group.id),
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, house.now()),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
    .limit(1)
  if (!next) return []
  const { session } = next
  const when = `“${session.title}”, ${sayWhen(session.startsAt, group.zone)}`
  if (session.seriesId === null) return [`The next session is ${when}.`]
  const held = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.seriesId, session.seriesId), ne(sessions.status, 'cancelled')))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
  const number = held.findIndex(({ id }) => id === session.id) + 1
  return [
    `${number > 1 ? 'A series has begun: the' : 'The'} next session is ${when}, number ${number} of ${held.length} of the series “${next.series ?? ''}”. On the group’s page you register once for all that lie ahead.`,
  ]
}

const sayWhen = (instant: Date, zone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(instant).replace(',', '')} (${zone})`
