import { ROUND_DAYS } from '#shared/feedback.ts'

const DAY = 86_400_000

/** The day of an instant in the reader's zone, such as 2026-12-06; of two weeks from now when nothing is given. */
export const closingDay = (instant?: string): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant ? new Date(instant) : new Date(Date.now() + ROUND_DAYS * DAY),
  )

/** The end of a day in the reader's zone. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:00`).toISOString()
