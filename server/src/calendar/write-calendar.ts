import ical, {
  escape,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator'
import type { House } from '../house.ts'

/** What a calendar says of one session. */
export type Entry = {
  id: string
  title: string
  startsAt: Date
  endsAt: Date
  cancelled: boolean
  /** Whoever reads it has no place yet. */
  tentative?: boolean
  /** It takes days and nobody's time in particular, so it blocks none. */
  overDays?: boolean
  sequence: number
  changedAt: Date
  createdAt: Date
  place: string
  paragraphs: string[]
  page: string
}

/** Seconds after which a calendar should look again. */
const LOOK_AGAIN = 3600

/**
 * Sessions as a calendar of RFC 5545. Every time is a UTC instant, so no calendar needs to know our zones; the UID of a
 * session never changes, so a calendar knows it again.
 */
export function writeSessions(house: House, name: string, entries: readonly Entry[]): string {
  return writeCalendar(
    name,
    entries.map((entry) => ({
      id: uidOf(house, entry.id),
      summary: oneLine(entry.title),
      start: entry.startsAt,
      end: entry.endsAt,
      location: oneLine(entry.place),
      description: printable(entry.paragraphs.join('\n\n')),
      url: entry.page,
      status: statusOf(entry),
      ...(entry.overDays ? { transparency: ICalEventTransparency.TRANSPARENT } : {}),
      sequence: entry.sequence,
      created: entry.createdAt,
      lastModified: entry.changedAt,
      stamp: entry.changedAt,
    })),
  )
}

function statusOf({ cancelled, tentative }: Entry): ICalEventStatus {
  if (cancelled) return ICalEventStatus.CANCELLED
  return tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED
}

export function writeCalendar(name: string, events: readonly ICalEventData[]): string {
  const text = ical({
    prodId: { company: 'Shortside', product: 'Shortside' },
    // The library writes this one as it is.
    name: escape(oneLine(name), false),
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN,
    events: [...events],
  }).toString()
  // Each line of the format is ended, the last one too.
  return `${text}\r\n`
}

export const uidOf = ({ config }: House, id: string): string => `${id}@${new URL(config.origin).hostname}`

/** Calendars may refuse a file with control characters in it. */
const printable = (text: string) => text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
const oneLine = (text: string) => printable(text).replace(/\s+/g, ' ').trim()
