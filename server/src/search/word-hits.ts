import { inArray, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts } from '#db/schema.ts'
import { showMentions, SOMEBODY_WHO_LEFT, wordsIn } from '#shared/mentions.ts'
import { excerptOf, markWords, wordsOf, type MarkedPart } from '#shared/search-words.ts'
import type { Hit } from '#shared/search.ts'
import { namesOf } from '../threads/post-parts.ts'
import { readPosts } from '../threads/read-threads.ts'
import type { FoundHit } from './find-passages.ts'
import type { Understood } from './scopes.ts'

/** A stretch of one speaker, with its time. */
type Stretch = { text: string; start: number | null; speaker: string | null }

/** What a passage says now. */
type Worded = {
  hit: FoundHit
  stretches: Stretch[]
  by: Hit['by']
  at: string | null
}

type Row = {
  number: number
  spoken: Stretch[] | null
  text: string | null
  name: string | null
  by: string | null
  at: string | null
}

/** Adds the words: a short piece of each passage around what was looked for, with the moment to jump to. */
export async function wordHits(
  reader: Reader,
  accountId: string,
  hits: readonly FoundHit[],
  understood: readonly Understood[],
): Promise<Map<string, Hit[]>> {
  const worded = await readWords(reader, accountId, hits)
  const stems = await readStems(reader, worded, understood)
  const byPlace = new Map<string, Hit[]>()
  for (const one of worded) {
    const its = understood.find(({ language }) => language === one.hit.language)
    const here = byPlace.get(one.hit.placeId) ?? []
    byPlace.set(one.hit.placeId, [...here, toHit(one, its?.stems ?? [], stems.get(one.hit.language))])
  }
  return byPlace
}

/** The words stand in the rows that the passages were made of. */
async function readWords(reader: Reader, accountId: string, hits: readonly FoundHit[]): Promise<Worded[]> {
  if (hits.length === 0) return []
  const written = await readPostWords(
    reader,
    hits.flatMap(({ postId }) => postId ?? []),
  )
  const { rows } = await reader.execute<Row>(sql`
    select number::int,
      case when hit.kind = 'transcript' then (
        select json_agg(json_build_object('start', start, 'speaker', speaker, 'text',
          case when hit.from is null then text else substring(text from hit.from + 1 for hit.to - hit.from) end)
          order by position)
        from segments
        where segments.episode_id = hit."episodeId" and position between hit.first and hit.last) end as spoken,
      case hit.kind
        when 'title' then (select concat_ws(' · ', title, show_title) from episodes where id = hit."episodeId")
        when 'chapter' then (select title from chapters where episode_id = hit."episodeId" and position = hit.first)
        when 'notes' then (
          select substring(notes from hit.from + 1 for hit.to - hit.from) from episodes where id = hit."episodeId")
        when 'thread' then (select title from threads where id = hit."threadId")
        when 'highlight' then (
          select note from highlights where account_id = ${accountId} and id = hit."highlightId")
      end as text,
      writer.id as by, writer.name, written.at
    from json_to_recordset(${JSON.stringify(hits.map((hit, number) => ({ ...hit, number })))}) as hit (
      number int, kind text, "episodeId" uuid, "threadId" uuid, "postId" uuid, "highlightId" uuid, first int, last int,
      "from" int, "to" int)
    left join lateral (
      select started_by as account_id, started_at as at from threads where id = hit."threadId" and hit.kind = 'thread'
      union all
      select account_id, marked_at from highlights where account_id = ${accountId} and id = hit."highlightId"
    ) written on true
    left join accounts writer on writer.id = written.account_id
    order by number`)
  return rows.flatMap(({ number, spoken, text, by, name, at }) => {
    const hit = hits[number]
    if (!hit) return []
    const post = hit.postId === null ? undefined : written.get(hit.postId)
    if (post) return [{ hit, ...post }]
    return [
      {
        hit,
        stretches: spoken ?? [{ start: hit.start, speaker: null, text: text ?? '' }],
        by: by === null || name === null ? null : { id: by, name },
        at: at === null ? null : new Date(at).toISOString(),
      },
    ]
  })
}

/** As a page shows them, without what makes them bold or a list. */
async function readPostWords(reader: Reader, ids: string[]): Promise<Map<string, Omit<Worded, 'hit'>>> {
  if (ids.length === 0) return new Map()
  const found = await readPosts(reader, inArray(posts.id, ids))
  return new Map(
    found.map(({ post }) => {
      const names = namesOf(post.mentions)
      const text = showMentions(wordsIn(post.html), (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`)
      return [post.id, { stretches: [{ text, start: null, speaker: null }], by: post.by, at: post.postedAt }]
    }),
  )
}

/** For each language, what its words are bent from. */
async function readStems(
  reader: Reader,
  worded: readonly Worded[],
  understood: readonly Understood[],
): Promise<Map<string, Map<string, string>>> {
  const asked = understood.map(({ language }) => ({
    language,
    words: [
      ...new Set(
        worded
          .filter(({ hit }) => hit.language === language)
          .flatMap(({ stretches }) => stretches.flatMap(({ text }) => wordsOf(text))),
      ),
    ],
  }))
  const { rows } = await reader.execute<{ language: string; word: string; stem: string | null }>(sql`
    select language, word, (tsvector_to_array(to_tsvector(language::regconfig, word)))[1] as stem
    from json_to_recordset(${JSON.stringify(asked)}) as t (language text, words text[]), unnest(words) word`)
  const stems = new Map(asked.map(({ language }) => [language, new Map<string, string>()]))
  for (const { language, word, stem } of rows) if (stem !== null) stems.get(language)?.set(word, stem)
  return stems
}

function toHit(
  { hit, stretches, by, at }: Worded,
  sought: readonly string[][],
  stems: ReadonlyMap<string, string> | undefined,
): Hit {
  const unfinished = sought.flat().find((stem) => stem.endsWith('*'))
  const whole = stretches.map(({ text }) => text).join(' ')
  const parts = markWords(whole, sought, (word) =>
    unfinished !== undefined && word.startsWith(unfinished.slice(0, -1)) ? unfinished : stems?.get(word),
  )
  const stretch = stretchOfFirstMark(stretches, parts)
  return {
    kind: hit.kind,
    parts: excerptOf(parts),
    start: stretch?.start ?? hit.start,
    speaker: stretch?.speaker ?? hit.speaker,
    by,
    at,
    threadId: hit.threadId,
    postId: hit.postId,
  }
}

/** Where to begin to listen. */
function stretchOfFirstMark(
  stretches: readonly Stretch[],
  parts: readonly MarkedPart[],
): Stretch | undefined {
  const before = parts.slice(
    0,
    Math.max(
      0,
      parts.findIndex(({ marked }) => marked),
    ),
  )
  let left = before.reduce((sum, { text }) => sum + text.length, 0)
  for (const stretch of stretches) {
    if (left < stretch.text.length) return stretch
    left -= stretch.text.length + 1
  }
  return stretches.at(-1)
}
