import { PgDialect } from 'drizzle-orm/pg-core'
import { findCity } from '#server/cities/gazetteer.ts'
import { searchGroups, type Search } from '#server/groups/search-groups.ts'
import type { GroupSearch } from '#shared/groups.ts'
import type { Bench } from '../bench.ts'
import { GROUPS_SEEDED, seedGroups } from '../seed-groups.ts'
import { takeTurns } from '../turns.ts'

/** What people look for, about as often as they do. */
const SEARCHES: GroupSearch[] = [
  {},
  { city: 'London' },
  { city: 'Berlin', within: 10 },
  { words: 'negotiation' },
  { city: 'Paris', weekday: 4 },
  { meets: 'online' },
  { city: 'Chicago', within: 50, words: 'feedback' },
  { words: '12345' },
  { meets: 'online', language: 'de' },
  { city: 'Madrid', within: 100 },
  { weekday: 2 },
  { words: 'breakfast managers', language: 'fi' },
]

/** One page of groups, over HTTP: the whole application against the same select alone. */
export const bench: Bench = {
  name: 'discovery',
  about: `a page of groups among ${GROUPS_SEEDED.toLocaleString('en')}`,
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('discovery')
    stage.progress('writing groups, sessions and members')
    await seedGroups(databaseUrl, new Date())
    const app = await stage.startApp(databaseUrl)
    const bare = await stage.startBare('discovery', databaseUrl)
    const paths = SEARCHES.map(
      (search) =>
        `/api/groups?${new URLSearchParams(Object.entries(search).map(([name, value]) => [name, String(value)]))}`,
    )
    await compare(app.get, bare.get, paths)
    const turns = {
      parts: paths.length,
      ours: async () => {
        for (const path of paths) await app.get(path)
      },
      bare: async () => {
        for (const at of paths.keys()) await bare.get(`/${at}`)
      },
    }
    return [await takeTurns(stage, { name: 'discovery', goal: 1.5 }, turns)]
  },
  serveBare: (app, pool) => {
    const dialect = new PgDialect({ casing: 'snake_case' })
    app.get<{ Params: { at: number } }>('/:at', async ({ params }) => {
      const { sql, params: given } = dialect.sqlToQuery(
        searchGroups(understood(SEARCHES[params.at] ?? {}), new Date()),
      )
      const { rows } = await pool.query(sql, given)
      return { groups: rows }
    })
  },
}

const understood = ({ words = '', city, within = 25, weekday, language, meets }: GroupSearch): Search => {
  const found = city ? findCity(city) : undefined
  return {
    words,
    near: found && { latitude: found.latitude, longitude: found.longitude, kilometres: within },
    weekday,
    language,
    meets,
  }
}

type Get = (path: string) => Promise<string>

/** Both give the same groups, or nothing is measured. */
async function compare(ours: Get, bare: Get, paths: readonly string[]): Promise<void> {
  for (const [at, path] of paths.entries()) {
    const [our, their] = [slugsIn(await ours(path)), slugsIn(await bare(`/${at}`))]
    if (our.length === 0 || our.join() !== their.slice(0, our.length).join())
      throw new Error(`${path} gives ${our.length} groups, and the bare select gives others.`)
  }
}

const slugsIn = (text: string): string[] =>
  (JSON.parse(text) as { groups: { slug: string }[] }).groups.map(({ slug }) => slug)
