import { expect, it } from 'vitest'
import { dueSince } from './slots.ts'

const due = (rhythm: 'weekly' | 'daily', zone: string, now: string) =>
  dueSince(rhythm, zone, new Date(now))?.toISOString()

it.each([
  ['weekly', 'Europe/Berlin', '2026-11-23T07:00:00Z', '2026-11-23T07:00:00.000Z'],
  ['weekly', 'Europe/Berlin', '2026-11-26T12:00:00Z', '2026-11-23T07:00:00.000Z'],
  // Sunday still belongs to the Monday before, also when the clocks change in between.
  ['weekly', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-19T06:00:00.000Z'],
  ['daily', 'Europe/Berlin', '2026-11-26T12:00:00Z', '2026-11-26T07:00:00.000Z'],
  ['daily', 'Asia/Tokyo', '2026-11-25T23:30:00Z', '2026-11-25T23:00:00.000Z'],
  ['daily', 'America/New_York', '2026-03-08T13:00:00Z', '2026-03-08T12:00:00.000Z'],
] as const)('a %s digest in %s at %s is due since %s', (rhythm, zone, now, since) => {
  expect(due(rhythm, zone, now)).toBe(since)
})

it('nobody is told at night, and who was away at eight is told later that day', () => {
  expect(due('daily', 'Europe/Berlin', '2026-11-26T06:59:00Z')).toBeUndefined()
  expect(due('daily', 'Europe/Berlin', '2026-11-26T19:00:00Z')).toBeUndefined()
  expect(due('daily', 'Europe/Berlin', '2026-11-26T18:59:00Z')).toBe('2026-11-26T07:00:00.000Z')
})
