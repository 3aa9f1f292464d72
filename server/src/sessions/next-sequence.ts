import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'

/** Calendars take a change only when it counts higher than the one they have. */
export const nextSequence = (house: House, { sequence }: SessionRow) => ({
  sequence: sequence + 1,
  changedAt: house.now(),
})

/** Whether a calendar shows the one otherwise than the other. */
export const looksOtherwise = (before: SessionRow, after: SessionRow): boolean =>
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime() ||
  (['title', 'room', 'onlineLink', 'preparation'] as const).some((part) => before[part] !== after[part])
