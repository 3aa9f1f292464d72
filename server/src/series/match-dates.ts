import type { Occurrence } from './occurrences.ts'

/** A session that is there already: the date that the series gave it, as a wall clock. */
type Held = { id: string; occurrence: string }

export type Match<S extends Held> = {
  /** The same date as before. */
  stay: { session: S; date: Occurrence }[]
  /** Another one, by less than a week: it keeps its plan and what people said. */
  move: { session: S; date: Occurrence }[]
  cancel: S[]
  add: Occurrence[]
}

const WEEK = 7 * 86_400_000

/**
 * Brings the sessions of a series and its new dates together. The same day is the same session; of the rest, one moves
 * to a date less than a week away, and what finds none is cancelled.
 */
export function matchDates<S extends Held>(sessions: readonly S[], dates: readonly Occurrence[]): Match<S> {
  const match: Match<S> = { stay: [], move: [], cancel: [], add: [] }
  const left = new Set(dates)
  const loose: S[] = []
  for (const session of sessions) {
    const date = dates.find((one) => left.has(one) && dayOf(one.local) === dayOf(session.occurrence))
    if (!date) {
      loose.push(session)
      continue
    }
    left.delete(date)
    match[date.local === session.occurrence ? 'stay' : 'move'].push({ session, date })
  }
  for (const session of loose) {
    const near = [...left].filter(
      ({ local }) => Math.abs(clockTime(local) - clockTime(session.occurrence)) < WEEK,
    )
    const [date] = near
    if (!date) {
      match.cancel.push(session)
      continue
    }
    left.delete(date)
    match.move.push({ session, date })
  }
  match.add.push(...left)
  return match
}

const dayOf = (local: string) => local.slice(0, 10)
/** Distances between wall clocks, whatever the zone does. */
const clockTime = (local: string) => Date.parse(`${local}Z`)
