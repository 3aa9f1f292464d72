import { ROUND_DAYS } from '#shared/feedback.ts'

const DAY = 86_400_000

/** The day of an instant in the reader's zone, such as 2026-12-06. */
export const dayOf = (instant: string | Date): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** When a round closes that opens on a day, or now: two weeks later. */
export const closingDay = (opensOn = ''): string =>
  dayOf(new Date((opensOn === '' ? Date.now() : new Date(morningOf(opensOn)).getTime()) + ROUND_DAYS * DAY))

/** Eight in the morning of a day in the reader's zone. */
export const morningOf = (day: string): string => new Date(`${day}T08:00:00`).toISOString()

/** The end of a day in the reader's zone. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:00`).toISOString()
