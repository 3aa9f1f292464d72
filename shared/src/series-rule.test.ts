import { describe, expect, it } from 'vitest'
import { isLastOfMonth, nthOf, readRule, sayRule, weekdayOf, withEnd } from './series-rule.ts'

const TUESDAY = '2026-11-24T18:00'
const say = (text: string, start = TUESDAY) => sayRule(readRule(text), start)
const problem = (text: string) => {
  try {
    readRule(text)
  } catch (no) {
    return (no as Error).message
  }
  return ''
}

describe('a rule', () => {
  it.each([
    ['FREQ=WEEKLY;COUNT=12', 'Every Tuesday'],
    ['RRULE:freq=weekly;byday=th,tu;count=12;', 'Every Tuesday and Thursday'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=5', 'Every weekday, Monday to Friday'],
    ['FREQ=WEEKLY;INTERVAL=2;UNTIL=20270331', 'Every second week on Tuesday'],
    ['FREQ=WEEKLY;INTERVAL=3;BYDAY=WE;COUNT=2', 'Every 3 weeks on Wednesday'],
    ['FREQ=MONTHLY;BYDAY=2TU;COUNT=6', 'The second Tuesday of every month'],
    ['FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2;COUNT=6', 'The last Friday of every 2nd month'],
    ['FREQ=MONTHLY;COUNT=6', 'The 24th of every month'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6', 'The last day of every month'],
    ['FREQ=DAILY;COUNT=3', 'Every day'],
    ['FREQ=YEARLY;COUNT=2', 'By the rule FREQ=YEARLY'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=2', 'By the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1'],
  ])('%s is said in words', (text, words) => expect(say(text)).toBe(words))

  it.each([
    ['', /Say how often/],
    ['FREQ=WEEKLY', /never ends.*at most 104.*2 years/],
    ['FREQ=WEEKLY;COUNT=105', /at most 104/],
    ['FREQ=WEEKLY;COUNT=99999999', /at most 104/],
    ['FREQ=WEEKLY;COUNT=0', /COUNT goes from 1/],
    ['FREQ=WEEKLY;COUNT=twelve', /COUNT goes from 1/],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20270101', /not both/],
    ['FREQ=WEEKLY;UNTIL=20270231', /not a day/],
    ['FREQ=WEEKLY;UNTIL=tomorrow', /not a day/],
    ['FREQ=SECONDLY;COUNT=3', /once a day at most/],
    ['FREQ=HOURLY;COUNT=3', /once a day at most/],
    ['FREQ=OFTEN;COUNT=3', /not known/],
    ['INTERVAL=2;COUNT=3', /how often/],
    ['FREQ=DAILY;BYHOUR=9,18;COUNT=3', /Leave out BYHOUR/],
    ['FREQ=WEEKLY;BYDAY=XX;COUNT=3', /names no day/],
    ['FREQ=WEEKLY;BYDAY=2TU;COUNT=3', /MONTHLY only/],
    ['FREQ=MONTHLY;BYDAY=6TU;COUNT=3', /count from 1 to 5/],
    ['FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3', /use 1 to 31/],
    ['FREQ=WEEKLY;BYMONTHDAY=3;COUNT=3', /does not go with/],
    ['FREQ=WEEKLY;INTERVAL=0;COUNT=3', /INTERVAL goes from 1/],
    ['FREQ=WEEKLY;BYSETPOS=1;COUNT=3', /needs BYDAY/],
    ['FREQ=WEEKLY;WKST=XX;COUNT=3', /names no day/],
    ['FREQ=WEEKLY;FREQ=DAILY;COUNT=3', /twice/],
    ['FREQ=WEEKLY;COUNT', /no part of a rule/],
    ['FREQ=WEEKLY;X-MINE=1;COUNT=3', /that we know/],
    ['DTSTART:20261124T180000\nRRULE:FREQ=WEEKLY;COUNT=3', /Leave out DTSTART/],
    ['RRULE:FREQ=WEEKLY;COUNT=3\nRDATE:20261224', /Leave out RDATE/],
  ])('“%s” is refused with a sentence', (text, sentence) => expect(problem(text)).toMatch(sentence))

  it('keeps its pattern and takes another end', () => {
    const rule = readRule('FREQ=WEEKLY;COUNT=12;BYDAY=TU')
    expect(rule.pattern).toBe('FREQ=WEEKLY;BYDAY=TU')
    expect(withEnd(rule, { count: 3 })).toBe('FREQ=WEEKLY;BYDAY=TU;COUNT=3')
    expect(readRule(withEnd(rule, { day: '2027-03-31' })).end).toEqual({ until: { day: '2027-03-31' } })
  })

  it('knows the place of a day in its month', () => {
    expect([weekdayOf(TUESDAY), nthOf(TUESDAY), isLastOfMonth(TUESDAY)]).toEqual(['TU', 4, true])
    expect([nthOf('2026-12-08T18:00'), isLastOfMonth('2026-12-08T18:00')]).toEqual([2, false])
    expect([nthOf('2026-12-29T18:00'), isLastOfMonth('2026-12-31T18:00')]).toEqual([5, true])
  })
})
