import { judge, median, type Bench } from '../bench.ts'
import { openSides, p99, serveBareRooms, writeSteadily } from '../room-load.ts'

const ROOMS = 1_000
const PEOPLE = 8
const ROUNDS = 5
/** Somebody in each room does something every ten seconds. */
const STEADY = { perSecond: ROOMS / 10, seconds: 10 }

/** A thousand groups meet at the same hour. */
export const bench: Bench = {
  name: 'rooms 1000x8',
  about: '1,000 rooms of eight people, each with an answer every ten seconds',
  measure: async (stage) => {
    const sides = await openSides(stage, 'rooms 1000x8', { rooms: ROOMS, people: PEOPLE })
    const taken = { ours: [] as number[], bare: [] as number[] }
    try {
      stage.progress('warming up')
      for (const side of ['ours', 'bare'] as const) await writeSteadily(sides[side], STEADY)
      for (let round = 1; round <= ROUNDS; round += 1) {
        stage.progress(`round ${round} of ${ROUNDS}`)
        const order = round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
        for (const side of order) taken[side].push(p99(await writeSteadily(sides[side], STEADY)))
      }
    } finally {
      await sides.close()
    }
    const [ours, bare] = [median(taken.ours), median(taken.bare)]
    return [judge({ name: 'rooms 1000x8, p99', unit: 'ms', ours, bare, goal: 100, goalFor: 'ours' })]
  },
  serveBare: serveBareRooms,
}
