import { expect, it } from 'vitest'
import type { BlockKind } from '../guide.ts'
import { hasWriting } from './rules.ts'
import {
  duesByPlan,
  isReminderDue,
  openForInWords,
  overDaysProblem,
  planOverDays,
  remindsOnlyWaited,
} from './over-days.ts'

const block = (kind: BlockKind, options = {}) => ({ kind, title: kind, minutes: 10, options })

it('L34, L49: a close that is spoken in turn is written over days', () => {
  const close = block('close', { goRound: true, minutesEach: 1 })
  expect(hasWriting(close)).toBe(false)
  expect(planOverDays([close], () => undefined).map(hasWriting)).toEqual([true])
})

it('L49 keeps of a plan what each can do alone, without turns and pairs', () => {
  const kept = planOverDays(
    [
      block('check-in', { goRound: true }),
      block('write', { anonymous: true, groupsOf: 2 }),
      block('pairs'),
      block('close', { goRound: true, closing: 'one-word' }),
    ],
    ({ kind }) => (kind === 'close' ? 60 : undefined),
  )
  expect(kept.map(({ kind, minutes, options }) => [kind, minutes, options])).toEqual([
    ['write', 2880, { anonymous: true }],
    ['close', 60, { closing: 'one-word' }],
  ])
  expect(overDaysProblem(kept)).toBeUndefined()
  expect(overDaysProblem([])).toMatch(/Nothing/)
  expect(overDaysProblem([block('discuss')])).toMatch(/spoken/)
  expect(overDaysProblem([{ ...block('write'), minutes: 90 }])).toMatch(/whole hours/)
})

it('L49 reminds a day before, of what is open long enough to be forgotten', () => {
  const at = (hours: number) => new Date(hours * 3_600_000)
  expect(isReminderDue(at(0), at(48), at(23))).toBe(false)
  expect(isReminderDue(at(0), at(48), at(24))).toBe(true)
  expect(isReminderDue(at(0), at(48), at(48))).toBe(false)
  expect(isReminderDue(at(0), at(30), at(10))).toBe(false)
  expect(remindsOnlyWaited(block('write'))).toBe(true)
  expect(remindsOnlyWaited(block('write', { anonymous: true }))).toBe(false)
  expect(remindsOnlyWaited(block('vote'))).toBe(false)
})

it('L49 says lengths and dates as people do', () => {
  expect([1440, 2880, 60, 2160, 10].map(openForInWords)).toEqual([
    '1 day',
    '2 days',
    '1 hour',
    '36 hours',
    '10 min',
  ])
  expect(duesByPlan('2027-03-26T18:00', [{ minutes: 2880 }, { minutes: 60 }])).toEqual([
    '2027-03-28T18:00',
    '2027-03-28T19:00',
  ])
})
