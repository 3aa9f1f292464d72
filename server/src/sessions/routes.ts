import { questionCalls } from '#shared/questions.ts'
import { rsvpLinkCalls } from '#shared/rsvp-links.ts'
import { sessionCalls as calls } from '#shared/sessions.ts'
import { reminderCalls } from '#shared/reminders.ts'
import { requireFacilitator, requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { requireThread } from '../threads/guards.ts'
import { answerRsvp } from './answer-rsvp.ts'
import { cancelSession } from './cancel-session.ts'
import { changeSession } from './change-session.ts'
import { requireChair, requireSeat } from './guards.ts'
import { listSessions } from './list-sessions.ts'
import { listOpenQuestions } from './open-questions.ts'
import { listTakenUp } from './list-taken-up.ts'
import { listWhatStays } from './list-what-stays.ts'
import { planQuestion } from './plan-question.ts'
import { passAllPlacesOn } from './pass-places-on.ts'
import { readSession } from './read-session.ts'
import { getReminders, muteReminders } from './mute-reminders.ts'
import { replacePlan } from './replace-plan.ts'
import { requireRsvpLink } from './require-rsvp-link.ts'
import { scheduleSession } from './schedule-session.ts'
import { setAttendance } from './set-attendance.ts'
import { readRsvpLink, useRsvpLink } from './use-rsvp-link.ts'

export function addSessionRoutes(house: House, app: App): void {
  house.jobs.repeat('pass-places-on', '* * * * *', () => passAllPlacesOn(house))
  answer(house, app, calls.listSessions, requireMember, (member) => listSessions(house, member))
  // Each of these may mail the whole group.
  const mailing = { limit: [30, 600] } as const
  answer(
    house,
    app,
    calls.scheduleSession,
    requireFacilitator,
    (facilitator, { body }) => scheduleSession(house, facilitator, body),
    mailing,
  )
  answer(
    house,
    app,
    calls.changeSession,
    requireChair,
    (chair, { body }) => changeSession(house, chair, body),
    mailing,
  )
  answer(
    house,
    app,
    calls.cancelSession,
    requireChair,
    (chair, { body }) => cancelSession(house, chair, body.reason),
    mailing,
  )
  answer(house, app, calls.getSession, requireSeat, ({ member, session }) =>
    readSession(house.db, member, session.id),
  )
  answer(house, app, calls.answerRsvp, requireSeat, (seat, { body }) => answerRsvp(house, seat, body.answer))
  // From a mail, by whoever holds its link.
  const looking = { limit: [60, 60] } as const
  answer(
    house,
    app,
    rsvpLinkCalls.readRsvpLink,
    requireRsvpLink,
    (right) => readRsvpLink(house, right),
    looking,
  )
  answer(
    house,
    app,
    rsvpLinkCalls.useRsvpLink,
    requireRsvpLink,
    (right, { body }) => useRsvpLink(house, right, body.answer),
    looking,
  )
  answer(house, app, calls.setAttendance, requireChair, (chair, { params, body }) =>
    setAttendance(house, chair, params.accountId, body.present),
  )
  answer(house, app, calls.replacePlan, requireChair, (chair, { body }) => replacePlan(house, chair, body))
  answer(house, app, calls.listOpenQuestions, requireSeat, (seat) => listOpenQuestions(house, seat))
  answer(house, app, questionCalls.planQuestion, requireThread, (reader, { body }) =>
    planQuestion(house, reader, body),
  )
  answer(house, app, questionCalls.listTakenUp, requireSeat, (seat) => listTakenUp(house, seat))
  answer(house, app, calls.listWhatStays, requireSeat, (seat) => listWhatStays(house, seat))
  answer(house, app, reminderCalls.getReminders, requireSignIn, (signedIn) => getReminders(house, signedIn))
  answer(house, app, reminderCalls.muteReminders, requireSignIn, (signedIn, { body }) =>
    muteReminders(house, signedIn, body),
  )
}
