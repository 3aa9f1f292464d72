import pg from 'pg'
import { drizzle } from 'drizzle-orm/node-postgres'
import * as schema from '#db/schema.ts'
import { indexEpisode } from '#server/passages/index-episode.ts'
import { queryFor, understandIn } from '#server/search/scopes.ts'
import { understand } from '#shared/search-words.ts'
import type { SearchAsked, SearchFound } from '#shared/search.ts'
import { judge, type Bench } from '../bench.ts'
import { EPISODES, numbers, seedWords, type Library } from '../seed-words.ts'

/** How many searches are asked, one after the other, each once. */
const SEARCHES = 400
/** Each of these comes up as often as it stands here. */
const MIX: ((library: Library, random: () => number) => SearchAsked)[] = [
  ...Array<typeof rare>(4).fill(rare),
  ...Array<typeof middling>(4).fill(middling),
  ...Array<typeof common>(2).fill(common),
  ...Array<typeof several>(3).fill(several),
  ...Array<typeof phrase>(2).fill(phrase),
  (library, random) => ({ ...middling(library, random), group: 'circle-7' }),
  (library, random) => ({ ...common(library, random), group: 'circle-0' }),
  (library, random) => ({ ...middling(library, random), speaker: 'lovelace' }),
  (library, random) => ({ ...common(library, random), kind: 'post' }),
  (library, random) => ({ words: rare(library, random).words.slice(0, 4), typing: true }),
]

/**
 * A page of results over HTTP, signed in: the whole application, with what may be read, counts, choices and marked words.
 * Beside it, what the index alone takes for the same words: up to a page of numbers of passages, in no order.
 */
export const bench: Bench = {
  name: 'search',
  about: `words in ${EPISODES.toLocaleString('en')} episodes (${(EPISODES / 100).toLocaleString('en')} million words), 95 of 100 searches`,
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('search')
    const library = await seedWords(databaseUrl, stage.progress)
    await compare(databaseUrl)
    const app = await stage.startApp(databaseUrl)
    const bare = await stage.startBare('search', databaseUrl)
    const random = numbers(7)
    const searches = Array.from({ length: SEARCHES }, (_, at) => {
      const asked = MIX[at % MIX.length]?.(library, random)
      if (!asked) throw new Error('There is nothing to look for.')
      return asked
    })
    const scopes = await scopesOf(databaseUrl, library, searches)

    stage.progress('warming up')
    for (let at = 0; at < 40; at += 1) {
      await app.get(pathOf(middling(library, random)), library.cookie)
      await bare.get(`/?${new URLSearchParams({ scopes: scopes[at] ?? '' })}`)
    }
    const taken = { ours: [] as number[], bare: [] as number[] }
    let found = 0
    for (const [at, asked] of searches.entries()) {
      if (at % 50 === 0) stage.progress(`search ${at} of ${SEARCHES}`)
      const turns = {
        ours: async () => {
          const { count } = JSON.parse(await app.get(pathOf(asked), library.cookie)) as SearchFound
          if (count > 0) found += 1
        },
        bare: () => bare.get(`/?${new URLSearchParams({ scopes: scopes[at] ?? '' })}`),
      }
      for (const side of at % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
        const began = performance.now()
        await turns[side]()
        taken[side].push(performance.now() - began)
      }
    }
    if (found < SEARCHES / 2) throw new Error(`Only ${found} of ${SEARCHES} searches found anything.`)
    return [
      judge({
        name: 'search',
        unit: 'ms',
        ours: slowest(taken.ours),
        bare: slowest(taken.bare),
        goal: 100,
        goalFor: 'ours',
      }),
    ]
  },
  serveBare: (app, pool) => {
    app.get<{ Querystring: { scopes: string } }>('/', async ({ query }) => {
      const { rows } = await pool.query(
        `select passages.id from jsonb_to_recordset($1) as scope ("groupId" uuid, query tsquery)
         cross join lateral (
           select id from passages where words @@ scope.query and group_id is not distinct from "groupId" limit 30) passages
         limit 30`,
        [query.scopes],
      )
      return { passages: rows }
    })
  },
}

function rare({ vocabulary }: Library, random: () => number): SearchAsked {
  return { words: pick(vocabulary, random, 5_000, vocabulary.length) }
}
function middling({ vocabulary }: Library, random: () => number): SearchAsked {
  return { words: pick(vocabulary, random, 200, 5_000) }
}
function common({ vocabulary }: Library, random: () => number): SearchAsked {
  return { words: pick(vocabulary, random, 0, 200) }
}
function several({ vocabulary }: Library, random: () => number): SearchAsked {
  return { words: `${pick(vocabulary, random, 0, 500)} ${pick(vocabulary, random, 0, 3_000)}` }
}
/** Four words as they were said, or another one: a phrase may be made of words that nobody looks for. */
function phrase({ lines, vocabulary }: Library, random: () => number): SearchAsked {
  const words = (lines[Math.floor(random() * lines.length)] ?? '').replace('.', '').split(' ')
  const from = Math.floor(random() * (words.length - 4))
  return { words: `"${words.slice(from, from + 4).join(' ')}" or ${pick(vocabulary, random, 5_000, 50_000)}` }
}

const pick = (words: readonly string[], random: () => number, from: number, to: number): string =>
  words[from + Math.floor(random() * (to - from))] ?? ''

const pathOf = (asked: SearchAsked): string =>
  `/api/search?${new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]))}`

const slowest = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? Number.NaN

/** The queries that our side makes of the words, for the bare one. */
async function scopesOf(
  databaseUrl: string,
  { groups }: Library,
  searches: readonly SearchAsked[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const db = drizzle(client, { schema, casing: 'snake_case' })
  const made: string[] = []
  for (const { words, group, ...asked } of searches) {
    const [understood] = await understandIn(db, ['english'], understand(words), undefined)
    made.push(
      JSON.stringify(
        groups.flatMap(({ id, slug }) => {
          const query =
            understood && (group === undefined || group === slug)
              ? queryFor(id, understood, asked)
              : undefined
          return query === undefined ? [] : [{ groupId: id, query }]
        }),
      ),
    )
  }
  await client.end()
  return made
}

/** The passages that were written are those that the application makes of an episode, or nothing is measured. */
async function compare(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const db = drizzle(client, { schema, casing: 'snake_case' })
  const { rows: some } = await client.query<{ id: string }>('select id from episodes limit 1')
  const [episode] = some
  const read = async () => {
    const { rows } = await client.query<{ passages: string }>(
      `select string_agg(kind || first || last || coalesce(speaker, '') || language || words::text, ' ' order by kind, first) as passages
       from passages where episode_id = $1 and post_id is null`,
      [episode?.id],
    )
    return rows[0]?.passages
  }
  try {
    const before = await read()
    await db.transaction((tx) => indexEpisode(tx, episode?.id ?? ''))
    const after = await read()
    if (!before || before !== after)
      throw new Error('The passages that were written are not those that the application makes.')
  } finally {
    await client.end()
  }
}
