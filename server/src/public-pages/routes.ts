import {
  groupPicture,
  groupRss,
  HOME_PICTURE,
  organizerPicture,
  publicPageCalls as calls,
  publicSessionFile,
  sessionPicture,
} from '#shared/public-pages.ts'
import { forEverybody } from '../calendar/read-sessions.ts'
import { giveCalendar } from '../calendar/routes.ts'
import { writeSessions } from '../calendar/write-calendar.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { anyone, requireSignIn, requireVerified } from '../sign-in/guards.ts'
import { openPictures, type Picture } from './draw-picture.ts'
import { writeRobots, writeSitemap } from './for-robots.ts'
import { giveFile, textFile, type File } from './give.ts'
import {
  requireKnownGroup,
  requireKnownSession,
  requireOrganizerPage,
  requireReachableGroup,
  requireReachableSession,
} from './guards.ts'
import { closeMyPage, openMyPage, readMyPage } from './my-page.ts'
import { readAgenda, readSessionPage } from './read-agenda.ts'
import { pictureOfGroup, pictureOfHome, pictureOfOrganizer, pictureOfSession } from './picture-of.ts'
import { readOrganizerPage } from './read-organizer-page.ts'
import { writeRss } from './write-rss.ts'

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

  addFiles(house, app)
}

const OfSession = calls.readSessionPage.params

function addFiles(house: House, app: App): void {
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
  giveFile(house, app, groupRss(':slug'), requireKnownGroup, async (group) =>
    textFile('application/rss+xml; charset=utf-8', await writeRss(house, group)),
  )
  giveFile(house, app, '/robots.txt', anyone, () => textFile('text/plain; charset=utf-8', writeRobots(house)))
  giveFile(house, app, '/sitemap.xml', anyone, async () =>
    textFile('application/xml; charset=utf-8', await writeSitemap(house)),
  )

  const pictures = openPictures()
  app.addHook('onClose', () => pictures.close())
  const asFile = (picture: Picture): File => ({
    type: 'image/png',
    tag: pictures.tagOf(picture),
    make: () => pictures.draw(picture),
  })
  giveFile(house, app, HOME_PICTURE, anyone, () => asFile(pictureOfHome(house)))
  giveFile(house, app, groupPicture(':slug'), requireKnownGroup, async ({ group }) =>
    asFile(await pictureOfGroup(house, group)),
  )
  giveFile(
    house,
    app,
    sessionPicture(':slug', ':sessionId'),
    requireKnownSession,
    async ({ group, session }) => asFile(await pictureOfSession(house, group, session)),
    OfSession,
  )
  giveFile(house, app, organizerPicture(':slug'), requireOrganizerPage, async ({ account }) =>
    asFile(await pictureOfOrganizer(house, account)),
  )
}
