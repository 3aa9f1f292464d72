import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Days that a session which was cancelled, or one of a public group, stays in calendars. */
export const CANCELLED_STAYS = 60
/** Days that a member's sessions stay in their calendar. */
export const PAST_STAYS = 365

/** What somebody asks themselves every six months. */
export const CAREER_QUESTIONS = [
  'Where should I be by now?',
  'Where am I?',
  'What is the gap?',
  'What closes it?',
  'What has changed?',
  'Does the plan still hold?',
] as const

/** The public feed of a public group. */
export const groupFeed = (slug: string) => `/calendar/groups/${slug}.ics`
/** One session as a file, for whoever is in its group. */
export const sessionFile = (sessionId: string) => `/calendar/sessions/${sessionId}.ics`
/** All sessions of a series as one file, for whoever is in its group. */
export const seriesFile = (seriesId: string) => `/calendar/series/${seriesId}.ics`
/** The habit of looking at one's career every six months, as a file. */
export const CAREER_FILE = '/calendar/career.ics'

/** The same address, for the program of a device that keeps calendars: it subscribes and does not import. */
export const asSubscription = (address: string) => address.replace(/^https?:/, 'webcal:')

/** What the forms of calendars on the web are filled in with. */
export type CalendarEvent = {
  title: string
  startsAt: string
  endsAt: string
  /** A room, an address, or a link. */
  place: string
  page: string
}

/** The form of Google Calendar, filled in. Times are UTC, so its zone does not matter. */
export function inGoogle({ title, startsAt, endsAt, place, page }: CalendarEvent): string {
  const stamp = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const dates = `${stamp(startsAt)}/${stamp(endsAt)}`
  const form = new URLSearchParams({ action: 'TEMPLATE', text: title, dates, location: place, details: page })
  return `https://calendar.google.com/calendar/render?${form.toString()}`
}

/** The form of Outlook on the web, filled in. */
export function inOutlook({ title, startsAt, endsAt, place, page }: CalendarEvent): string {
  const form = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: new Date(startsAt).toISOString(),
    enddt: new Date(endsAt).toISOString(),
    location: place,
    body: page,
  })
  return `https://outlook.live.com/calendar/0/deeplink/compose?${form.toString()}`
}

/** The address of somebody's private feed: whoever has it reads their sessions. */
export const MyCalendar = Type.Object({ address: Type.String() })
export type MyCalendar = Static<typeof MyCalendar>

export const calendarCalls = define({
  getMyCalendar: {
    method: 'GET',
    path: '/api/me/calendar',
    response: MyCalendar,
    summary: 'The private address of the calendar feed with all my sessions',
  },
  renewMyCalendar: {
    method: 'POST',
    path: '/api/me/calendar/renewal',
    response: MyCalendar,
    summary: 'Make a new address for my calendar feed; the old one ends at once',
  },
})
