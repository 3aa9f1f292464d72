import { expect, it } from 'vitest'
import { nextStep } from './programme-progress.ts'

const programme = { sessions: [{ template: 'kickoff' }, { template: 'episode-circle' }], openEnded: false }

it('takes the steps of a programme in order, and knows its end', () => {
  expect(nextStep(programme, [])).toBe(0)
  expect(nextStep(programme, [0])).toBe(1)
  expect(nextStep(programme, [0, 1])).toBeUndefined()
})

it('goes on with the last step of an open-ended one', () => {
  expect(nextStep({ ...programme, openEnded: true }, [0, 1, 1])).toBe(1)
})
