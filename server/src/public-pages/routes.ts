import Type from 'typebox'
import { publicPageCalls as calls, publicSessionFile } from '#shared/public-pages.ts'
import { forEverybody } from '../calendar/read-sessions.ts'
import { giveCalendar } from '../calendar/routes.ts'
import { writeSessions } from '../calendar/write-calendar.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn, requireVerified } from '../sign-in/guards.ts'
import {
  requireKnownSession,
  requireOrganizerPage,
  requireReachableGroup,
  requireReachableSession,
} from './guards.ts'
import { closeMyPage, openMyPage, readMyPage } from './my-page.ts'
import { readAgenda, readSessionPage } from './read-agenda.ts'
import { readOrganizerPage } from './read-organizer-page.ts'

const LOOKING = { limit: [120, 60] } as const
const CHANGING = { limit: [30, 600] } as const

export function addPublicPageRoutes(house: House, app: App): void {
  answer(house, app, calls.readAgenda, requireReachableGroup, (group) => readAgenda(house, group), LOOKING)
  answer(
    house,
    app,
    calls.readSessionPage,
    requireReachableSession,
    (session) => readSessionPage(house, session),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.readOrganizerPage,
    requireOrganizerPage,
    (organizer) => readOrganizerPage(house, organizer),
    LOOKING,
  )
  answer(house, app, calls.readMyPage, requireSignIn, (signedIn) => readMyPage(house, signedIn))
  answer(
    house,
    app,
    calls.openMyPage,
    requireVerified,
    (verified, { body }) => openMyPage(house, verified, body),
    CHANGING,
  )
  answer(house, app, calls.closeMyPage, requireSignIn, (signedIn) => closeMyPage(house, signedIn), CHANGING)

  giveCalendar(
    house,
    app,
    publicSessionFile(':slug', ':sessionId'),
    requireKnownSession,
    async ({ group, session }) => ({
      text: writeSessions(house, group.name, [forEverybody(house, group, session)]),
      fileName: `session-${session.startsAt.toISOString().slice(0, 10)}.ics`,
    }),
    OfSession,
  )
}

const OfSession = Type.Object({ sessionId: Type.String({ format: 'uuid' }) })
