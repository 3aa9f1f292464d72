import { Refusal } from './refusals.ts'

/** A series has an end: at most this many sessions, within so many years. */
export const MOST_SESSIONS = 104
export const MOST_YEARS = 2
export const LONGEST_RULE = 300

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]
const WEEKDAY_NAMES: Record<Weekday, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
export const weekdayName = (day: Weekday): string => WEEKDAY_NAMES[day]

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
type Frequency = (typeof FREQUENCIES)[number]
/** Numbers that a part may list: up to so many, from the front, or with a minus from the end. */
const LISTS: Record<string, { most: number; fromEnd: boolean; with?: readonly Frequency[] }> = {
  BYMONTH: { most: 12, fromEnd: false },
  BYMONTHDAY: { most: 31, fromEnd: true, with: ['DAILY', 'MONTHLY', 'YEARLY'] },
  BYYEARDAY: { most: 366, fromEnd: true, with: ['YEARLY'] },
  BYWEEKNO: { most: 53, fromEnd: true, with: ['YEARLY'] },
  BYSETPOS: { most: 366, fromEnd: true },
}

/** A recurrence rule of RFC 5545 that was checked. Days and times in it are those of the wall clock. */
export type Rule = {
  /** As it is stored: without its end. */
  readonly pattern: string
  readonly frequency: Frequency
  readonly interval: number
  readonly days: readonly { nth: number | null; day: Weekday }[]
  readonly monthDays: readonly number[]
  /** Whether it says more than can be said in words here. */
  readonly special: boolean
  readonly end: { count: number } | { until: Until }
}
/** The last day ("2026-12-15"), the last moment of the wall clock, or an instant. */
type Until = { day: string } | { local: string } | { instant: string }

const no = (sentence: string) => new Refusal('invalid', sentence, 'rule')

/** @throws Refusal with a sentence about the first thing that can't be used. */
export function readRule(text: string): Rule {
  const parts = splitRule(text)
  const frequency = frequencyOf(parts)
  const interval = wholeNumber(parts, 'INTERVAL', 1, 366) ?? 1
  for (const name of parts.keys()) requireKnown(name, frequency)
  const days = daysOf(parts.get('BYDAY'), frequency)
  for (const name of Object.keys(LISTS)) numbersOf(parts, name)
  const start = parts.get('WKST')
  if (start !== undefined && !isWeekday(start))
    throw no(`“WKST=${start}” names no day. Use MO, TU, WE, TH, FR, SA or SU.`)
  if (parts.has('BYSETPOS') && ![...parts.keys()].some((name) => /^BY(?!SETPOS)/.test(name)))
    throw no('BYSETPOS chooses among days, so it needs BYDAY or BYMONTHDAY beside it.')
  const end = endOf(parts)
  return {
    pattern: [...parts]
      .filter(([name]) => name !== 'COUNT' && name !== 'UNTIL')
      .map((part) => part.join('='))
      .join(';'),
    frequency,
    interval,
    days,
    monthDays: numbersOf(parts, 'BYMONTHDAY'),
    special: ['BYMONTH', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS'].some((name) => parts.has(name)),
    end,
  }
}

function splitRule(text: string): Map<string, string> {
  const line = text.trim().toUpperCase()
  const foreign = /\b(DTSTART|RDATE|EXDATE|EXRULE|DURATION)\b/.exec(line)
  if (foreign)
    throw no(
      `Leave out ${foreign[0]}: the start has fields of its own, and single dates are ticked off in the preview.`,
    )
  const bare = line.replace(/^RRULE:/, '').replace(/;$/, '')
  if (bare === '') throw no('Say how often it comes, such as FREQ=WEEKLY;COUNT=12.')
  const parts = new Map<string, string>()
  for (const part of bare.split(';')) {
    const [name = '', value = '', ...more] = part.split('=').map((piece) => piece.trim())
    if (name === '' || value === '' || more.length > 0)
      throw no(
        `“${part.trim()}” is no part of a rule. Parts look like FREQ=WEEKLY, with a semicolon between.`,
      )
    if (parts.has(name)) throw no(`${name} is there twice. Keep one of the two.`)
    parts.set(name, value)
  }
  return parts
}

function frequencyOf(parts: Map<string, string>): Frequency {
  const given = parts.get('FREQ')
  if (given === undefined) throw no('The rule needs to say how often: FREQ=WEEKLY, MONTHLY, DAILY or YEARLY.')
  if (given === 'SECONDLY' || given === 'MINUTELY' || given === 'HOURLY')
    throw no('A group meets once a day at most, so the rule can be DAILY, WEEKLY, MONTHLY or YEARLY.')
  const found = FREQUENCIES.find((one) => one === given)
  if (!found) throw no(`“FREQ=${given}” is not known. Use DAILY, WEEKLY, MONTHLY or YEARLY.`)
  return found
}

function requireKnown(name: string, frequency: Frequency): void {
  if (['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST'].includes(name)) return
  if (['BYHOUR', 'BYMINUTE', 'BYSECOND'].includes(name))
    throw no(`Leave out ${name}: every session begins at the time of the first.`)
  const list = LISTS[name]
  if (!list) throw no(`“${name}” is no part of a rule that we know.`)
  if (list.with && !list.with.includes(frequency)) throw no(`${name} does not go with FREQ=${frequency}.`)
}

const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text)

