import { clock, inWords } from '#lib/ui/time.ts'
import { zoneInWords } from '#lib/groups/words.ts'
import type { PublicSession } from '#shared/public-pages.ts'
import { placeInWords } from '#shared/where.ts'

type Times = Pick<PublicSession, 'startsAt' | 'endsAt'>

/** "Tuesday 24 November 2026", on the calendar of the given zone. */
export const dayInFull = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  })
    .format(new Date(instant))
    .replace(',', '')

/** "18:00 to 19:30 (Berlin time)". */
export const hoursInWords = ({ startsAt, endsAt }: Times, zone: string): string =>
  `${clock(startsAt, zone)} to ${clock(endsAt, zone)} (${zoneInWords(zone)})`

/** The same on the clock of somebody elsewhere; nothing when it reads the same there. */
export function elsewhereInWords({ startsAt, endsAt }: Times, zone: string, theirs: string): string {
  if (inWords(startsAt, theirs) === inWords(startsAt, zone)) return ''
  return `${inWords(startsAt, theirs)} to ${clock(endsAt, theirs)} for you (${zoneInWords(theirs)})`
}

/** "Café Elbe, Sand 12, Berlin", "Online", "Café Elbe, Berlin, and online"; nothing while nobody knows. */
export function meetingPlace(session: Pick<PublicSession, 'venue' | 'address' | 'city' | 'online'>): string {
  const where = placeInWords({ ...session, room: null })
  if (where) return session.online ? `${where}, and online` : where
  return session.online ? 'Online' : ''
}

/** "3 of 30 places are free", "All 30 places are taken; 2 wait". */
export function freeInWords({ all, free, waiting }: NonNullable<PublicSession['places']>): string {
  if (free > 0) return free === 1 ? `One of ${all} places is free` : `${free} of ${all} places are free`
  const full = `All ${all} places are taken`
  return waiting > 0 ? `${full}; ${waiting === 1 ? 'one person waits' : `${waiting} people wait`}` : full
}
