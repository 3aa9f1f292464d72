import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { passages } from '#db/schema.ts'
import { foldWords } from '#shared/search-words.ts'
import { keyOf, kindWord, speakerWords, writerWord } from './keys.ts'

type Row = typeof passages.$inferInsert
export type Passage = Pick<Row, 'kind' | 'placeId'> &
  Partial<
    Pick<Row, 'episodeId' | 'threadId' | 'postId' | 'first' | 'last' | 'from' | 'to' | 'start' | 'speaker'>
  > & {
    text: string
    writerId?: string | null
  }

/** A statement takes so many at once. */
const AT_ONCE = 500

/** Puts passages in. The text itself is not kept: only its words, each with the key of the group and the language. */
export async function addPassages(
  tx: Transaction,
  groupId: string,
  configuration: string,
  some: readonly Passage[],
): Promise<void> {
  for (let at = 0; at < some.length; at += AT_ONCE)
    await tx.execute(addingPassages(groupId, configuration, some.slice(at, at + AT_ONCE)))
}

/** The statement that puts a few in. */
export function addingPassages(groupId: string, configuration: string, some: readonly Passage[]): SQL {
  const key = keyOf(groupId, configuration)
  const rows = some.flatMap(({ text, writerId, kind, speaker, ...rest }) => {
    const words = foldWords(text)
    if (words === '') return []
    const about = [
      kindWord(key, kind),
      ...(writerId ? [writerWord(key, writerId)] : []),
      ...(speaker ? speakerWords(key, speaker) : []),
    ]
    return [{ first: 0, last: 0, ...rest, kind, speaker, words, about: [...new Set(about)] }]
  })
  return sql`
      insert into ${passages}
        (group_id, kind, place_id, episode_id, thread_id, post_id, first, last, "from", "to", start, speaker, language, words)
      select ${groupId}::uuid, kind, "placeId", "episodeId", "threadId", "postId", first, last, "from", "to", start, speaker,
        ${configuration}, (
          select coalesce(string_agg('''' || ${key}::text || lexeme || ''':' || array_to_string(positions, ','), ' '), '')::tsvector
          from unnest(to_tsvector(${configuration}::regconfig, words))
        ) || array_to_tsvector(about)
      from json_to_recordset(${JSON.stringify(rows)}) as row (
        kind text, "placeId" uuid, "episodeId" uuid, "threadId" uuid, "postId" uuid, first int, last int, "from" int, "to" int,
        start float8, speaker text, words text, about text[])
      on conflict (post_id) do update set words = excluded.words, language = excluded.language`
}
