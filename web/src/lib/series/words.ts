import { clock } from '#lib/ui/time.ts'
import { zoneInWords } from '#lib/sessions/words.ts'
import type { ClockNote, SeriesSession } from '#shared/series.ts'
import type { RsvpState } from '#shared/sessions.ts'

type When = { startsAt: string; endsAt: string }

/** "Tue 24 Nov 2026, 18:00 to 19:00": series go over years. */
export function dateInWords({ startsAt, endsAt }: When, zone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  }).format(new Date(startsAt))
  return `${day.replace(',', '')}, ${clock(startsAt, zone)} to ${clock(endsAt, zone)}`
}

/** The same on another clock, when it shows something else. */
export const elsewhere = (when: When, zone: string, there: string): string =>
  dateInWords(when, zone) === dateInWords(when, there)
    ? ''
    : `${dateInWords(when, there)}, ${zoneInWords(there)}`

/** What the change of the clocks does to a date. */
export function clockInWords(note: ClockNote, startsAt: string, zone: string): string {
  switch (note) {
    case 'usual':
      return ''
    case 'left-out':
      return `The clocks skip its usual time that day, so it begins at ${clock(startsAt, zone)}.`
    case 'twice':
      return 'The clocks show this time twice that day; the first is meant.'
  }
}

/** For whoever lives where the clocks change on other days. */
export function shiftInWords(minutes: number, zone: string): string {
  if (minutes === 0) return ''
  const by = Math.abs(minutes) === 60 ? 'an hour' : `${Math.abs(minutes)} minutes`
  return `The clocks of ${zoneInWords(zone).replace(/ time$/, '')} change before this one: for people elsewhere it is ${by} ${minutes > 0 ? 'later' : 'earlier'} from here on.`
}

/** "Session 3 of 12". */
export const numberInWords = (number: number, count: number): string => `session ${number} of ${count}`

/** "8 sessions", "one session". */
export const sessionsInWords = (count: number): string => (count === 1 ? 'one session' : `${count} sessions`)

const SAID: Record<RsvpState, string> = {
  coming: 'You are coming',
  'not-coming': 'You can’t come',
  waiting: 'You are on the waitlist',
  offered: 'A place is offered to you',
}

export function answerInWords({ mine, status, past }: SeriesSession): string {
  if (status === 'cancelled') return 'Cancelled'
  if (past) return status === 'wrapped-up' ? 'Over' : ''
  return mine === null ? 'You have not answered' : SAID[mine]
}
