/** Years that people plan and remember in. Databases and calendars disagree about what lies far outside. */
export const EARLIEST_YEAR = 1900
export const LATEST_YEAR = 2999

const DAY = /^(\d{4})-\d{2}-\d{2}$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** A day that is in the calendar, such as 2026-12-01. */
export function isDay(text: string): boolean {
  const year = Number(DAY.exec(text)?.[1])
  if (!(year >= EARLIEST_YEAR && year <= LATEST_YEAR)) return false
  const start = new Date(`${text}T00:00:00Z`)
  // What is no day, such as 30 February, is refused or read as another one.
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text)
}

/** An instant that JavaScript and the database both know: a leap second is none. */
export const isInstant = (text: string): boolean =>
  isDay(INSTANT.exec(text)?.[1] ?? '') && !Number.isNaN(Date.parse(text))

/** An id as the database spells it. Spelled in another way it is the same row there, and another one to whoever compares. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
