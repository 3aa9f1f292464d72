import { sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { asWebsearch, positiveTerms, type Asked } from '#shared/search-words.ts'
import { keyOf, kindWord, speakerWords, writerWord } from '../passages/keys.ts'

/** A group that somebody is in, and the languages of what was said there. */
export type MyGroup = { id: string; slug: string; name: string; languages: string[] }

/** Memberships that are active now: what somebody may read is asked anew each time. */
export async function readMyGroups(reader: Reader, accountId: string): Promise<MyGroup[]> {
  // The languages are stepped through in the index, one by one: a group has one or two, and many passages of each.
  const { rows } = await reader.execute<MyGroup>(sql`
    select groups.id, groups.slug, groups.name, array(
      with recursive spoken as (
        (select language from passages where group_id = groups.id order by language limit 1)
        union all
        select (select min(language) from passages where group_id = groups.id and language > spoken.language)
        from spoken where spoken.language is not null
      )
      select language from spoken where language is not null
    ) as languages
    from memberships join groups on groups.id = memberships.group_id
    where memberships.account_id = ${accountId} and memberships.status = 'active'
    order by groups.id`)
  return rows
}

/** What is looked for, as one language has it. */
export type Understood = {
  language: string
  /** A tsquery. Empty: in this language all of it is too common to be looked for. */
  query: string
  /** The stems of each term, in order; the unfinished word ends in `*`. */
  stems: string[][]
}

export async function understandIn(
  reader: Reader,
  languages: readonly string[],
  asked: Asked,
  unfinished: string | undefined,
): Promise<Understood[]> {
  const terms = positiveTerms(asked).map(({ words }) => `"${words.join(' ')}"`)
  const { rows } = await reader.execute<{ language: string; query: string; terms: string[] }>(sql`
    select language, websearch_to_tsquery(language::regconfig, ${asWebsearch(asked)})::text as query, array(
      select websearch_to_tsquery(language::regconfig, term)::text
      from unnest(${sql.param(terms)}::text[]) with ordinality as t (term, at) order by at) as terms
    from unnest(${sql.param([...languages])}::text[]) as t (language)`)
  return rows.map(({ language, query, terms }) => {
    const stems = terms.map(lexemesOf)
    if (unfinished === undefined) return { language, query, stems }
    return {
      language,
      query: orFurther(query, stems.at(-1)?.[0], unfinished),
      stems: [...stems, [`${unfinished}*`]],
    }
  })
}

/** `'lead'` becomes `('lead' | 'leade':*)` while somebody types "leade…". */
function orFurther(query: string, stem: string | undefined, word: string): string {
  const further = `'${word}':*`
  if (stem === undefined) return query === '' ? further : `(${query}) & ${further}`
  const at = query.lastIndexOf(`'${stem}'`)
  return `${query.slice(0, at)}('${stem}' | ${further})${query.slice(at + stem.length + 2)}`
}

/** What stands between the quotes. Only letters and digits were asked for, so there is nothing else in them. */
const lexemesOf = (query: string): string[] =>
  [...query.matchAll(/'([^']*)'/g)].map(([, lexeme = '']) => lexeme)

type Narrowed = { kind?: string | undefined; speaker?: string | undefined; person?: string | undefined }

/** The query for the passages of one group in one language; none when nothing in it could be found. */
export function queryFor(
  groupId: string,
  { language, query }: Understood,
  { kind, speaker, person }: Narrowed,
): string | undefined {
  if (query === '') return undefined
  const key = keyOf(groupId, language)
  const about = [
    ...(kind ? [kindWord(key, kind)] : []),
    ...(person ? [writerWord(key, person)] : []),
    ...(speaker ? speakerWords(key, speaker) : []),
  ]
  const words = query.replaceAll(/'([^']*)'/g, (_all, lexeme: string) => `'${key}${lexeme}'`)
  return [`(${words})`, ...about.map((word) => `'${word}'`)].join(' & ')
}
