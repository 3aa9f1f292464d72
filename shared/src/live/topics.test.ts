import { expect, it } from 'vitest'
import { LONGEST_TOPIC } from '../topics.ts'
import { titleFrom } from './topics.ts'

it('L26: a topic that nobody named is called by the beginning of its answer, cut between words', () => {
  expect(titleFrom('  We start late.\n\nEvery time. ')).toBe('We start late. Every time.')
  const long = titleFrom('meeting '.repeat(40))
  expect(long.length).toBeLessThanOrEqual(LONGEST_TOPIC)
  expect(long).toMatch(/meeting…$/)
  expect(titleFrom('x'.repeat(500))).toHaveLength(LONGEST_TOPIC)
  const exact = `${'x'.repeat(LONGEST_TOPIC - 1)} y`
  expect(titleFrom(exact)).toBe(`${'x'.repeat(LONGEST_TOPIC - 1)}…`)
  expect(titleFrom('😀'.repeat(300)).isWellFormed()).toBe(true)
})
