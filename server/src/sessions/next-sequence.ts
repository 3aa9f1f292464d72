import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'

/** Calendars take a change only when it counts higher than the one they have. */
export const nextSequence = (house: House, { sequence }: SessionRow) => ({
  sequence: sequence + 1,
  changedAt: house.now(),
})

const SHOWN = ['title', 'room', 'venue', 'address', 'accessNotes', 'onlineLink', 'preparation'] as const

/** Whether a calendar shows the one otherwise than the other. */
export const looksOtherwise = (before: SessionRow, after: SessionRow): boolean =>
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime() ||
  SHOWN.some((part) => before[part] !== after[part])
