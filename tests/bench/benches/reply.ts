import { createHash, randomUUID } from 'node:crypto'
import type { Bench } from '../bench.ts'
import { takeLoad } from '../load.ts'
import { pick, seedTalk } from '../seed-thread.ts'

const WORDS = 'I tried it on Monday: **one question**, one minute alone, then around the table.'
const SIGN_IN = `
  select a.id, m.group_id, t.id as thread_id, t.room_id
  from sign_ins s join accounts a on a.id = s.account_id
    join memberships m on m.account_id = a.id and m.status = 'active'
    join threads t on t.group_id = m.group_id and t.id = $2
  where s.id = $1 and s.expires_at > now()`

/**
 * A reply that is authorised, durable, numbered in its thread and in the log of its room, found by a search, read by its
 * writer and told to the room: the whole application against a handler that does the same transaction in SQL.
 */
export const bench: Bench = {
  name: 'reply',
  about: 'a reply in a thread, signed in, durable and told',
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('reply')
    stage.progress('writing threads')
    // Enough that none is full before the end.
    const talk = await seedTalk(databaseUrl, 2_000)
    const app = await stage.startApp(databaseUrl)
    const bare = await stage.startBare('reply', databaseUrl)
    const post = (path: string, body: object) => ({
      method: 'POST' as const,
      path,
      headers: {
        cookie: pick(talk.cookies),
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
      },
      body: JSON.stringify(body),
    })
    return takeLoad(
      stage,
      'reply',
      { leastRate: 0.75, mostP99: 1.5 },
      {
        ours: {
          address: app.address,
          next: () =>
            post(`/api/groups/${talk.slug}/threads/${pick(talk.threadIds)}/posts`, {
              postId: randomUUID(),
              body: WORDS,
            }),
        },
        bare: {
          address: bare.address,
          next: () => post(`/${pick(talk.threadIds)}`, { postId: randomUUID(), body: WORDS }),
        },
      },
    )
  },
  serveBare: (app, pool) => {
    app.post<{ Params: { id: string }; Body: { postId: string; body: string } }>(
      '/:id',
      async ({ params, headers, body }, reply) => {
        const token = headers.cookie?.replace('signin=', '') ?? ''
        const hash = createHash('sha256').update(token).digest('hex')
        const { rows } = await pool.query<Who>({ name: 'who', text: SIGN_IN, values: [hash, params.id] })
        const [who] = rows
        if (!who) return reply.code(401).send({})
        const client = await pool.connect()
        try {
          await client.query('begin')
          const ask = (name: string, text: string, values: unknown[]) =>
            client.query<{ number: number }>({ name, text, values })
          const { rows: rooms } = await ask('room', 'select number from rooms where id = $1 for update', [
            who.room_id,
          ])
          const { rows: threads } = await ask(
            'thread',
            'update threads set last_number = last_number + 1 where id = $1 returning last_number as number',
            [who.thread_id],
          )
          const number = threads[0]?.number ?? 0
          await ask(
            'post',
            `insert into posts (id, group_id, thread_id, number, account_id, body, posted_at)
             values ($1, $2, $3, $4, $5, $6, now())`,
            [body.postId, who.group_id, who.thread_id, number, who.id, body.body],
          )
          await ask(
            'passage',
            `insert into passages (group_id, kind, place_id, episode_id, thread_id, post_id, language, words)
             select $1, 'post', coalesce(episode_id, id), episode_id, id, $2, 'simple', to_tsvector('simple', $3)
             from threads where id = $4`,
            [who.group_id, body.postId, body.body, who.thread_id],
          )
          await ask(
            'mark',
            `insert into thread_reads as mine (account_id, group_id, thread_id, ranges, size, revision, read_at)
             values ($1, $2, $3, int4multirange(int4range(1, $4::int + 1)), $4, 1, now())
             on conflict (account_id, thread_id) do update
             set ranges = mine.ranges + excluded.ranges, size = excluded.size, revision = mine.revision + 1`,
            [who.id, who.group_id, who.thread_id, number],
          )
          const event = (rooms[0]?.number ?? 0) + 1
          await ask(
            'event',
            'insert into room_events (room_id, number, event, at) values ($1, $2, $3, now())',
            [
              who.room_id,
              event,
              JSON.stringify({ type: 'post-added', threadId: who.thread_id, postId: body.postId }),
            ],
          )
          await ask('count', 'update rooms set number = $2 where id = $1', [who.room_id, event])
          await client.query('commit')
          await ask('tell', 'select pg_notify($1, $2)', [
            'bare',
            JSON.stringify({ room: who.room_id, event }),
          ])
          return { number }
        } finally {
          client.release()
        }
      },
    )
  },
}

type Who = { id: string; group_id: string; thread_id: string; room_id: string }
