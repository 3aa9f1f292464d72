import { asc, eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import type { House } from '../house.ts'
import { readSaid } from './come.ts'
import type { SeriesSeat } from './guards.ts'
import { asFile } from './series-letters.ts'

/** All sessions of a series as one file, for whoever is in its group. */
export async function readSeriesFile(
  house: House,
  { member: { account, group }, series }: SeriesSeat,
): Promise<{ text: string; fileName: string }> {
  const all = await house.db
    .select()
    .from(sessions)
    .where(eq(sessions.seriesId, series.id))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
  const said = await readSaid(
    house.db,
    all.map(({ id }) => id),
    account.id,
  )
  return { text: asFile(house, group, all, said), fileName: `series-${series.startsLocal.slice(0, 10)}.ics` }
}
