import { Pool } from 'undici'
import { judge, median, type Result } from './bench.ts'
import { anotherNetwork, type Stage } from './stage.ts'

/** As many ask at once as this, each again as soon as it was answered. */
const CONNECTIONS = 50
const ROUNDS = 7
/** Milliseconds that each side has in a round, and before the first. */
const TURN = 3_000

/** What is sent; called anew for each request. */
export type Request = {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}
type Side = { address: string; next: () => Request }
type Taken = { rate: number; p99: number }

/**
 * Ours and the bare one under the same load, in turns: how many requests a second are answered, and how long the slowest of
 * a hundred takes. Of all rounds the median counts.
 */
export async function takeLoad(
  stage: Stage,
  name: string,
  { leastRate, mostP99 }: { leastRate: number; mostP99: number },
  sides: { ours: Side; bare: Side },
): Promise<Result[]> {
  const pools = {
    ours: new Pool(sides.ours.address, { connections: CONNECTIONS, pipelining: 1 }),
    bare: new Pool(sides.bare.address, { connections: CONNECTIONS, pipelining: 1 }),
  }
  const taken = { ours: [] as Taken[], bare: [] as Taken[] }
  try {
    stage.progress('warming up')
    for (const side of ['ours', 'bare'] as const) await load(pools[side], sides[side], TURN)
    for (let round = 1; round <= ROUNDS; round += 1) {
      stage.progress(`round ${round} of ${ROUNDS}, ${CONNECTIONS} connections`)
      const order = round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
      for (const side of order) taken[side].push(await load(pools[side], sides[side], TURN))
    }
  } finally {
    await Promise.all([pools.ours.close(), pools.bare.close()])
  }
  const of = (side: 'ours' | 'bare', what: keyof Taken) => median(taken[side].map((one) => one[what]))
  return [
    judge({
      name,
      unit: 'requests/s',
      ours: of('ours', 'rate'),
      bare: of('bare', 'rate'),
      goal: leastRate,
      atLeast: true,
    }),
    judge({
      name: `${name}, p99`,
      unit: 'ms',
      ours: of('ours', 'p99'),
      bare: of('bare', 'p99'),
      goal: mostP99,
    }),
  ]
}

async function load(pool: Pool, { next }: Side, milliseconds: number): Promise<Taken> {
  const began = performance.now()
  const until = began + milliseconds
  const times: number[] = []
  const asker = async () => {
    while (performance.now() < until) {
      const { method, path, headers, body } = next()
      const asked = performance.now()
      const answer = await pool.request({
        method,
        path,
        headers: { ...headers, 'x-forwarded-for': anotherNetwork() },
        body: body ?? null,
      })
      const text = await answer.body.text()
      if (answer.statusCode !== 200)
        throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`)
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, asker))
  const seconds = (performance.now() - began) / 1000
  times.sort((one, other) => one - other)
  return { rate: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN }
}
