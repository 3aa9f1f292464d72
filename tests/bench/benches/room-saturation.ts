import { judge, median, type Bench } from '../bench.ts'
import { openSides, serveBareRooms, writeAtOnce } from '../room-load.ts'

const PEOPLE = 250
const ROUNDS = 7
const LOAD = { writers: 20, seconds: 5 }

/** One room, and twenty who write without a pause: how many deliveries a second there are at most. */
export const bench: Bench = {
  name: 'room saturation',
  about: `${PEOPLE} people in one room, ${LOAD.writers} of whom write without a pause`,
  measure: async (stage) => {
    const sides = await openSides(stage, 'room saturation', { rooms: 1, people: PEOPLE })
    const taken = { ours: [] as number[], bare: [] as number[] }
    try {
      stage.progress('warming up')
      for (const side of ['ours', 'bare'] as const) await writeAtOnce(sides[side], LOAD)
      for (let round = 1; round <= ROUNDS; round += 1) {
        stage.progress(`round ${round} of ${ROUNDS}`)
        const order = round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
        for (const side of order) taken[side].push(await writeAtOnce(sides[side], LOAD))
      }
    } finally {
      await sides.close()
    }
    const [ours, bare] = [median(taken.ours), median(taken.bare)]
    return [judge({ name: 'room saturation', unit: 'deliveries/s', ours, bare, goal: 0.8, atLeast: true })]
  },
  serveBare: serveBareRooms,
}
