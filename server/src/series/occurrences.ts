import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '#shared/refusals.ts'
import { MOST_SESSIONS, MOST_YEARS, readRule, type Rule } from '#shared/series-rule.ts'
import { toInstant, toLocal } from '../sessions/local-time.ts'

const MINUTE = 60_000

/** One date that a rule gives. */
export type Occurrence = {
  /** What the wall clock should show: its name in the series. */
  local: string
  startsAt: Date
  /** Summer time leaves its time out, so it is later by as much as the clocks jump; or has it twice: then it is the first. */
  clock: 'usual' | 'left-out' | 'twice'
  /** By how many minutes it is later, seen from elsewhere, than the one before; only after the clocks changed. */
  shift: number
}

/**
 * The dates of a rule at the wall clock of a zone: the rule is worked out on the calendar alone, where no hour is missing,
 * and each date is then placed in the zone as RFC 5545 says.
 */
export function occurrencesOf(
  text: string,
  startsLocal: string,
  zone: string,
  { past = false }: { past?: boolean } = {},
): Occurrence[] {
  const rule = readRule(text)
  toInstant(startsLocal, zone)
  const start = Temporal.PlainDateTime.from(startsLocal)
  const limit = start.add({ years: MOST_YEARS })
  const last = lastOf(rule, zone)
  if (last && Temporal.PlainDateTime.compare(last, start) < 0 && !past)
    throw new Refusal('invalid', 'The last day lies before the first. Choose a later end.', 'rule')
  const most = 'count' in rule.end ? rule.end.count : MOST_SESSIONS + 1

  const dates: Temporal.PlainDateTime[] = []
  let tooFar = false
  walk(rule, start, (date) => {
    if (last && Temporal.PlainDateTime.compare(date, last) > 0) return false
    if (Temporal.PlainDateTime.compare(date, limit) > 0) {
      tooFar = true
      return false
    }
    dates.push(date)
    return dates.length < most
  })
  if (dates.length === 0)
    throw new Refusal(
      'invalid',
      'This rule gives no day at all. Change it until the preview shows dates.',
      'rule',
    )
  if (tooFar)
    throw new Refusal(
      'invalid',
      `This goes on for more than ${MOST_YEARS} years. Let it end earlier, and make a new series then.`,
      'rule',
    )
  if (dates.length > MOST_SESSIONS)
    throw new Refusal(
      'invalid',
      `This would be more than ${MOST_SESSIONS} sessions. Let it end earlier, or meet less often.`,
      'rule',
    )
  return place(dates, zone)
}

function walk(rule: Rule, start: Temporal.PlainDateTime, visit: (date: Temporal.PlainDateTime) => boolean) {
  const calendar = new RRuleTemporal({
    rruleString: `RRULE:${rule.pattern}`,
    dtstart: start.toZonedDateTime('UTC'),
    cache: false,
  })
  try {
    calendar.all((date) => {
      const found = Temporal.PlainDateTime.from(date.toString({ timeZoneName: 'never', offset: 'never' }))
      return visit(found)
    })
  } catch (problem) {
    // It has looked far beyond our limit for another date, and found none.
    if (!(problem instanceof Error) || !problem.message.includes('Maximum')) throw problem
  }
}

/** The last moment of the wall clock that is still in. */
function lastOf({ end }: Rule, zone: string): Temporal.PlainDateTime | undefined {
  if ('count' in end) return undefined
  if ('day' in end.until) return Temporal.PlainDateTime.from(`${end.until.day}T23:59:59`)
  if ('local' in end.until) return Temporal.PlainDateTime.from(end.until.local)
  return Temporal.Instant.from(end.until.instant).toZonedDateTimeISO(zone).toPlainDateTime()
}

function place(dates: readonly Temporal.PlainDateTime[], zone: string): Occurrence[] {
  let before: Placed | undefined
  return dates.map((date) => {
    const local = date.toString({ smallestUnit: 'minute' })
    const startsAt = new Date(date.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
    const shift = before === undefined ? 0 : minutesLater(before, { date, startsAt })
    before = { date, startsAt }
    return { local, startsAt, clock: clockOf(date, local, startsAt, zone), shift }
  })
}

type Placed = { date: Temporal.PlainDateTime; startsAt: Date }

/** How much longer it is from the one to the other than the wall clock says. */
const minutesLater = (one: Placed, other: Placed): number =>
  (other.startsAt.getTime() - one.startsAt.getTime()) / MINUTE - other.date.since(one.date).total('minutes')

function clockOf(
  date: Temporal.PlainDateTime,
  local: string,
  startsAt: Date,
  zone: string,
): Occurrence['clock'] {
  if (toLocal(startsAt, zone) !== local) return 'left-out'
  const later = date.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
  return later > startsAt.getTime() ? 'twice' : 'usual'
}
