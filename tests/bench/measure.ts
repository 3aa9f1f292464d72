import { Bench as Timer } from 'tinybench'
import type { Bench, Result } from './bench.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 9
/** Milliseconds that each side has in a round. */
const TURN = 700

/**
 * Ours and the bare one take turns, and the other begins each time; of every turn the median counts, and of these the
 * median. So what else the machine does meanwhile hits both, or is left out.
 */
export async function measure(bench: Bench, stage: Stage): Promise<Result> {
  const { ours, bare, parts } = await bench.prepare(stage)
  const taken = { ours: [] as number[], bare: [] as number[] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    stage.progress(`round ${round} of ${ROUNDS}`)
    const sides = [['ours', ours] as const, ['bare', bare] as const]
    for (const [side, turn] of round % 2 ? sides : sides.toReversed())
      taken[side].push((await timeOf(turn)) / parts)
  }
  const { name, unit, goal } = bench
  const [our, their] = [median(taken.ours), median(taken.bare)]
  const ratio = our / their
  return {
    name,
    unit,
    ours: rounded(our),
    bare: rounded(their),
    ratio: rounded(ratio),
    goal,
    met: ratio <= goal,
  }
}

async function timeOf(turn: () => Promise<void>): Promise<number> {
  const timer = new Timer({ time: TURN, iterations: 5, warmupTime: 100, warmupIterations: 2, throws: true })
  timer.add('turn', turn)
  const [task] = await timer.run()
  if (task?.result.state !== 'completed') throw new Error('The turn was not finished.')
  return task.result.latency.p50
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
const rounded = (number: number) => Math.round(number * 1000) / 1000
