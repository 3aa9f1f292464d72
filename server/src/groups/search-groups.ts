import { sql, type SQL } from 'drizzle-orm'
import { FINDABLE, GROUP_LANGUAGE, GROUP_WORDS, SCHEDULED } from '#db/schema.ts'
import { boxAround, fold, type Point } from '#shared/cities.ts'
import { GROUPS_SHOWN } from '#shared/groups.ts'
import type { Cursor } from './find-cursor.ts'

/** What is looked for, understood and checked. */
export type Search = {
  words: string
  near: (Point & { kilometres: number }) | undefined
  /** 1 is Monday: of the next session, on the clock of its group. */
  weekday: number | undefined
  language: string | undefined
  meets: 'in person' | 'online' | 'hybrid' | undefined
}

/** Up to so many groups are sorted by their next session; with more, the sessions ahead are gone through in order. */
const FEW = 1_000
const WORDS_HEARD = 10

/** A group of the list, as the database gives it; times are milliseconds. */
export type FoundRow = {
  many?: boolean
  id: string | null
  slug: string
  name: string
  purpose: string
  kind: 'internal' | 'meetup'
  city: string | null
  language: string | null
  in_person: boolean
  online: boolean
  rhythm: 'weekly' | 'fortnightly' | 'monthly' | 'none'
  zone: string
  first_session_at: number | null
  created_at: number
  places: number
  member_count: number
  next_id: string | null
  next_title: string | null
  next_starts_at: number | null
  next_ends_at: number | null
  kilometres: number | null
}

/**
 * One page and one more, in one statement over the indexes of db/src/schema. docs/scale.md says what it costs. Each row says
 * whether there are `many`; a row without an id says only that.
 */
export function searchGroups(search: Search, now: Date, after?: Cursor): SQL {
  const [counted, many, page] = search.near
    ? [sql``, sql`false`, byDistance(search, search.near, now, after)]
    : search.words || search.language
      ? [
          sql`with found as materialized (select groups.* from groups where ${fits(search)} limit ${FEW + 1})`,
          MANY,
          byWords(search, now, after),
        ]
      : [sql``, sql`true`, byTime(search, now, after)]
  return sql`
    ${counted}
    select ${many} as many, page.*, ${MEMBERS} as member_count
    from (select) as always left join (${page}) page on true
    order by ${inOrder(search)}`
}

/** Groups without a session ahead, newest first: they come after all the others. */
export function searchResting(search: Search, now: Date, after?: Cursor): SQL {
  const beyond =
    after?.of === 'rest'
      ? sql`and (groups.created_at, groups.id) < (${at(after.made)}, ${after.id}::uuid)`
      : sql``
  return sql`
    select page.*, ${MEMBERS} as member_count from (
      select ${COLUMNS}, ${NO_NEXT}, null::float8 as kilometres
      from groups
      where ${fits(search)} ${beyond} and not exists (
        select from sessions where sessions.group_id = groups.id and ${SCHEDULED} and starts_at > ${at(now)})
      order by groups.created_at desc, groups.id desc
      limit ${GROUPS_SHOWN + 1}) page
    order by created_at desc, id desc`
}

/** How many groups fit, as far as anybody counts. */
export function countGroups(search: Search, now: Date, most: number): SQL {
  const { near, weekday } = search
  return sql`
    select count(*)::int as groups from (
      select from groups ${weekday ? sql`cross join ${nextOf(now)}` : sql``}
      where ${fits(search)} ${near ? sql`and ${distanceFrom(near)} <= ${near.kilometres}` : sql``} ${on(weekday)}
      limit ${most}) counted`
}

