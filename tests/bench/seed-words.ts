import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { cutTranscript } from '#server/passages/cut-passages.ts'
import { keyOf, kindWord, speakerWords, writerWord } from '#server/passages/keys.ts'
import type { Segment } from '#shared/episodes.ts'
import { wordsOf } from '#shared/search-words.ts'

/** Fewer for a quick try: `SEARCH_EPISODES=100 npm run bench -- search`. */
export const EPISODES = Number(process.env.SEARCH_EPISODES ?? 2_000)
const WORDS_OF_EPISODE = 10_000
const WORDS_OF_LINE = 30
const LINES_OF_TURN = 5
/** One group has half of everything, the others share the rest. */
const SMALL_GROUPS = 20
const POSTS_OF_EPISODE = 5
/** So many episodes go into one file on the way in. */
const AT_ONCE = 100

const VOCABULARY = 50_000
/** How slowly words get rarer (Zipf, Mandelbrot): the commonest is one in 220 of those that are looked for. */
const FLAT = 30
const STOPPED = 0.45
const STOP_WORDS =
  'the of and to in a is that it was for on are as with his they at be this from have or by had not but what all were when we there can an your which their if do'.split(
    ' ',
  )
const SPEAKERS = ['Ada Lovelace', 'Ben Okri', 'Guest', 'Ines Marwitz']
const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le li lo lu ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to tu va ve vi vo za ze zi zo'.split(
    ' ',
  )

export type Library = {
  cookie: string
  groups: { id: string; slug: string }[]
  /** Commonest first. */
  vocabulary: string[]
  /** Lines as they were said, for phrases. */
  lines: string[]
}

/** Twenty million words in episodes of 21 groups, somebody who is in all of them, and the passages that make them findable. */
export async function seedWords(url: string, progress: (words: string) => void): Promise<Library> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const folder = mkdtempSync(join(tmpdir(), 'shortside-words-'))
  chmodSync(folder, 0o755)
  try {
    // Only for rows that are right by how they are made; the index is built once they are there, as a restore does.
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'`,
    )
    const { rows: indexes } = await client.query<{ name: string; made: string }>(
      `select quote_ident(indexname) as name, indexdef as made from pg_indexes
       where tablename = 'passages' and indexname not like '%pkey' and indexdef not like '%UNIQUE%'`,
    )
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    const random = numbers(42)
    const vocabulary = inventWords(random)
    const stems = await stemsOf(client, vocabulary)
    const people = await addPeople(client)
    const lines: string[] = []
    for (let from = 0; from < EPISODES; from += AT_ONCE) {
      progress(`writing episodes: ${from.toLocaleString('en')} of ${EPISODES.toLocaleString('en')}`)
      const some = Array.from({ length: Math.min(AT_ONCE, EPISODES - from) }, (_, at) => from + at)
      await addEpisodes(client, folder, some, { random, vocabulary, stems, people, lines })
    }
    progress('making the indexes')
    for (const { made } of indexes) await client.query(made)
    await client.query('vacuum analyze')
    return { cookie: people.cookie, groups: people.groups, vocabulary, lines }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await client.end()
  }
}

type People = { cookie: string; readerId: string; groups: { id: string; slug: string }[] }

async function addPeople(client: pg.Client): Promise<People> {
  const readerId = randomUUID()
  const token = randomBytes(32).toString('base64url')
  const groups = Array.from({ length: 1 + SMALL_GROUPS }, (_, at) => ({
    id: randomUUID(),
    slug: `circle-${at}`,
  }))
  await client.query(
    `insert into accounts (id, email, name, verified_at) values ($1, 'reader@example.org', 'Reader', now())`,
    [readerId],
  )
  await client.query(
    `insert into sign_ins (id, account_id, expires_at, created_at) values ($1, $2, now() + interval '14 days', now())`,
    [createHash('sha256').update(token).digest('hex'), readerId],
  )
  await client.query(
    `insert into groups (id, slug, name, kind, visibility, admission, rhythm, zone, places, language)
     select id, slug, 'Circle ' || slug, 'internal', 'private', 'invite-only', 'weekly', 'UTC', 12, 'en'
     from unnest($1::uuid[], $2::text[]) as t (id, slug)`,
    [groups.map(({ id }) => id), groups.map(({ slug }) => slug)],
  )
  await client.query(
    `insert into memberships (group_id, account_id, role, status) select id, $1, 'member', 'active' from groups`,
    [readerId],
  )
  return { cookie: `signin=${token}`, readerId, groups }
}

type Making = {
  random: () => number
  vocabulary: string[]
  stems: Map<string, string>
  people: People
  lines: string[]
}

async function addEpisodes(
  client: pg.Client,
  folder: string,
  numbers: readonly number[],
  making: Making,
): Promise<void> {
  const rows = { episodes: [], rooms: [], threads: [], posts: [], segments: [], passages: [] } as Record<
    keyof typeof COLUMNS,
    string[]
  >
  for (const number of numbers) addEpisode(rows, number, making)
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const file = join(folder, table)
    writeFileSync(file, rows[table as keyof typeof COLUMNS].join(''), { mode: 0o644 })
    await client.query(`copy ${table} (${columns}) from '${file}'`)
    rmSync(file)
  }
}

