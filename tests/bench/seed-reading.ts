import pg from 'pg'

const GROUPS = 400
/** The groups of whoever is asked about. */
const MINE = 40
const EPISODES = 12
const THREADS = 125
const MEMBERS = 10

/**
 * Many groups with threads, and their members who read: most threads to the end, some in part, some with gaps, some
 * never. Here and there something is withdrawn, hidden, shut until one answers, or of somebody blocked.
 * @returns the account that is asked about
 */
export async function seedReading(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Only for rows that are right by how they are made: the foreign keys are not asked a million times.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
    await client.query(`select setseed(0.42)`)
    await client.query(`
      insert into accounts (id, email, name, verified_at)
      select gen_random_uuid(), 'person' || n || '@example.org', 'Person ' || n, now()
      from generate_series(1, ${(GROUPS * MEMBERS) / 4}) n;
      create temp table person as select id, row_number() over (order by email) as n from accounts;
      insert into groups (slug, name, kind, visibility, admission, rhythm, zone, places)
      select 'group-' || n, 'Group ' || n, 'internal', 'private', 'invite-only', 'weekly', 'UTC', 12
      from generate_series(1, ${GROUPS}) n;
      create temp table circle as select id, row_number() over (order by slug) as n from groups;
      insert into memberships (group_id, account_id, role, status)
      select circle.id, person.id, 'member', 'active'
      from circle join generate_series(0, ${MEMBERS - 1}) k on true
        join person on person.n = case when k = 0 and circle.n <= ${MINE} then 1
          else 2 + (circle.n * 7 + k * 131) % (select count(*) - 2 from person) end
      on conflict do nothing;
      insert into episodes (group_id, title)
      select id, 'Episode ' || n from circle cross join generate_series(1, ${EPISODES}) as e (number);
      create temp table place as
        select id, group_id, row_number() over (partition by group_id order by id) as n from episodes;
      insert into rooms (id, group_id, kind) select id, group_id, 'episode' from episodes;
      insert into threads (group_id, room_id, episode_id, anchor, answer_first, last_number)
      select place.group_id, place.id, place.id,
        jsonb_build_object('quote', repeat('word ', 30), 'prefix', repeat('a', 32), 'suffix', repeat('b', 32),
          'speaker', null, 'start', t, 'end', t + 5, 'chapter', null),
        random() < 0.02, 1 + floor(random() ^ 2 * 30)
      from circle join generate_series(1, ${THREADS}) t on true
        join place on place.group_id = circle.id and place.n = 1 + t % ${EPISODES}
      order by random()`)
    await client.query(`
      create temp table near as select id, n from circle where n <= ${MINE};
      create index on near (id);
      insert into posts (group_id, thread_id, number, account_id, body, posted_at, withdrawn_at, hidden_at)
      select threads.group_id, threads.id, number, writer.account_id, 'words', now(),
        case when r < 0.02 then now() end, case when r > 0.99 then now() end
      from threads join near on near.id = threads.group_id
      cross join lateral generate_series(1, threads.last_number) number
      cross join lateral (select random() as r where number > 0) chance
      cross join lateral (
        select account_id from memberships
        where memberships.group_id = threads.group_id and memberships.account_id <> (select id from person where n = 1)
        order by md5(account_id::text || threads.id::text || number::text) limit 1) writer;
      update threads set gone = found.gone, gone_count = found.count
      from (select thread_id, range_agg(int4range(number, number + 1)) as gone, count(*)::int as count from posts
        where withdrawn_at is not null or hidden_at is not null group by thread_id) found
      where threads.id = found.thread_id;
      insert into blocked_people (account_id, blocked_id, since)
      select (select id from person where n = 1), account_id, now() from (
        select account_id from memberships join near on near.id = memberships.group_id
        where account_id <> (select id from person where n = 1) order by account_id limit 1) someone`)
    await client.query(`
      insert into thread_reads (account_id, group_id, thread_id, ranges, size, revision, read_at)
      select account_id, group_id, thread_id, ranges,
        (select coalesce(sum(upper(one) - lower(one)), 0) from unnest(ranges) one), 1, now()
      from (
        select memberships.account_id, threads.group_id, threads.id as thread_id, case
          when how < 0.8 or last_number < 3 then int4multirange(int4range(1, last_number + 1))
          when how < 0.92 then int4multirange(int4range(1, last_number / 2 + 1))
          else int4multirange(int4range(1, 2), int4range(last_number, last_number + 1)) end as ranges
        from threads join memberships on memberships.group_id = threads.group_id
        cross join lateral (select random() as how, random() as opened where threads.last_number > 0) chance
        where opened < 0.85 order by random()) reading`)
    await client.query('vacuum analyze')
    const { rows } = await client.query<{ id: string }>('select id from person where n = 1')
    return rows[0]?.id ?? ''
  } finally {
    await client.end()
  }
}
