import { and, asc, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import { registrations, series, sessions } from '#db/schema.ts'
import type { PublicSeries, SeriesSummary } from '#shared/series.ts'
import type { GroupRow, Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { SeriesRow } from './guards.ts'
import { isAhead, wordsOf } from './read-series.ts'

const SERIES_LISTED = 50
const NEXT_SHOWN = 3

/** The series of a group, newest first. */
export async function listSeries(house: House, { account, group }: Member): Promise<SeriesSummary[]> {
  const found = await readAll(house, group.id)
  const mine = await house.db
    .select({ seriesId: registrations.seriesId })
    .from(registrations)
    .where(and(eq(registrations.groupId, group.id), eq(registrations.accountId, account.id)))
  const registered = new Set(mine.map(({ seriesId }) => seriesId))
  return found.map(({ row, held, ahead }) => {
    const [next] = ahead
    return {
      id: row.id,
      title: row.title,
      inWords: wordsOf(row),
      time: row.startsLocal.slice(11),
      zone: row.zone,
      count: held.length,
      ahead: ahead.length,
      next: next ? toNext(next) : null,
      nextNumber: next ? held.indexOf(next) + 1 : 0,
      registered: registered.has(row.id),
      ended: ahead.length === 0,
    }
  })
}

/** What the page of a group says of the series that go on. */
export async function listPublicSeries(house: House, group: GroupRow): Promise<PublicSeries[]> {
  const found = await readAll(house, group.id)
  return found
    .filter(({ ahead }) => ahead.length > 0)
    .map(({ row, ahead }) => ({
      title: row.title,
      inWords: wordsOf(row),
      zone: row.zone,
      ahead: ahead.length,
      next: ahead.slice(0, NEXT_SHOWN).map(toNext),
    }))
}

type Found = { row: SeriesRow; held: SessionRow[]; ahead: SessionRow[] }

async function readAll(house: House, groupId: string): Promise<Found[]> {
  const rows = await house.db
    .select()
    .from(series)
    .where(eq(series.groupId, groupId))
    .orderBy(desc(series.createdAt), desc(series.id))
    .limit(SERIES_LISTED)
  const ids = rows.map(({ id }) => id)
  const all =
    ids.length === 0
      ? []
      : await house.db
          .select()
          .from(sessions)
          .where(
            and(
              eq(sessions.groupId, groupId),
              isNotNull(sessions.seriesId),
              inArray(sessions.seriesId, ids),
              ne(sessions.status, 'cancelled'),
            ),
          )
          .orderBy(asc(sessions.startsAt), asc(sessions.id))
  return rows.map((row) => {
    const held = all.filter(({ seriesId }) => seriesId === row.id)
    return { row, held, ahead: held.filter((session) => isAhead(session, house.now())) }
  })
}

const toNext = ({ id, title, startsAt, endsAt }: SessionRow) => ({
  id,
  title,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
})
