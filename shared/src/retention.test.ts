import { expect, it } from 'vitest'
import { isShorter, keptSince } from './retention.ts'

it.each([
  [3, '2026-11-22T09:00:00Z', '2026-08-22T09:00:00.000Z'],
  [3, '2026-05-31T23:30:00Z', '2026-02-28T23:30:00.000Z'],
  [6, '2028-08-31T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  [24, '2026-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z'],
])('%i months before %s is %s', (months, now, since) => {
  expect(keptSince(months, new Date(now)).toISOString()).toBe(since)
})

it('shorter is only what deletes something that is kept now', () => {
  expect([isShorter(6, null), isShorter(6, 12)]).toEqual([true, true])
  expect([isShorter(null, 6), isShorter(12, 6), isShorter(6, 6), isShorter(null, null)]).toEqual([
    false,
    false,
    false,
    false,
  ])
})
