import { expect, it } from 'vitest'
import { dayInWords, fromNow, inWords } from './time.ts'

const NOW = new Date('2026-11-22T21:00:00Z')
const from = (instant: string, zone = 'Europe/Berlin') => fromNow(instant, NOW, zone)

it('says a date in words, in the zone of who reads it', () => {
  expect(inWords('2026-11-24T16:30:00Z', 'Europe/Berlin')).toBe('Tue 24 Nov, 17:30')
  expect(inWords('2026-11-24T16:30:00Z', 'Asia/Tokyo')).toBe('Wed 25 Nov, 01:30')
  expect(dayInWords('2026-12-01', 'UTC')).toBe('1 Dec 2026')
})

it('counts the days of the calendar, as people do', () => {
  expect(from('2026-11-24T16:30:00Z')).toBe('in 2 days')
  expect(from('2026-11-24T00:30:00Z')).toBe('in 2 days')
  expect(from('2026-11-23T23:30:00Z')).toBe('in 2 days')
  expect(from('2026-11-23T23:30:00Z', 'UTC')).toBe('tomorrow')
  expect(from('2026-11-20T12:00:00Z')).toBe('2 days ago')
})

it('counts hours and minutes within a day', () => {
  expect(from('2026-11-23T16:30:00Z')).toBe('in 19 hours')
  expect(from('2026-11-22T21:59:50Z')).toBe('in 59 minutes')
  expect(from('2026-11-22T18:00:00Z')).toBe('3 hours ago')
  expect(from('2026-11-22T21:00:20Z')).toBe('now')
})
