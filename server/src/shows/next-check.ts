const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** A show whose newest item is older than this is asked less often. */
const QUIET_AFTER = 30 * DAY
/** From then on a feed that fails is only tried once a week. */
const LONG_FAILING = 30 * DAY

/** When a feed that was read is asked again. */
export function afterReading(newest: Date | null, now: Date): Date {
  const quiet = newest !== null && now.getTime() - newest.getTime() > QUIET_AFTER
  return new Date(now.getTime() + (quiet ? 6 : 1) * HOUR)
}

/**
 * When a feed that could not be read is tried again: after an hour, then twice as long each time up to a day, and once
 * a week when it has failed for a month or is said to be gone. Never sooner than its server asks, up to a week.
 */
export function afterFailing(
  {
    failures,
    since,
    gone,
    retryAfter = 0,
  }: { failures: number; since: Date; gone: boolean; retryAfter?: number | undefined },
  now: Date,
): Date {
  const forLong = gone || now.getTime() - since.getTime() > LONG_FAILING
  const wait = forLong ? WEEK : Math.min(HOUR * 2 ** Math.min(failures - 1, 10), DAY)
  return new Date(now.getTime() + Math.max(wait, Math.min(retryAfter, WEEK)))
}
