import { describe, expect, it } from 'vitest'
import { everyOptions, formOf, newRuleForm, ruleOf } from './rule-form.ts'

const TUESDAY = '2026-11-24T18:00'

describe('the form of a rule', () => {
  it.each([
    ['week', 'FREQ=WEEKLY;BYDAY=TU;COUNT=8'],
    ['two-weeks', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=8'],
    ['month-nth', 'FREQ=MONTHLY;BYDAY=4TU;COUNT=8'],
    ['month-last', 'FREQ=MONTHLY;BYDAY=-1TU;COUNT=8'],
    ['month-day', 'FREQ=MONTHLY;BYMONTHDAY=24;COUNT=8'],
  ] as const)('“%s” means %s, and is found again', (every, rule) => {
    expect(ruleOf({ ...newRuleForm(), every }, TUESDAY)).toBe(rule)
    expect(formOf(rule, TUESDAY)).toMatchObject({ every, count: 8 })
  })

  it('takes more days, and an end by day', () => {
    const form = { ...newRuleForm(), alsoOn: ['TH' as const], ends: 'until' as const, until: '2027-03-31' }
    expect(ruleOf(form, TUESDAY)).toBe('FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270331')
    expect(formOf('FREQ=WEEKLY;BYDAY=TH,TU;UNTIL=20270331', TUESDAY)).toMatchObject({
      every: 'week',
      alsoOn: ['TH'],
      ends: 'until',
      until: '2027-03-31',
    })
  })

  it('keeps a rule that it can’t say, and has none without an end', () => {
    expect(formOf('FREQ=WEEKLY;COUNT=3', TUESDAY)).toMatchObject({ every: 'week', alsoOn: [], count: 3 })
    expect(formOf('FREQ=MONTHLY;COUNT=3', TUESDAY)).toMatchObject({ every: 'month-day' })
    const own = 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=2'
    expect(formOf(own, TUESDAY)).toMatchObject({ every: 'own', own })
    expect(ruleOf({ ...newRuleForm(), count: null }, TUESDAY)).toBeUndefined()
    expect(ruleOf({ ...newRuleForm(), ends: 'until' }, TUESDAY)).toBeUndefined()
    expect(ruleOf({ ...newRuleForm(), every: 'own', own: own }, TUESDAY)).toBe(own)
  })

  it('offers the last of its weekday only where it is', () => {
    const labels = (local: string) => everyOptions(local).map(({ label }) => label)
    expect(labels(TUESDAY)).toContain('Every month, on the fourth Tuesday')
    expect(labels(TUESDAY)).toContain('Every month, on the last Tuesday')
    expect(labels('2026-12-01T18:00')).not.toContain('Every month, on the last Tuesday')
    expect(labels('2026-12-29T18:00')).not.toContain('Every month, on the fifth Tuesday')
  })
})
