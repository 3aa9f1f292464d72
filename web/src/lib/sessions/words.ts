import { clock, dayInWords, fromNow, inWords } from '#lib/ui/time.ts'
import { duesByPlan } from '#shared/live/over-days.ts'
import type { Block, Session, SessionSummary } from '#shared/sessions.ts'

/** "Tue 24 Nov, 17:30 to 18:30", or with the day that it ends on; on the clock of the given zone. */
export const whenInWords = (
  { startsAt, endsAt }: Pick<SessionSummary, 'startsAt' | 'endsAt'>,
  zone: string,
): string => {
  const isOneDay = dayInWords(startsAt, zone) === dayInWords(endsAt, zone)
  return `${inWords(startsAt, zone)} to ${isOneDay ? clock(endsAt, zone) : inWords(endsAt, zone)}`
}

/** "Room Elbe and online", or nothing while nobody knows. */
export function whereInWords({ place, onlineLink }: Pick<SessionSummary, 'place' | 'onlineLink'>): string {
  if (place) return onlineLink ? `${place}, and online` : place
  return onlineLink ? 'Online' : ''
}

/** "Berlin time", as people say it. */
export const zoneInWords = (zone: string): string =>
  zone.includes('/') ? `${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone} time` : zone

/** "in 2 days", "on now", "cancelled": where a session is in its life. */
export function stateInWords(
  {
    status,
    open,
    startsAt,
    endsAt,
    overDays,
  }: Pick<SessionSummary, 'status' | 'open' | 'startsAt' | 'endsAt' | 'overDays'>,
  now: Date,
  zone?: string,
): { words: string; tone: 'plain' | 'green' | 'gold' | 'now' } {
  switch (status) {
    case 'live':
      return {
        words: overDays?.until ? `Open until ${inWords(overDays.until, zone)}` : 'On now',
        tone: 'now',
      }
    case 'wrapped-up':
      return { words: 'Wrapped up', tone: 'green' }
    case 'cancelled':
      return { words: 'Cancelled', tone: 'plain' }
    case 'scheduled':
      if (new Date(endsAt) < now) return { words: 'Never opened', tone: 'gold' }
      if (open) return { words: 'The room is open', tone: 'now' }
      return { words: fromNow(startsAt, now, zone), tone: 'now' }
  }
}

/** What is ahead, soonest first; what is over, latest first. */
export function sortSessions<S extends SessionSummary>(
  sessions: readonly S[],
  now: Date,
): { ahead: S[]; past: S[] } {
  const isAhead = ({ status, endsAt }: S) =>
    status === 'live' || (status === 'scheduled' && new Date(endsAt) > now)
  const rank = ({ status, startsAt }: S) => (status === 'live' ? 0 : Date.parse(startsAt))
  return {
    ahead: sessions.filter(isAhead).toSorted((one, other) => rank(one) - rank(other)),
    past: sessions
      .filter((session) => !isAhead(session))
      .toSorted((one, other) => Date.parse(other.startsAt) - Date.parse(one.startsAt)),
  }
}

/** "12:40", "1:02:03": a moment of an episode. */
export function momentInWords(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** Over days each block has a date, as the group's clock shows it; once it runs, dates follow what people do. */
export const duesInWords = ({
  blocks,
  overDays,
  status,
  startsLocal,
}: Pick<Session, 'blocks' | 'overDays' | 'status' | 'startsLocal'>): string[] =>
  overDays && status === 'scheduled'
    ? duesByPlan(startsLocal, blocks).map((due) => `until ${inWords(`${due}:00Z`, 'UTC')}`)
    : []

/** When each block begins, if everything goes by the plan. */
export function startsOf(blocks: readonly Pick<Block, 'minutes'>[], startsAt: string): Date[] {
  let at = Date.parse(startsAt)
  return blocks.map(({ minutes }) => {
    const start = new Date(at)
    at += minutes * 60_000
    return start
  })
}

/** "Ada, Ben and Cleo". */
export const namesInWords = (people: readonly { name: string }[]): string =>
  new Intl.ListFormat('en-GB').format(people.map(({ name }) => name))

/** Minutes that a block took: "12", "<1"; a block that was skipped took none. */
export function tookInWords(minutes: number | null): string {
  if (minutes === null) return 'skipped'
  return minutes < 1 ? '<1' : String(Math.round(minutes))
}
