import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { MOST_SESSIONS } from '#shared/series-rule.ts'
import { toLocal } from '../sessions/local-time.ts'
import { occurrencesOf } from './occurrences.ts'

const dates = (rule: string, start: string, zone = 'Europe/Berlin') =>
  occurrencesOf(rule, start, zone).map(({ local }) => local)
const instants = (rule: string, start: string, zone: string) =>
  occurrencesOf(rule, start, zone).map(({ startsAt }) => startsAt.toISOString())
const problem = (rule: string, start = '2026-11-24T18:00', zone = 'Europe/Berlin') => {
  try {
    occurrencesOf(rule, start, zone)
  } catch (no) {
    return (no as Error).message
  }
  return ''
}

describe('the dates of a rule', () => {
  it('keep their time of day when the clocks of Berlin and of Santiago change', () => {
    expect(instants('FREQ=WEEKLY;COUNT=3', '2027-03-22T18:00', 'Europe/Berlin')).toEqual([
      '2027-03-22T17:00:00.000Z',
      '2027-03-29T16:00:00.000Z',
      '2027-04-05T16:00:00.000Z',
    ])
    expect(instants('FREQ=WEEKLY;COUNT=3', '2027-03-30T18:00', 'America/Santiago')).toEqual([
      '2027-03-30T21:00:00.000Z',
      '2027-04-06T22:00:00.000Z',
      '2027-04-13T22:00:00.000Z',
    ])
    const shifts = occurrencesOf('FREQ=WEEKLY;COUNT=3', '2027-03-22T18:00', 'Europe/Berlin')
    expect(shifts.map(({ shift }) => shift)).toEqual([0, -60, 0])
  })

  it('are an hour later in the gap, as RFC 5545 says, and none is lost', () => {
    const berlin = occurrencesOf('FREQ=DAILY;COUNT=3', '2027-03-27T02:30', 'Europe/Berlin')
    expect(berlin.map(({ startsAt, clock }) => [startsAt.toISOString(), clock])).toEqual([
      ['2027-03-27T01:30:00.000Z', 'usual'],
      ['2027-03-28T01:30:00.000Z', 'left-out'],
      ['2027-03-29T00:30:00.000Z', 'usual'],
    ])
    const santiago = occurrencesOf('FREQ=DAILY;COUNT=3', '2027-09-04T00:30', 'America/Santiago')
    expect(santiago.map(({ clock }) => clock)).toEqual(['usual', 'left-out', 'usual'])
    // Seen from elsewhere it is earlier only once it is back at its usual time.
    expect(santiago.map(({ shift }) => shift)).toEqual([0, 0, -60])
    expect(santiago.map(({ startsAt }) => toLocal(startsAt, 'America/Santiago').slice(11))).toEqual([
      '00:30',
      '01:30',
      '00:30',
    ])
  })

  it('take the first of an hour that comes twice', () => {
    const berlin = occurrencesOf('FREQ=DAILY;COUNT=2', '2027-10-30T02:30', 'Europe/Berlin')
    expect(berlin.map(({ startsAt, clock }) => [startsAt.toISOString(), clock])).toEqual([
      ['2027-10-30T00:30:00.000Z', 'usual'],
      ['2027-10-31T00:30:00.000Z', 'twice'],
    ])
    const santiago = occurrencesOf('FREQ=DAILY;COUNT=2', '2027-04-02T23:30', 'America/Santiago')
    expect(santiago[1]).toMatchObject({ clock: 'twice', startsAt: new Date('2027-04-04T02:30:00.000Z') })
  })

  it('leave out what a month does not have, and go to the end that was said', () => {
    expect(dates('FREQ=MONTHLY;COUNT=3', '2026-12-31T18:00')).toEqual([
      '2026-12-31T18:00',
      '2027-01-31T18:00',
      '2027-03-31T18:00',
    ])
    const weekly = ['2026-11-24T18:00', '2026-12-01T18:00', '2026-12-08T18:00']
    expect(dates('FREQ=WEEKLY;UNTIL=20261208', '2026-11-24T18:00')).toEqual(weekly)
    expect(dates('FREQ=WEEKLY;UNTIL=20261208T170000Z', '2026-11-24T18:00')).toEqual(weekly)
    expect(dates('FREQ=WEEKLY;UNTIL=20261208T165959Z', '2026-11-24T18:00')).toEqual(weekly.slice(0, 2))
    expect(dates('FREQ=WEEKLY;UNTIL=20261208T175959', '2026-11-24T18:00')).toEqual(weekly.slice(0, 2))
    expect(dates('FREQ=WEEKLY;BYDAY=WE;COUNT=1', '2026-11-24T18:00')).toEqual(['2026-11-25T18:00'])
  })

  it('are refused with a sentence when there are none, too many, or too late ones', () => {
    expect(problem('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3')).toMatch(/no day at all/)
    expect(problem('FREQ=DAILY;UNTIL=20271123')).toMatch(/more than 104/)
    expect(problem('FREQ=WEEKLY;INTERVAL=4;COUNT=60')).toMatch(/more than 2 years/)
    expect(problem('FREQ=WEEKLY;UNTIL=20991231')).toMatch(/more than (104|2)/)
    expect(problem('FREQ=WEEKLY;UNTIL=20261123')).toMatch(/before the first/)
    expect(problem('FREQ=WEEKLY;COUNT=3', '2026-02-30T18:00')).toMatch(/not a day and time/)
    expect(problem('FREQ=WEEKLY;COUNT=3', '2026-11-24T18:00', 'Mars/Olympus')).toMatch(
      /not a day and time of/,
    )
  })
})

