import fc from 'fast-check'
import { it } from 'vitest'
import { aHistory, openLane, play } from '#tests/live-model/history.ts'

/** A night has 10,000: `LIVE_MODEL_RUNS=10000 vitest run --project stories tests/integration/live-model.test.ts`. */
const RUNS = Number(process.env.LIVE_MODEL_RUNS ?? 200)
const LANES = 4
/** Set what a failure printed to play it again. */
const SEED = process.env.LIVE_MODEL_SEED === undefined ? {} : { seed: Number(process.env.LIVE_MODEL_SEED) }

it(
  'L1 to L5, L7, L8, L10, L12, L24, L25, L27, L28, L31, L32, L34, L35, L45: whatever people do, twice, late and out of order, the room is what the model says, for every device',
  { timeout: 120_000 + RUNS * 2_000 },
  async () => {
    const lanes = await Promise.all(Array.from({ length: LANES }, openLane))
    await Promise.all(
      lanes.map((lane) =>
        fc.assert(
          fc.asyncProperty(aHistory, (history) => play(lane, history)),
          { ...SEED, numRuns: Math.ceil(RUNS / LANES), interruptAfterTimeLimit: RUNS * 2_000 },
        ),
      ),
    )
  },
)
