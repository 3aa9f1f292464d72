import { expect, it } from 'vitest'
import { dueReminders } from './reminders.ts'

const START = new Date('2026-11-24T17:00:00Z')
const LONG_AGO = new Date('2026-10-01T00:00:00Z')
const due = (now: string, toldAt = LONG_AGO) => dueReminders(START, toldAt, new Date(now))

it.each([
  ['2026-11-17T16:59:00Z', []],
  ['2026-11-17T17:00:00Z', ['week']],
  ['2026-11-19T17:01:00Z', []],
  ['2026-11-23T17:00:00Z', ['day']],
  ['2026-11-24T14:01:00Z', []],
  ['2026-11-24T16:00:00Z', ['hour']],
  ['2026-11-24T16:51:00Z', []],
  ['2026-11-24T17:30:00Z', []],
])('at %s these are due: %s', (now, kinds) => expect(due(now)).toEqual(kinds))

it('nobody is reminded of what they were told a moment ago', () => {
  expect(due('2026-11-23T17:10:00Z', new Date('2026-11-23T17:05:00Z'))).toEqual([])
  expect(due('2026-11-24T16:10:00Z', new Date('2026-11-23T17:05:00Z'))).toEqual(['hour'])
})
