import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'

/** A group whose members talk about an episode: threads of fifty posts each. */
export type Talk = {
  slug: string
  groupId: string
  episodeId: string
  threadIds: string[]
  /** One for each member: what their browser holds. */
  cookies: string[]
}

const MEMBERS = 60
export const POSTS = 50

const WORDS = [
  'I tried this in our planning on Monday, and the first five minutes were quiet. Then somebody asked **what we had not said**, and we went on for an hour.',
  'What helped me: write the question down before the meeting, and read it aloud once.\n\n- one question\n- one minute alone\n- then around the table',
  'Has anybody seen this go wrong? With us the loudest voice still decided, as [described here](https://example.org/a-page).',
  '> the part about asking for help\n\nThat is the one I keep coming back to.',
]

/** Straight into the tables, as the application would have written it. */
export async function seedTalk(databaseUrl: string, threads: number, posts = POSTS): Promise<Talk> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const talk: Talk = {
    slug: 'circle',
    groupId: randomUUID(),
    episodeId: randomUUID(),
    threadIds: Array.from({ length: threads }, () => randomUUID()),
    cookies: [],
  }
  const { groupId, episodeId } = talk
  try {
    await client.query(
      `insert into groups (id, slug, name, kind, visibility, admission, rhythm, zone, places)
       values ($1, $2, 'Circle', 'internal', 'private', 'invite-only', 'weekly', 'UTC', 80)`,
      [groupId, talk.slug],
    )
    const { rows: people } = await client.query<{ id: string }>(
      `insert into accounts (email, name, verified_at)
       select 'member' || n || '@example.org', 'Member ' || n, now() from generate_series(1, $1) n returning id`,
      [MEMBERS],
    )
    const ids = people.map(({ id }) => id)
    await client.query(
      `insert into memberships (group_id, account_id, role, status) select $1, unnest($2::uuid[]), 'member', 'active'`,
      [groupId, ids],
    )
    const tokens = ids.map(() => randomBytes(32).toString('base64url'))
    await client.query(
      `insert into sign_ins (id, account_id, expires_at, created_at)
       select s.id, s.account_id, now() + interval '14 days', now() from unnest($1::text[], $2::uuid[]) s (id, account_id)`,
      [tokens.map((token) => createHash('sha256').update(token).digest('hex')), ids],
    )
    talk.cookies = tokens.map((token) => `signin=${token}`)
    await client.query(`insert into episodes (id, group_id, title) values ($1, $2, 'An episode')`, [
      episodeId,
      groupId,
    ])
    await client.query(
      `insert into rooms (id, group_id, kind) values ($1, $2, 'episode'), ($2, $2, 'group') on conflict do nothing`,
      [episodeId, groupId],
    )
    await client.query(
      `insert into threads (id, group_id, room_id, episode_id, title, started_by, last_number)
       select t.id, $2, $3, $3, 'Asking for help', ($4::uuid[])[1 + t.n % cardinality($4::uuid[])], $5
       from unnest($1::uuid[]) with ordinality t (id, n)`,
      [talk.threadIds, groupId, episodeId, ids, posts],
    )
    await client.query(
      `insert into posts (group_id, thread_id, number, account_id, body, posted_at)
       select $2, t.id, p, ($3::uuid[])[1 + (p * 7 + t.n) % cardinality($3::uuid[])],
         ($4::text[])[1 + p % cardinality($4::text[])], now() - interval '1 day' + p * interval '1 minute'
       from unnest($1::uuid[]) with ordinality t (id, n), generate_series(1, $5) p`,
      [talk.threadIds, groupId, ids, WORDS, posts],
    )
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return talk
}

/** One of a list, another each time. */
export const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T