function daysOf(list: string | undefined, frequency: Frequency): { nth: number | null; day: Weekday }[] {
  if (list === undefined) return []
  return list.split(',').map((one) => {
    const [, nth, day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one.trim()) ?? []
    if (!isWeekday(day))
      throw no(
        `“${one.trim()}” in BYDAY names no day. Use MO, TU, WE, TH, FR, SA or SU, such as BYDAY=TU,TH.`,
      )
    if (nth === undefined) return { nth: null, day }
    const number = Number(nth)
    if (frequency !== 'MONTHLY' && frequency !== 'YEARLY')
      throw no(`“${one.trim()}” counts days in a month, so it goes with FREQ=MONTHLY only.`)
    if (number === 0 || Math.abs(number) > (frequency === 'MONTHLY' ? 5 : 53))
      throw no(`“${one.trim()}” is no day of a month: count from 1 to 5, or -1 for the last.`)
    return { nth: number, day }
  })
}

function numbersOf(parts: Map<string, string>, name: string): number[] {
  const { most = 0, fromEnd = false } = LISTS[name] ?? {}
  return (parts.get(name)?.split(',') ?? []).map((one) => {
    const number = /^[+-]?\d{1,3}$/.test(one.trim()) ? Number(one) : 0
    if (number === 0 || Math.abs(number) > most || (number < 0 && !fromEnd))
      throw no(
        `“${one.trim()}” can’t stand in ${name}: use 1 to ${most}${fromEnd ? ', or -1 for the last' : ''}.`,
      )
    return number
  })
}

function wholeNumber(parts: Map<string, string>, name: string, least: number, most: number) {
  const given = parts.get(name)
  if (given === undefined) return undefined
  const number = /^\d{1,6}$/.test(given) ? Number(given) : NaN
  if (!(number >= least && number <= most))
    throw no(`“${name}=${given}” can’t be used: ${name} goes from ${least} to ${most}.`)
  return number
}

function endOf(parts: Map<string, string>): Rule['end'] {
  const until = parts.get('UNTIL')
  if (until !== undefined && parts.has('COUNT'))
    throw no('Say either how many sessions (COUNT) or until when (UNTIL), not both.')
  if (until !== undefined) return { until: untilOf(until) }
  const given = Number(parts.get('COUNT') ?? NaN)
  if (given > MOST_SESSIONS)
    throw no(`A series has at most ${MOST_SESSIONS} sessions. Make a new one when it is over.`)
  const count = wholeNumber(parts, 'COUNT', 1, MOST_SESSIONS)
  if (count === undefined)
    throw no(
      `This rule never ends. Say how many sessions, or until which day: at most ${MOST_SESSIONS}, and ${MOST_YEARS} years ahead.`,
    )
  return { count }
}

