import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { REMINDERS, type Reminder } from './words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long before a session each goes out; and until when it may still, after our server was away. */
const TIMES: Record<Reminder, { before: number; until: number }> = {
  week: { before: 7 * DAY, until: 5 * DAY },
  day: { before: DAY, until: 3 * HOUR },
  hour: { before: HOUR, until: 10 * MINUTE },
}

/**
 * Which reminders of a session are due. None is for who was told of this time later than the reminder would have come:
 * the mail that told them is one.
 */
export const dueReminders = (startsAt: Date, toldAt: Date, now: Date): Reminder[] =>
  REMINDERS.filter((kind) => {
    const { before, until } = TIMES[kind]
    const at = startsAt.getTime() - before
    return toldAt.getTime() <= at && now.getTime() >= at && now.getTime() <= startsAt.getTime() - until
  })

/** The longest look ahead. */
export const FIRST_REMINDER = TIMES.week.before

/** What reminds me of sessions. Mails that one moved or was cancelled come always. */
export const MyReminders = Type.Object({ muted: Type.Array(Type.Enum([...REMINDERS])) })
export type MyReminders = Static<typeof MyReminders>

export const reminderCalls = define({
  getReminders: {
    method: 'GET',
    path: '/api/me/reminders',
    response: MyReminders,
    summary: 'Which reminders of sessions I have muted',
  },
  muteReminders: {
    method: 'PUT',
    path: '/api/me/reminders',
    body: MyReminders,
    response: MyReminders,
    summary: 'Mute reminders of sessions, or want them again',
  },
})
