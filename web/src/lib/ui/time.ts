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

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "in 2 days", "3 hours ago", "now". */
export function fromNow(instant: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit)
  }
  return 'now'
}
