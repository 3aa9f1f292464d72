/** Dates in words, in the reader's zone: "Tue 24 Nov, 17:30". */
export function inWords(instant: string | Date, zone?: string): string {
  const date = new Date(instant)
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(zone ? { timeZone: zone } : {}),
  }).format(date)
  return `${day.replace(',', '')}, ${clock(date, zone)}`
}

export const clock = (instant: string | Date, zone?: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(instant))

/** A calendar day, as an instant of it or as `2026-11-24`, in words: "24 Nov 2026". */
export const dayInWords = (day: string | Date, zone?: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(day))

const DAY = 86_400
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['hour', 3_600],
  ['minute', 60],
]

/** "in 2 days", "3 hours ago", "now". From a day on, days are those of the calendar, in the reader's zone. */
export function fromNow(instant: string | Date, now: Date = new Date(), zone?: string): string {
  const then = new Date(instant)
  const seconds = (then.getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })
  if (Math.abs(seconds) >= DAY) return relative.format(dayNumber(then, zone) - dayNumber(now, zone), 'day')
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit)
  }
  return 'now'
}

/** Days of the calendar, counted on from any one. */
function dayNumber(date: Date, zone?: string): number {
  const day = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(zone ? { timeZone: zone } : {}),
  }).format(date)
  return Date.parse(day) / (DAY * 1000)
}
