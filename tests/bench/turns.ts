import { Bench as Timer } from 'tinybench'
import { judge, median, type Result } from './bench.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 9
/** Milliseconds that each side has in a round. */
const TURN = 700

/** One turn of each side. A turn says nothing; its time is taken. */
type Sides = {
  ours: () => Promise<unknown>
  bare: () => Promise<unknown>
  /** How many of what is measured there are in a turn. */
  parts: number
}

/**
 * Ours and the bare one take turns, and the other begins each time; of every turn the median counts, and of these the
 * median. So what else the machine does meanwhile hits both, or is left out.
 */
export async function takeTurns(
  stage: Stage,
  goal: Pick<Result, 'name' | 'goal' | 'goalFor'>,
  { ours, bare, parts }: Sides,
): Promise<Result> {
  const taken = { ours: [] as number[], bare: [] as number[] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    stage.progress(`round ${round} of ${ROUNDS}`)
    const sides = [['ours', ours] as const, ['bare', bare] as const]
    for (const [side, turn] of round % 2 ? sides : sides.toReversed())
      taken[side].push((await timeOf(turn)) / parts)
  }
  return judge({ ...goal, unit: 'ms', ours: median(taken.ours), bare: median(taken.bare) })
}

async function timeOf(turn: () => Promise<unknown>): Promise<number> {
  const timer = new Timer({ time: TURN, iterations: 5, warmupTime: 100, warmupIterations: 2, throws: true })
  timer.add('turn', async () => {
    await turn()
  })
  const [task] = await timer.run()
  if (task?.result.state !== 'completed') throw new Error('The turn was not finished.')
  return task.result.latency.p50
}
