import { and, inArray, isNull, not, or, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import { HITS_OF_PLACE, HITS_SHOWN, MOST_COUNTED, PLACES_SHOWN, type HitKind } from '#shared/search.ts'
import { isOpenTo } from '../threads/answer-first.ts'

/** Where to look, and with which query. */
export type Scope = { groupId: string; query: string }

/** A highlight of one's own that has the words. */
export type MyHit = { id: string; groupId: string; episodeId: string; start: number | null }

export type Looked = {
  accountId: string
  /** Whose posts I would rather not see. */
  blocked: string[]
  scopes: Scope[]
  mine: MyHit[]
  episodeId: string | undefined
  after: string | undefined
}

/** A hit without its words. */
export type FoundHit = {
  /** Of the passage; none for a highlight. */
  id: number | null
  highlightId: string | null
  kind: HitKind
  placeId: string
  episodeId: string | null
  threadId: string | null
  postId: string | null
  start: number | null
  speaker: string | null
  language: string
  first: number
  last: number
  from: number | null
  to: number | null
}

export type FoundPassages = {
  count: number
  places: { id: string; groupId: string; count: number }[]
  hits: FoundHit[]
  /** What the next page comes after. */
  next: string | null
  kinds: { kind: HitKind; count: number }[]
  groups: { id: string; count: number }[]
  speakers: { name: string; count: number }[]
  people: { id: string; count: number }[]
}

/** So many hits are gathered from the newest places, when there are more than anybody counts. */
const ENOUGH = 500
const CHOICES = 30

/** Everything that fits, when it can be counted; otherwise what fits in the newest places. */
export async function findPassages(
  reader: Reader,
  looked: Looked,
): Promise<FoundPassages & { more: boolean }> {
  const all = await ask(reader, looked, everywhere(looked), MOST_COUNTED + 1)
  if (all.count <= MOST_COUNTED) return { ...all, more: false }
  const newest = await ask(reader, looked, inNewest(looked), ENOUGH)
  return { ...newest, count: MOST_COUNTED, more: true }
}

async function ask(reader: Reader, looked: Looked, where: SQL, most: number): Promise<FoundPassages> {
  const { rows } = await reader.execute<FoundPassages>(sql`
    with scopes as materialized (
      select * from unnest(${sql.param(looked.scopes.map(({ groupId }) => groupId))}::uuid[],
        ${sql.param(looked.scopes.map(({ query }) => query))}::text[]::tsquery[]) as t (group_id, query)
    ),
    found as materialized (
      (select passage.id, null::uuid as highlight_id, passage.kind, passage.place_id, passage.episode_id, passage.thread_id,
          passage.post_id, passage.start, passage.speaker, passage.language, passage.first, passage.last,
          passage.from, passage.to, passage.group_id, coalesce(posts.account_id, threads.started_by) as writer_id,
          coalesce(posts.posted_at, threads.started_at) as written_at
        from ${where}
        left join threads on threads.id = passage.thread_id
        left join posts on posts.id = passage.post_id
        where ${mayRead(reader, looked)}
        limit ${most})
      union all
      select null, id, 'highlight', "episodeId", "episodeId", null, null, start, null, 'simple', 0, 0, null, null,
        "groupId", null, null
      from json_to_recordset(${JSON.stringify(looked.mine)}) as t (id uuid, "episodeId" uuid, "groupId" uuid, start float8)
    ),
    ${looked.episodeId === undefined ? placeByPlace(looked.after) : oneByOne(looked.after)}
    select
      (select count(*)::int from found) as count,
      (select coalesce(json_agg(json_build_object('id', place_id, 'groupId', group_id, 'count', hits) order by number), '[]')
        from page) as places,
      (select coalesce(json_agg(json_build_object('id', id, 'highlightId', highlight_id, 'kind', kind,
          'placeId', place_id, 'episodeId', episode_id, 'threadId', thread_id, 'postId', post_id, 'start', start,
          'speaker', speaker, 'language', language, 'first', first, 'last', last, 'from', "from", 'to', "to")
          order by number), '[]')
        from shown) as hits,
      (select next from ending) as next,
      (select coalesce(json_agg(json_build_object('kind', kind, 'count', n) order by n desc, kind), '[]')
        from (select kind, count(*)::int as n from found group by kind) t) as kinds,
      (select coalesce(json_agg(json_build_object('id', group_id, 'count', n) order by n desc, group_id), '[]')
        from (select group_id, count(*)::int as n from found group by group_id) t) as groups,
      (select coalesce(json_agg(json_build_object('name', speaker, 'count', n) order by n desc, speaker), '[]')
        from (select speaker, count(*)::int as n from found where speaker is not null
          group by speaker order by n desc, speaker limit ${CHOICES}) t) as speakers,
      (select coalesce(json_agg(json_build_object('id', writer_id, 'count', n) order by n desc, writer_id), '[]')
        from (select writer_id, count(*)::int as n from found where writer_id is not null
          group by writer_id order by n desc, writer_id limit ${CHOICES}) t) as people`)
  const [row] = rows
  if (!row) throw new Error('A count is always there.')
  return row
}

/** By the index. The group is compared so that no other index is taken for it. */
const everywhere = ({ episodeId }: Looked): SQL => sql`
  scopes cross join lateral (
    select * from passages
    where passages.words @@ scopes.query and passages.group_id is not distinct from scopes.group_id
      ${episodeId === undefined ? sql`` : sql`and passages.episode_id = ${episodeId}`}
    offset 0) passage`

/**
 * Place after place, the newest first, until there is enough. Each is read whole and then looked through: to ask the index of
 * words once for each place would take longer.
 */
const inNewest = ({ episodeId }: Looked): SQL => sql`
  (select * from (
      select id, group_id, imported_at as at from episodes where group_id in (select group_id from scopes)
      union all
      select id, group_id, started_at from threads where group_id in (select group_id from scopes) and episode_id is null) every
    ${episodeId === undefined ? sql`` : sql`where id = ${episodeId}`}
    order by at desc, id offset 0) place
  cross join lateral (
    select inside.* from (select * from passages where passages.place_id = place.id offset 0) inside
    join scopes on scopes.group_id = place.group_id
    where inside.words @@ scopes.query
    offset 0) passage`

/** What is taken back leaves the table of passages at once; here it is asked again, with what differs from reader to reader. */
function mayRead(reader: Reader, { accountId, blocked }: Looked): SQL {
  const seen = and(isNull(posts.withdrawnAt), isNull(posts.hiddenAt), isNull(posts.forgottenAt))
  const unblocked =
    blocked.length === 0
      ? undefined
      : and(
          or(isNull(posts.accountId), not(inArray(posts.accountId, blocked))),
          or(
            isNull(threads.startedBy),
            sql`passage.kind <> 'thread'`,
            not(inArray(threads.startedBy, blocked)),
          ),
        )
  return sql`(passage.thread_id is null or (${and(
    sql`(passage.kind <> 'post' or (posts.id is not null and ${seen} and ${isOpenTo(reader, accountId)}))`,
    unblocked,
  )}))`
}

/** Where it was said most comes first, a title before everything; then what is newest. */
const placeByPlace = (after: string | undefined): SQL => sql`
  places as (
    select place_id, found.group_id, count(*)::int as hits,
      row_number() over (order by sum(${WEIGHT}) desc,
        max(coalesce(episodes.imported_at, found.written_at)) desc nulls last, place_id) as number
    from found left join episodes on episodes.id = found.episode_id
    group by place_id, found.group_id
  ),
  page as (
    select * from places
    where number > coalesce((select number from places where place_id::text = ${after ?? ''}), 0)
    order by number limit ${PLACES_SHOWN}
  ),
  ending as (
    select place_id::text as next from page
    where number = (select max(number) from page) and number < (select max(number) from places)
  ),
  shown as (
    select * from (
      select found.*, row_number() over (partition by found.place_id order by ${WEIGHT} desc, start, id) as number
      from found join page on page.place_id = found.place_id) ranked
    where number <= ${HITS_OF_PLACE}
  )`

/** One episode: titles, then in the order of hearing, then what was written. */
const oneByOne = (after: string | undefined): SQL => sql`
  page as (select place_id, group_id, count(*)::int as hits, 1 as number from found group by place_id, group_id),
  ordered as (
    select *, row_number() over (
      order by array_position(array['title', 'highlight', 'chapter', 'transcript', 'thread', 'post', 'notes'], kind),
        start, first, "from", written_at, id, highlight_id) as number
    from found
  ),
  shown as (
    select * from ordered
    where number > coalesce((select number from ordered where coalesce(id::text, highlight_id::text) = ${after ?? ''}), 0)
    order by number limit ${HITS_SHOWN}
  ),
  ending as (
    select coalesce(id::text, highlight_id::text) as next from shown
    where number = (select max(number) from shown) and number < (select max(number) from ordered)
  )`

const WEIGHT = sql.raw(
  `case kind when 'title' then 50 when 'thread' then 20 when 'chapter' then 10 when 'highlight' then 6 when 'post' then 4 else 1 end`,
)
