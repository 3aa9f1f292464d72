import { Refusal } from '#shared/refusals.ts'

/** Where the next page begins: after the last group of this one, by what the list is sorted by. */
export type Cursor = { id: string; /** The moment that the list was begun at. */ asOf: Date } & (
  { of: 'time'; startsAt: Date } | { of: 'rest'; made: Date } | { of: 'near'; kilometres: number }
)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const LONG_AGO = 3_600_000

export function writeCursor(cursor: Cursor): string {
  const value =
    cursor.of === 'near'
      ? cursor.kilometres
      : (cursor.of === 'time' ? cursor.startsAt : cursor.made).getTime()
  return `${cursor.of}_${value}_${cursor.id}_${cursor.asOf.getTime()}`
}

/** Somebody who turns pages sees one list: what begins meanwhile stays where it was, for an hour. */
export function readCursor(text: string, sorted: 'near' | 'time', now: Date): Cursor {
  const [of, given, id = '', begun] = text.split('_')
  const [value, at] = [numberIn(given), dateOf(numberIn(begun))]
  if (UUID.test(id) && value !== undefined && at) {
    const place = { id, asOf: at <= now && now.getTime() - at.getTime() < LONG_AGO ? at : now }
    if (of === 'near' && sorted === 'near') return { of, kilometres: value, ...place }
    const date = dateOf(value)
    if (of === 'time' && sorted === 'time' && date) return { of, startsAt: date, ...place }
    if (of === 'rest' && sorted === 'time' && date) return { of, made: date, ...place }
  }
  throw new Refusal('invalid', 'This page of the list can’t be found again. Begin the search anew.', 'after')
}

const numberIn = (text = ''): number | undefined =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined

/** Only what a database can hold. */
function dateOf(milliseconds: number | undefined): Date | undefined {
  if (milliseconds === undefined || Math.abs(milliseconds) > 32_503_680_000_000) return undefined
  return new Date(Math.trunc(milliseconds))
}
