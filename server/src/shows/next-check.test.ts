import { expect, it } from 'vitest'
import { afterFailing, afterReading } from './next-check.ts'

const now = new Date('2026-11-22T09:00:00Z')
const hours = (then: Date) => (then.getTime() - now.getTime()) / 3_600_000
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
const failing = (more: Partial<Parameters<typeof afterFailing>[0]>) =>
  hours(afterFailing({ failures: 1, since: now, gone: false, ...more }, now))

it('asks a living feed each hour, and one that is quiet for a month four times a day', () => {
  expect([ago(3), null, ago(31)].map((newest) => hours(afterReading(newest, now)))).toEqual([1, 1, 6])
})

it('waits twice as long after each failure, at most a day, and still tries each week after a month', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 400].map((failures) => failing({ failures }))).toEqual([
    1, 2, 4, 8, 16, 24, 24, 24,
  ])
  expect(failing({ failures: 40, since: ago(31) })).toBe(168)
  expect(failing({ gone: true })).toBe(168)
})

it('waits as long as the server asks, but not for ever', () => {
  expect(failing({ retryAfter: 5 * 3_600_000 })).toBe(5)
  expect(failing({ failures: 5, retryAfter: 1_000 })).toBe(16)
  expect(failing({ retryAfter: Infinity })).toBe(168)
})