const COLUMNS = {
  episodes: 'id, group_id, title, language, imported_at',
  rooms: 'id, group_id, kind',
  threads: 'id, group_id, room_id, episode_id, title, started_by, last_number',
  posts: 'id, group_id, thread_id, number, account_id, body, posted_at',
  segments: 'group_id, episode_id, position, start, "end", speaker, text',
  passages:
    'group_id, kind, place_id, episode_id, thread_id, post_id, first, last, start, speaker, language, words',
} as const

function addEpisode(rows: Record<keyof typeof COLUMNS, string[]>, number: number, making: Making): void {
  const { people, random, lines } = making
  const group = people.groups[number % 2 === 0 ? 0 : 1 + (Math.floor(number / 2) % SMALL_GROUPS)]
  if (!group) throw new Error('There is no group.')
  const id = randomUUID()
  const at = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString()
  const key = keyOf(group.id, 'english')
  const add = (table: keyof typeof COLUMNS, ...cells: (string | number | null)[]) =>
    rows[table].push(`${cells.map((cell) => (cell === null ? '\\N' : cell)).join('\t')}\n`)
  const find = (kind: string, text: string, about: string[], where: (string | number | null)[]) =>
    add(
      'passages',
      group.id,
      kind,
      id,
      id,
      ...where,
      'english',
      vectorOf(text, key, [kindWord(key, kind), ...about], making.stems),
    )

  const title = sentence(4, making)
  add('episodes', id, group.id, title, 'en', at)
  add('rooms', id, group.id, 'episode')
  find('title', title, [], [null, null, 0, 0, null, null])
  const segments: Segment[] = Array.from({ length: WORDS_OF_EPISODE / WORDS_OF_LINE }, (_, line) => ({
    start: line * 11,
    end: line * 11 + 10,
    speaker: SPEAKERS[(Math.floor(line / LINES_OF_TURN) + number) % SPEAKERS.length] ?? null,
    text: sentence(WORDS_OF_LINE, making),
  }))
  for (const [position, { start, end, speaker, text }] of segments.entries())
    add('segments', group.id, id, position, start, end, speaker, text)
  const spoken = segments[Math.floor(random() * segments.length)]
  if (spoken && lines.length < 500) lines.push(spoken.text)
  for (const { first, last, start, speaker, text } of cutTranscript(segments))
    find('transcript', text, speakerWords(key, speaker ?? ''), [null, null, first, last, start, speaker])

  const threadId = randomUUID()
  add('threads', threadId, group.id, id, id, sentence(5, making), people.readerId, POSTS_OF_EPISODE)
  for (let post = 1; post <= POSTS_OF_EPISODE; post += 1) {
    const postId = randomUUID()
    const body = sentence(40, making)
    add('posts', postId, group.id, threadId, post, people.readerId, body, at)
    find('post', body, [writerWord(key, people.readerId)], [threadId, postId, 0, 0, null, null])
  }
}

/** What server/src/passages/add-passages.ts makes of a text; `compare` in benches/search.ts sees to it. */
function vectorOf(
  text: string,
  key: string,
  about: readonly string[],
  stems: ReadonlyMap<string, string>,
): string {
  const places = new Map<string, number[]>()
  for (const [at, word] of wordsOf(text).entries()) {
    const stem = stems.get(word)
    if (stem === undefined) continue
    const found = places.get(stem)
    if (found) found.push(at + 1)
    else places.set(stem, [at + 1])
  }
  const words = [...places].map(([stem, at]) => `'${key}${stem}':${at.join(',')}`)
  return [...words, ...about.map((word) => `'${word}'`)].join(' ')
}

/** Words of no language, longer the rarer they are. */
function inventWords(random: () => number): string[] {
  const words = new Set<string>()
  while (words.size < VOCABULARY) {
    const length = 2 + Math.floor(random() * 2) + (words.size > 2_000 ? 1 : 0)
    words.add(Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(''))
  }
  return [...words]
}

async function stemsOf(client: pg.Client, vocabulary: readonly string[]): Promise<Map<string, string>> {
  // Some of what was made up is a word that nobody looks for, and has no stem.
  const { rows } = await client.query<{ word: string; stem: string }>(
    `select word, stem from unnest($1::text[]) word, unnest(tsvector_to_array(to_tsvector('english', word))) stem`,
    [vocabulary],
  )
  return new Map(rows.map(({ word, stem }) => [word, stem]))
}

function sentence(length: number, { random, vocabulary }: Pick<Making, 'random' | 'vocabulary'>): string {
  const words: string[] = []
  for (let at = 0; at < length; at += 1) {
    const stopped = random() < STOPPED
    words.push(
      (stopped
        ? STOP_WORDS[Math.floor(random() * STOP_WORDS.length)]
        : vocabulary[Math.floor(FLAT * (((VOCABULARY + FLAT) / FLAT) ** random() - 1))]) ?? '',
    )
  }
  return `${words.join(' ')}.`
}

/** The same numbers each time (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
