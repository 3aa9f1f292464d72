import { createHash } from 'node:crypto'
import type { Bench } from '../bench.ts'
import { takeLoad } from '../load.ts'
import { pick, POSTS, seedTalk } from '../seed-thread.ts'

const SIGN_IN = `
  select s.id, s.expires_at, s.created_at, a.id as account_id, a.name
  from sign_ins s join accounts a on a.id = s.account_id where s.id = $1`
const PAGE = `
  select p.id, p.number, p.account_id, a.name, p.body, p.posted_at, p.edited_at, p.withdrawn_at, p.hidden_at
  from posts p left join accounts a on a.id = p.account_id where p.thread_id = $1 order by p.number`

/** A thread of fifty posts, for somebody who is signed in: the whole application against a look at the sign-in and one select. */
export const bench: Bench = {
  name: 'thread read',
  about: `a thread of ${POSTS} posts, signed in`,
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('thread_read')
    stage.progress('writing threads')
    const talk = await seedTalk(databaseUrl, 40)
    const app = await stage.startApp(databaseUrl)
    const bare = await stage.startBare('thread-read', databaseUrl)
    const get = (path: string) => ({ method: 'GET' as const, path, headers: { cookie: pick(talk.cookies) } })
    return takeLoad(
      stage,
      'thread read',
      { leastRate: 0.75, mostP99: 1.5 },
      {
        ours: {
          address: app.address,
          next: () => get(`/api/groups/${talk.slug}/threads/${pick(talk.threadIds)}`),
        },
        bare: { address: bare.address, next: () => get(`/${pick(talk.threadIds)}`) },
      },
    )
  },
  serveBare: (app, pool) => {
    app.get<{ Params: { id: string } }>('/:id', async ({ params, headers }, reply) => {
      const token = headers.cookie?.replace('signin=', '') ?? ''
      const hash = createHash('sha256').update(token).digest('hex')
      const { rows: found } = await pool.query({ name: 'sign-in', text: SIGN_IN, values: [hash] })
      if (found.length === 0) return reply.code(401).send({})
      const { rows: posts } = await pool.query({ name: 'page', text: PAGE, values: [params.id] })
      return { posts }
    })
  },
}
