import type { SeriesLink } from '#shared/series.ts'
import type { House } from '../house.ts'
import { readAhead, readSaid } from './come.ts'
import type { SeriesRight } from './guards.ts'
import { isRegistered, wordsOf } from './read-series.ts'

/** Looking registers nobody: mail programs and their scanners look, too. */
export async function readSeriesLink(
  house: House,
  { account, group, series }: SeriesRight,
): Promise<SeriesLink> {
  const ahead = await readAhead(house.db, house, series.id)
  const mine = await readSaid(
    house.db,
    ahead.map(({ id }) => id),
    account.id,
  )
  return {
    groupName: group.name,
    title: series.title,
    inWords: wordsOf(series),
    zone: series.zone,
    registered: await isRegistered(house.db, series.id, account.id),
    dates: ahead.map(({ id, title, startsAt, endsAt }) => ({
      title,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      mine: mine.get(id) ?? null,
    })),
  }
}
