/** The most places that a session can have; more than that is a session for everybody. */
export const MOST_CAPACITY = 1_000

const MINUTE = 60_000
/** A freed place is kept for the next one no longer than that. */
export const OFFER_HOLDS = 24 * 60 * MINUTE
/** And no shorter, unless the session begins before. */
export const OFFER_HOLDS_AT_LEAST = 15 * MINUTE

/**
 * Until when a freed place is kept for whoever it is offered to: a day, or half of the time that is left, so that the one
 * after them has a chance too. Never past the start; from then on nothing is offered.
 */
export function offerEnd(now: Date, startsAt: Date): Date | undefined {
  const left = startsAt.getTime() - now.getTime()
  if (left <= 0) return undefined
  const holds = Math.min(OFFER_HOLDS, Math.max(OFFER_HOLDS_AT_LEAST, Math.floor(left / 2)), left)
  return new Date(now.getTime() + holds)
}

/** Who has a place, and for whom one is kept. */
export type Taken = { coming: number; offered: number }

/** How many places nobody has and nobody is offered; without a capacity there is always one. */
export const freePlaces = (capacity: number | null, { coming, offered }: Taken): number =>
  capacity === null ? Infinity : Math.max(0, capacity - coming - offered)

/** Whether a newcomer would wait: no place is free, or somebody waits for one. */
export const isFull = ({
  capacity,
  waiting,
  ...taken
}: Taken & { capacity: number | null; waiting: number }): boolean =>
  capacity !== null && (waiting > 0 || freePlaces(capacity, taken) === 0)
