import {
  isLastOfMonth,
  nthInWords,
  nthOf,
  ordinal,
  readRule,
  weekdayName,
  weekdayOf,
  WEEKDAYS,
  withEnd,
  type Weekday,
} from '#shared/series-rule.ts'

/** How often a series comes, as a form holds it. */
export type RuleForm = {
  every: 'week' | 'two-weeks' | 'month-nth' | 'month-last' | 'month-day' | 'own'
  /** Days beside that of the first session. */
  alsoOn: Weekday[]
  ends: 'count' | 'until'
  count: number | null
  until: string
  /** A whole rule, for who knows how to write one. */
  own: string
}

export const newRuleForm = (): RuleForm => ({
  every: 'week',
  alsoOn: [],
  ends: 'count',
  count: 8,
  until: '',
  own: 'FREQ=WEEKLY;COUNT=8',
})

/** The rule that a form means, or nothing while it says no end. */
export function ruleOf(form: RuleForm, startsLocal: string): string | undefined {
  if (form.every === 'own') return form.own.trim() || undefined
  const end =
    form.ends === 'count'
      ? form.count === null
        ? undefined
        : `COUNT=${form.count}`
      : form.until === ''
        ? undefined
        : `UNTIL=${form.until.replaceAll('-', '')}`
  if (end === undefined) return undefined
  return `${patternOf(form, startsLocal)};${end}`
}

function patternOf({ every, alsoOn }: RuleForm, startsLocal: string): string {
  const day = weekdayOf(startsLocal)
  const days = WEEKDAYS.filter((one) => one === day || alsoOn.includes(one)).join(',')
  switch (every) {
    case 'week':
      return `FREQ=WEEKLY;BYDAY=${days}`
    case 'two-weeks':
      return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${days}`
    case 'month-nth':
      return `FREQ=MONTHLY;BYDAY=${nthOf(startsLocal)}${day}`
    case 'month-last':
      return `FREQ=MONTHLY;BYDAY=-1${day}`
    case 'month-day':
    case 'own':
      return `FREQ=MONTHLY;BYMONTHDAY=${Number(startsLocal.slice(8, 10))}`
  }
}

/** The form that means a rule; what the form can't say stays as it is written. */
export function formOf(text: string, startsLocal: string): RuleForm {
  const rule = readRule(text)
  const ends =
    'count' in rule.end
      ? { ends: 'count' as const, count: rule.end.count, until: '' }
      : 'day' in rule.end.until
        ? { ends: 'until' as const, count: null, until: rule.end.until.day }
        : undefined
  const own: RuleForm = { ...newRuleForm(), every: 'own', own: text }
  if (!ends) return own
  const alsoOn = rule.days.map(({ day }) => day).filter((day) => day !== weekdayOf(startsLocal))
  for (const every of ['week', 'two-weeks', 'month-nth', 'month-last', 'month-day'] as const) {
    const form: RuleForm = { ...own, every, alsoOn: every.startsWith('month') ? [] : alsoOn, ...ends }
    const meant = ruleOf(form, startsLocal)
    if (meant !== undefined && sameRule(meant, withStart(text, startsLocal))) return form
  }
  return own
}

/** Says the day of the first session where a rule leaves it to be understood. */
function withStart(text: string, startsLocal: string): string {
  const rule = readRule(text)
  if (rule.special || rule.days.length > 0 || rule.monthDays.length > 0) return text
  const end = 'count' in rule.end ? rule.end : 'day' in rule.end.until ? rule.end.until : undefined
  if (!end) return text
  const day =
    rule.frequency === 'WEEKLY'
      ? `;BYDAY=${weekdayOf(startsLocal)}`
      : `;BYMONTHDAY=${Number(startsLocal.slice(8, 10))}`
  return withEnd({ ...rule, pattern: rule.pattern + day }, end)
}

const sameRule = (one: string, other: string) => normal(one) === normal(other)
const normal = (text: string) =>
  text
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')
    .map((part) =>
      part.startsWith('BYDAY=') ? `BYDAY=${part.slice(6).split(',').toSorted().join(',')}` : part,
    )
    .filter((part) => part !== '' && part !== 'INTERVAL=1')
    .toSorted()
    .join(';')

/** What can be chosen, in words about the day of the first session. */
export function everyOptions(startsLocal: string): { value: RuleForm['every']; label: string }[] {
  const day = weekdayName(weekdayOf(startsLocal))
  return [
    { value: 'week', label: 'Every week' },
    { value: 'two-weeks', label: 'Every two weeks' },
    ...(nthOf(startsLocal) < 5
      ? [
          {
            value: 'month-nth' as const,
            label: `Every month, on the ${nthInWords(nthOf(startsLocal))} ${day}`,
          },
        ]
      : []),
    ...(isLastOfMonth(startsLocal)
      ? [{ value: 'month-last' as const, label: `Every month, on the last ${day}` }]
      : []),
    { value: 'month-day', label: `Every month, on the ${ordinal(Number(startsLocal.slice(8, 10)))}` },
    { value: 'own', label: 'By a rule of my own (RRULE)' },
  ]
}