function untilOf(text: string): Until {
  const [, y = '', m = '', d = '', h, min, s, utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text) ?? []
  const day = `${y}-${m}-${d}`
  const clock = `T${h ?? '00'}:${min ?? '00'}:${s ?? '00'}`
  const read = new Date(`${day}${clock}Z`)
  if (Number.isNaN(read.getTime()) || !read.toISOString().startsWith(day + clock))
    throw no(`“UNTIL=${text}” is not a day. Write it like UNTIL=20270331.`)
  if (h === undefined) return { day }
  return utc ? { instant: `${day}${clock}Z` } : { local: `${day}${clock}` }
}

/** The rule with another end. */
export const withEnd = ({ pattern }: Rule, end: { count: number } | { day: string }): string =>
  `${pattern};${'count' in end ? `COUNT=${end.count}` : `UNTIL=${end.day.replaceAll('-', '')}`}`

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth']
const list = (words: readonly string[]) => new Intl.ListFormat('en-GB').format(words)

/** "Every Tuesday", "Every second week on Tuesday and Thursday", "The second Tuesday of every month". */
export function sayRule(rule: Rule, startsLocal: string): string {
  const { frequency, interval, days, monthDays, special } = rule
  if (special || interval > 12) return `By the rule ${rule.pattern}`
  const on = days.length > 0 ? days : [{ nth: null, day: weekdayOf(startsLocal) }]
  const ordered = WEEKDAYS.filter((day) => on.some((one) => one.day === day && one.nth === null))
  switch (frequency) {
    case 'DAILY':
      if (monthDays.length > 0) break
      if (days.length > 0) return interval === 1 ? everyDay(ordered) : `By the rule ${rule.pattern}`
      return interval === 1 ? 'Every day' : `Every ${interval} days`
    case 'WEEKLY':
      if (interval === 1) return everyDay(ordered)
      return `Every ${interval === 2 ? 'second week' : `${interval} weeks`} on ${list(ordered.map(weekdayName))}`
    case 'MONTHLY': {
      const month = interval === 1 ? 'of every month' : `of every ${ordinal(interval)} month`
      if (days.length > 0 && monthDays.length === 0) {
        if (days.some(({ nth }) => nth === null)) break
        return `The ${list(days.map(({ nth, day }) => `${nthInWords(nth ?? 1)} ${weekdayName(day)}`))} ${month}`
      }
      if (days.length > 0) break
      const which = monthDays.length > 0 ? monthDays : [Number(startsLocal.slice(8, 10))]
      return `The ${list(which.map(dayOfMonth))} ${month}`
    }
    case 'YEARLY':
      break
  }
  return `By the rule ${rule.pattern}`
}

const everyDay = (days: readonly Weekday[]) =>
  days.length === 5 && !days.includes('SA') && !days.includes('SU')
    ? 'Every weekday, Monday to Friday'
    : `Every ${list(days.map(weekdayName))}`

export const nthInWords = (nth: number): string =>
  nth === -1 ? 'last' : nth < 0 ? `${ordinal(-nth)} last` : (ORDINALS[nth] ?? ordinal(nth))

const dayOfMonth = (day: number) =>
  day === -1 ? 'last day' : day < 0 ? `${ordinal(-day)} last day` : ordinal(day)

/** "1st", "22nd", "13th". */
export function ordinal(number: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const
  return `${number}${ending[new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(number)]}`
}

/** The day of the week of a wall-clock time. */
export function weekdayOf(local: string): Weekday {
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay()
  return WEEKDAYS[(day + 6) % 7] ?? 'MO'
}

/** Which of its weekday in the month a day is: 1 to 5. */
export const nthOf = (local: string): number => Math.ceil(Number(local.slice(8, 10)) / 7)

/** Whether no later day of the month is of the same weekday. */
export function isLastOfMonth(local: string): boolean {
  const [year = 0, month = 1, day = 1] = local.slice(0, 10).split('-').map(Number)
  return day + 7 > new Date(Date.UTC(year, month, 0)).getUTCDate()
}
