import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { highlights } from '#db/schema.ts'
import { foldWords } from '#shared/search-words.ts'
import type { MyHit } from './find-passages.ts'

/** So many of the newest are gone through. Notes stand in no index: nobody else's search comes near them. */
const MOST = 2_000

/** One's own highlights whose notes have the words, in groups that one is in. */
export async function findMyHighlights(
  reader: Reader,
  accountId: string,
  groupIds: string[],
  query: string,
  episodeId: string | undefined,
): Promise<MyHit[]> {
  if (query === '' || groupIds.length === 0) return []
  const noted = await reader
    .select({
      id: highlights.id,
      groupId: highlights.groupId,
      episodeId: highlights.episodeId,
      start: sql<number | null>`(${highlights.anchor} ->> 'start')::float8`,
      note: highlights.note,
    })
    .from(highlights)
    .where(
      and(
        eq(highlights.accountId, accountId),
        inArray(highlights.groupId, groupIds),
        ne(highlights.note, ''),
        episodeId === undefined ? undefined : eq(highlights.episodeId, episodeId),
      ),
    )
    .orderBy(desc(highlights.markedAt))
    .limit(MOST)
  if (noted.length === 0) return []
  const { rows } = await reader.execute<{ number: number }>(sql`
    select number::int from unnest(${sql.param(noted.map(({ note }) => foldWords(note)))}::text[])
      with ordinality as t (words, number)
    where to_tsvector('simple', words) @@ ${query}::tsquery`)
  return rows.flatMap(({ number }) => noted.slice(number - 1, number))
}