/** The nearest first. The next session is looked up for those that are shown, or asked when its day matters. */
function byDistance(search: Search, near: NonNullable<Search['near']>, now: Date, after?: Cursor): SQL {
  const beyond =
    after?.of === 'near' ? sql`and (kilometres, groups.id) > (${after.kilometres}, ${after.id}::uuid)` : sql``
  const asked = search.weekday !== undefined
  const inside = sql`
    select groups.*, ${distanceFrom(near)} as kilometres from groups where ${fits(search)} offset 0`
  const nearest = sql`order by kilometres, groups.id limit ${GROUPS_SHOWN + 1}`
  if (asked)
    return sql`
      select ${COLUMNS}, ${NEXT}, kilometres from (${inside}) groups cross join ${nextOf(now)}
      where kilometres <= ${near.kilometres} ${beyond} ${on(search.weekday)} ${nearest}`
  return sql`
    select ${COLUMNS}, ${NEXT}, kilometres
    from (select * from (${inside}) groups where kilometres <= ${near.kilometres} ${beyond} ${nearest}) groups
    left join ${nextOf(now)} on true`
}

/**
 * Few groups are sorted; where many have the words, going through the sessions ahead finds a page sooner. PostgreSQL can't
 * foresee which it is, so it counts first, and the way that is not taken is not gone.
 */
function byWords(search: Search, now: Date, after?: Cursor): SQL {
  const beyond =
    after?.of === 'time'
      ? sql`and (next.starts_at is null or (next.starts_at, groups.id) > (${at(after.startsAt)}, ${after.id}::uuid))`
      : after?.of === 'rest'
        ? sql`and next.starts_at is null and (groups.created_at, groups.id) < (${at(after.made)}, ${after.id}::uuid)`
        : sql``
  return sql`
    (select ${COLUMNS}, ${NEXT}, null::float8 as kilometres
      from found groups left join ${nextOf(now)} on true
      where not ${MANY} ${beyond} ${on(search.weekday)}
      order by next.starts_at nulls last, case when next.starts_at is null then groups.created_at end desc,
        case when next.starts_at is null then groups.id end desc, groups.id
      limit ${GROUPS_SHOWN + 1})
    union all
    (select * from (${byTime(search, now, after)}) ahead where ${MANY})`
}

/** Whoever meets soonest first: the sessions ahead are gone through until a page is full. */
function byTime(search: Search, now: Date, after?: Cursor): SQL {
  const { weekday } = search
  const beyond =
    after?.of === 'time'
      ? sql`and (ahead.starts_at, ahead.group_id) > (${at(after.startsAt)}, ${after.id}::uuid)`
      : sql``
  const from = after?.of === 'time' ? new Date(Math.max(after.startsAt.getTime(), now.getTime())) : now
  const over = after?.of === 'rest' ? sql`and false` : sql``
  const earliest = weekday ? firstMomentOf(weekday, from) : now
  // In the order of the index, which alone says what is needed here; `offset 0` has each group looked at as it comes.
  return sql`
    select ${COLUMNS}, ${NEXT}, null::float8 as kilometres
    from (
      select groups.*, ahead.id as session_id
      from sessions ahead cross join lateral (
        select * from groups
        where groups.id = ahead.group_id and ${fits(search)} ${on(weekday, 'ahead')} offset 0) groups
      where ahead.status = 'scheduled' and ahead.starts_at > ${at(now)} and ahead.starts_at >= ${at(earliest)}
        ${beyond} ${over} ${couldBe(weekday)} and ahead.id = (
          select id from sessions
          where sessions.group_id = ahead.group_id and ${SCHEDULED} and starts_at > ${at(now)}
          order by starts_at, id limit 1)
      order by ahead.starts_at, ahead.group_id
      limit ${GROUPS_SHOWN + 1}) groups
    join sessions next on next.id = groups.session_id`
}

/** What holds for a group by itself. */
function fits({ words, near, language, meets }: Search): SQL {
  const parts: SQL[] = [FINDABLE]
  if (words) parts.push(sql`${GROUP_WORDS} @@ ${queryOf(words)}::tsquery`)
  if (near) parts.push(within(near))
  if (language?.includes('-')) parts.push(sql`groups.language = ${language}`)
  if (language) parts.push(sql`${GROUP_LANGUAGE} = ${language.split('-')[0]}`)
  if (meets === 'online' || meets === 'hybrid') parts.push(sql`groups.online_link is not null`)
  if (meets === 'in person' || meets === 'hybrid') parts.push(IN_PERSON)
  return sql.join(parts, sql` and `)
}

