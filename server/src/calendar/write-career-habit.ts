import { ICalEventRepeatingFreq } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { CAREER_QUESTIONS } from '#shared/calendar.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { uidOf, writeCalendar } from './write-calendar.ts'

const HOUR = 17
/** Every month has it: a habit that began on the 31st would leave out February. */
const LAST_DAY_OF_ALL = 28

/**
 * An hour every six months to look at one's career, first in a week. It floats: five in the afternoon wherever its
 * owner is by then, in summer and in winter.
 */
export function writeCareerHabit(house: House, account: AccountRow): string {
  const now = house.now()
  const start = firstDay(now, account.zone).toPlainDateTime({ hour: HOUR })
  const digits = (time: Temporal.PlainDateTime) => new Date(`${time.toString()}Z`)
  return writeCalendar('Think about my career', [
    {
      id: uidOf(house, `career-${account.id}`),
      summary: 'Think about my career',
      floating: true,
      start: digits(start),
      end: digits(start.add({ hours: 1 })),
      repeating: { freq: ICalEventRepeatingFreq.MONTHLY, interval: 6 },
      description: [
        'An hour with my career plan:',
        ...CAREER_QUESTIONS.map((question) => `- ${question}`),
        '',
        'Near is sharp, far is fuzzy. A plan may change on any day.',
      ].join('\n'),
      url: house.config.origin,
      stamp: now,
    },
  ])
}

function firstDay(now: Date, zone: string): Temporal.PlainDate {
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 7 })
  return day.day > LAST_DAY_OF_ALL ? day.add({ months: 1 }).with({ day: 1 }) : day
}
