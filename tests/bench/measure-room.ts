import { judge, median, type Result } from './bench.ts'
import { openSides, p99, writeSteadily } from './room-load.ts'
import type { Stage } from './stage.ts'

const PER_SECOND = 10
const ROUNDS = 7
/** Seconds that each side has in a round. */
const TURN = 5
/** Seconds before them that don't count: whoever waited for the other side's turn begins cold, a room that goes on does not. */
const RUN_IN = 1

/** Ours and the bare one in turns; of every turn the slowest of a hundred deliveries counts, and of these the median. */
export async function measureRoom(stage: Stage, name: string, people: number): Promise<Result[]> {
  const sides = await openSides(stage, name, { rooms: 1, people })
  const taken = { ours: [] as number[], bare: [] as number[] }
  try {
    const steady = { perSecond: PER_SECOND, seconds: TURN }
    stage.progress('warming up')
    for (const side of ['ours', 'bare'] as const) await writeSteadily(sides[side], steady)
    const turn = async (side: 'ours' | 'bare') => {
      await writeSteadily(sides[side], { ...steady, seconds: RUN_IN })
      return p99(await writeSteadily(sides[side], steady))
    }
    for (let round = 1; round <= ROUNDS; round += 1) {
      stage.progress(`round ${round} of ${ROUNDS}`)
      const order = round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
      for (const side of order) taken[side].push(await turn(side))
    }
  } finally {
    await sides.close()
  }
  return [
    judge({
      name: `${name}, p99`,
      unit: 'ms',
      ours: median(taken.ours),
      bare: median(taken.bare),
      goal: 1.5,
    }),
  ]
}
