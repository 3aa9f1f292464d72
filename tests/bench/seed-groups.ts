import pg from 'pg'
import { bigCities } from '#server/cities/gazetteer.ts'

/** How many groups, and what hangs on them: about as many rows as a busy country has. */
export const GROUPS_SEEDED = 50_000

const TOPICS = [
  'leading without authority',
  'negotiation',
  'feedback that helps',
  'a career plan that holds',
  'managing people',
  'ethics at work',
  'networking for quiet people',
  'interviewing from both sides',
  'explaining things to a non-technical room',
  'first time managers',
]
const KINDS = ['Circle', 'Rectangle', 'Table', 'Evening', 'Breakfast', 'Round', 'Workshop', 'Club']
const LANGUAGES = ['en', 'en', 'en', 'en', 'de', 'de', 'es', 'fr', 'pt-BR', 'ja', 'hi', 'fi', null]

/**
 * Groups in the big cities of the world, the more people the more groups; seven of ten are public, some have ended, one in
 * three can be joined from afar. Each meets every week or two, twelve times back and up to eight ahead.
 */
export async function seedGroups(url: string, now: Date, count = GROUPS_SEEDED): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Only for rows that are right by how they are made: the foreign keys are not asked a million times.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
    await client.query(`select setseed(0.42)`)
    await client.query(
      `create temp table city as
       select row_number() over () as number, c.*
       from json_to_recordset($1) as c (name text, latitude float8, longitude float8, zone text, share int)
       cross join lateral generate_series(1, c.share)`,
      [JSON.stringify(bigCities(1_000).map((city) => ({ ...city, share: shareOf(city.people) })))],
    )
    await client.query(
      `insert into accounts (id, email, name, verified_at)
       select gen_random_uuid(), 'person' || n || '@example.org', 'Person ' || n, $1
       from generate_series(1, $2::int) n`,
      [now, count],
    )
    await client.query(
      `with numbered as (
         select n, random() as r, random() as far, 1 + floor(random() * (select count(*) from city))::int as place
         from generate_series(1, $2::int) n
       )
       insert into groups (slug, name, purpose, kind, visibility, admission, rhythm, zone, places, language,
         city, latitude, longitude, venue, online_link, archived_at, created_at)
       select 'group-' || n,
         ($3::text[])[1 + n % cardinality($3::text[])] || ' of ' || coalesce(city.name, 'the world') || ' ' || n,
         'We practise ' || ($4::text[])[1 + (n / 7) % cardinality($4::text[])] || ' and '
           || ($4::text[])[1 + (n / 3) % cardinality($4::text[])] || ', and come back with what happened.',
         case when r < 0.7 then 'meetup' else 'internal' end,
         case when r < 0.7 then 'public' when r < 0.8 then 'unlisted' else 'private' end,
         'open', 'weekly', coalesce(city.zone, 'UTC'), 12,
         ($5::text[])[1 + n % cardinality($5::text[])],
         city.name, city.latitude, city.longitude,
         case when city.name is null then null else 'Library ' || n % 40 end,
         case when far < 0.35 or city.name is null then 'https://meet.example.org/' || n end,
         case when n % 17 = 0 then $1::timestamptz - interval '30 days' end,
         $1::timestamptz - n * interval '7 minutes'
       from numbered left join city on city.number = place and far > 0.1`,
      [now, count, KINDS, TOPICS, LANGUAGES],
    )
    await client.query(
      `insert into sessions (group_id, title, starts_at, ends_at, status)
       select id, 'Evening ' || k, at, at + interval '90 minutes',
         case when at < $1::timestamptz then 'wrapped-up' when random() < 0.05 then 'cancelled' else 'scheduled' end
       from groups, generate_series(-12, 7) k,
         lateral (select date_trunc('hour', $1::timestamptz) + k * interval '7 days'
           + ('x' || substr(id::text, 1, 4))::bit(16)::int % 168 * interval '1 hour' as at) when_it_is
       where k < ('x' || substr(id::text, 5, 2))::bit(8)::int % 9`,
      [now],
    )
    await client.query(
      `insert into memberships (group_id, account_id, role, status, joined_at)
       select groups.id, accounts.id, case when k = 0 then 'organizer' else 'member' end, 'active', $1
       from (select id, row_number() over () as n from groups) groups
       join generate_series(0, 8) k on k <= 3 + n % 6
       join (select id, row_number() over () as n from accounts) accounts
         on accounts.n = 1 + (groups.n * 7 + k * 131) % $2::int
       on conflict do nothing`,
      [now, count],
    )
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

const shareOf = (people: number) => Math.max(1, Math.round(people / 400_000))