const zones = [
  'Europe/Berlin',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Africa/Casablanca',
]
const anyRule = fc.record({
  pattern: fc.constantFrom(
    'FREQ=WEEKLY',
    'FREQ=WEEKLY;INTERVAL=2',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR',
    'FREQ=DAILY',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYDAY=-1SU',
    'FREQ=MONTHLY;BYMONTHDAY=28',
  ),
  count: fc.integer({ min: 1, max: 23 }),
  day: fc.integer({ min: 0, max: 700 }),
  minute: fc.integer({ min: 0, max: 1439 }),
  zone: fc.constantFrom(...zones),
})

it('whatever the rule, the start and the zone: so many dates, one after another, on one wall clock', () => {
  fc.assert(
    fc.property(anyRule, ({ pattern, count, day, minute, zone }) => {
      const start = Temporal.PlainDateTime.from('2026-01-01T00:00').add({ days: day, minutes: minute })
      const startsLocal = start.toString({ smallestUnit: 'minute' })
      const found = occurrencesOf(`${pattern};COUNT=${count}`, startsLocal, zone)

      expect(found).toHaveLength(count)
      expect(new Set(found.map(({ local }) => local)).size).toBe(count)
      for (const [index, { local, startsAt, clock }] of found.entries()) {
        expect(local.slice(11)).toBe(startsLocal.slice(11))
        const before = found[index - 1]
        if (before) expect(startsAt.getTime()).toBeGreaterThan(before.startsAt.getTime())
        const shown = toLocal(startsAt, zone)
        if (clock === 'left-out') expect(shown > local).toBe(true)
        else expect(shown).toBe(local)
      }
    }),
    { numRuns: 150 },
  )
})

it('whatever the last day: no date lies beyond it, and the next one would', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), fc.constantFrom(...zones), (days, zone) => {
      const last = Temporal.PlainDate.from('2026-11-24').add({ days })
      const rule = `FREQ=WEEKLY;UNTIL=${last.toString().replaceAll('-', '')}`
      const found = occurrencesOf(rule, '2026-11-24T18:00', zone)
      expect(found).toHaveLength(Math.floor(days / 7) + 1)
      expect(found.length).toBeLessThanOrEqual(MOST_SESSIONS)
    }),
    { numRuns: 60 },
  )
})