/** The box that the index knows; what lies in its corners is too far and falls out later. */
function within(near: Point & { kilometres: number }): SQL {
  const { south, north, west, east } = boxAround(near, near.kilometres)
  const across =
    west <= east
      ? sql`groups.longitude between ${west} and ${east}`
      : sql`(groups.longitude >= ${west} or groups.longitude <= ${east})`
  return sql`groups.latitude between ${south} and ${north} and ${across}`
}

/** As `distanceOf` in shared/src/cities.ts. */
const distanceFrom = ({ latitude, longitude }: Point): SQL => sql`
  (12742.0176 * asin(sqrt(least(1, sin(radians(groups.latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(groups.latitude))
    * sin(radians(groups.longitude - ${longitude}::float8) / 2) ^ 2))))`

/** Each word begins one of the group's. Only letters and digits are left, so nothing in it is an operator. */
export const wordsIn = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, WORDS_HEARD)
const queryOf = (text: string) =>
  wordsIn(text)
    .map((word) => `'${word}':*`)
    .join(' & ')

const nextOf = (now: Date): SQL => sql`
  lateral (select id, title, starts_at, ends_at from sessions
    where sessions.group_id = groups.id and ${SCHEDULED} and starts_at > ${at(now)}
    order by starts_at, id limit 1) next`

const on = (weekday: number | undefined, session: 'next' | 'ahead' = 'next'): SQL =>
  weekday === undefined
    ? sql``
    : sql`and extract(isodow from ${sql.raw(session)}.starts_at at time zone groups.zone) = ${weekday}`

/** A weekday lasts fifty hours, from where it begins first (fourteen hours before UTC) to where it ends last. */
const DAY_ANYWHERE = 50 * 3600
/** Monday, 5 January 1970, begins: in seconds. */
const FIRST_MONDAY = 4 * 86_400 - 14 * 3600

/** Only what the index knows, so that what can't be meant is passed over quickly. */
const couldBe = (weekday: number | undefined): SQL =>
  weekday === undefined
    ? sql``
    : sql`and (extract(epoch from ahead.starts_at)::bigint - ${FIRST_MONDAY + (weekday - 1) * 86_400}::bigint) % 604800 < ${DAY_ANYWHERE}`

/** The next moment at which it could be that weekday anywhere. */
function firstMomentOf(weekday: number, from: Date): Date {
  const week = 604_800_000
  const since = (((from.getTime() - (FIRST_MONDAY + (weekday - 1) * 86_400) * 1000) % week) + week) % week
  return since < DAY_ANYWHERE * 1000 ? from : new Date(from.getTime() + week - since)
}

const inOrder = ({ near }: Search): SQL =>
  near
    ? sql`kilometres, id`
    : sql`next_starts_at nulls last, case when next_starts_at is null then created_at end desc,
        case when next_starts_at is null then id end desc, id`

const at = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`
const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const MANY = sql.raw(`((select count(*) from found) > ${FEW})`)
const IN_PERSON = sql.raw(`(groups.city is not null or groups.venue is not null)`)
const MEMBERS = sql.raw(
  `(select count(*)::int from memberships where memberships.group_id = page.id and memberships.status = 'active')`,
)
const COLUMNS = sql.raw(
  [
    ...['id', 'slug', 'name', 'purpose', 'kind', 'city', 'language', 'rhythm', 'zone', 'places'].map(
      (column) => `groups.${column}`,
    ),
    `(groups.city is not null or groups.venue is not null) as in_person`,
    `groups.online_link is not null as online`,
    `${milliseconds('groups.first_session_at')} as first_session_at`,
    `${milliseconds('groups.created_at')} as created_at`,
  ].join(', '),
)
const NEXT = sql.raw(
  `next.id as next_id, next.title as next_title, ${milliseconds('next.starts_at')} as next_starts_at, ${milliseconds('next.ends_at')} as next_ends_at`,
)
const NO_NEXT = sql.raw(
  `null::uuid as next_id, null::text as next_title, null::float8 as next_starts_at, null::float8 as next_ends_at`,
)
