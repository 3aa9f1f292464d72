import type { SessionSummary } from '#shared/sessions.ts'

/** What is on now, or comes next. */
export function nextOf(sessions: readonly SessionSummary[], now: Date): SessionSummary | undefined {
  const ahead = sessions.filter(
    ({ status, endsAt }) => status === 'live' || (status === 'scheduled' && new Date(endsAt) > now),
  )
  return ahead.toSorted((one, other) => rank(one) - rank(other))[0]
}

const rank = ({ status, startsAt }: SessionSummary) => (status === 'live' ? 0 : new Date(startsAt).getTime())
