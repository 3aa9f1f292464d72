import { Temporal } from 'temporal-polyfill'
import { Refusal } from '#shared/refusals.ts'
import { LATEST_YEAR } from '../formats.ts'

type Rhythm = 'weekly' | 'fortnightly' | 'monthly' | 'none'

/** The instant that a wall clock shows. A time that daylight saving leaves out is taken as the one an hour later. */
export function toInstant(local: string, zone: string, field = 'startsLocal'): Date {
  try {
    const time = Temporal.PlainDateTime.from(local)
    if (time.year > LATEST_YEAR) throw new RangeError()
    return new Date(time.toZonedDateTime(zone).epochMilliseconds)
  } catch {
    throw new Refusal(
      'invalid',
      `“${local.replace('T', ' ')}” is not a day and time of ${zone}. Choose a day that exists, and a time such as 18:00.`,
      field,
    )
  }
}

/** What the wall clock of a zone shows: `2026-12-01T18:00`. */
export const toLocal = (instant: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

/** The first time after now that follows on from an earlier one: same time of day, same day of the week. */
export function nextInRhythm(last: Date, rhythm: Rhythm, zone: string, now: Date): string {
  const first = Temporal.PlainDateTime.from(toLocal(last, zone))
  const today = Temporal.PlainDateTime.from(toLocal(now, zone))
  let next = first
  for (let times = 1; Temporal.PlainDateTime.compare(next, today) <= 0; times += 1) {
    next = rhythm === 'monthly' ? monthsLater(first, times) : first.add({ weeks: times * weeksOf(rhythm) })
  }
  return shown(next)
}

const shown = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'minute' })

const weeksOf = (rhythm: Rhythm) => (rhythm === 'fortnightly' ? 2 : 1)

/** The second Tuesday stays the second Tuesday; a fifth one becomes the last. */
function monthsLater(first: Temporal.PlainDateTime, months: number): Temporal.PlainDateTime {
  const nth = Math.ceil(first.day / 7)
  const month = first.with({ day: 1 }).add({ months })
  const earliest = month.add({ days: (first.dayOfWeek - month.dayOfWeek + 7) % 7 })
  const wanted = earliest.add({ weeks: nth - 1 })
  return wanted.month === month.month ? wanted : wanted.subtract({ weeks: 1 })
}

const DAY = 24 * 60

/** So many minutes later. Whole days are days of the wall clock, also when that is changed in between. */
export function wallClockLater(from: Date, minutes: number, zone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone)
  const later = start.add({ days: Math.floor(minutes / DAY) }).add({ minutes: minutes % DAY })
  return new Date(later.epochMilliseconds)
}

/** When a plan over days is over, each block after the other. */
export const endOfPlan = (startsAt: Date, plan: readonly { minutes: number }[], zone: string): Date =>
  plan.reduce((at, { minutes }) => wallClockLater(at, minutes, zone), startsAt)

/** "Tuesday 24 November 2026, 17:30 to 18:30 (Europe/Berlin)": for mails, where nobody knows the reader's zone. */
export function sayWhen({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, zone: string): string {
  const until = sayDay(endsAt, zone) === sayDay(startsAt, zone) ? '' : `${sayDay(endsAt, zone)}, `
  return `${sayDay(startsAt, zone)}, ${sayClock(startsAt, zone)} to ${until}${sayClock(endsAt, zone)} (${zone})`
}

export const sayDay = (instant: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  })
    .format(instant)
    .replace(',', '')

export const sayClock = (instant: Date, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(instant)
