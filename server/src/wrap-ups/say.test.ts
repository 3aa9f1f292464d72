import { expect, it } from 'vitest'
import { sayUnder } from './say.ts'

it('L47: what was good stands under the title of its block, whether that is a question or not', () => {
  expect(sayUnder('Plus and delta', 'what was good')).toBe('Plus and delta, what was good')
  expect(sayUnder('How was it?', 'what was good')).toBe('How was it? What was good')
})
