import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import { sql } from 'drizzle-orm'
import { openDatabase, type Database } from '#db/connect.ts'
import type { Config } from './config.ts'
import { addEpisodeRoutes } from './episodes/routes.ts'
import { addCareerRoutes } from './career/routes.ts'
import { addEveningRoutes } from './evenings/routes.ts'
import { addExpertRoutes } from './experts/routes.ts'
import { addExportRoutes } from './exports/routes.ts'
import { addFeedbackRoutes } from './feedback/routes.ts'
import { addGroupRoutes } from './groups/routes.ts'
import { addGuideRoutes } from './guide/routes.ts'
import type { House } from './house.ts'
import { createApp, type App } from './http.ts'
import { keepForAMoment } from './kept.ts'
import { openJobs } from './jobs.ts'
import { signedLinks } from './links.ts'
import { addJoiningRoutes } from './joining/routes.ts'
import { addBallotRoutes } from './live/ballot-routes.ts'
import { addLiveRoutes } from './live/routes.ts'
import { repeatOverDays } from './live/settle-over-days.ts'
import { keepSweeping } from './live/sweep-deadlines.ts'
import { handleMailJobs } from './mail/send-mail.ts'
import { networkOf } from './network.ts'
import { requireOurOrigin } from './origin.ts'
import { addOpenApi } from './openapi.ts'
import { addAgreementRoutes } from './agreements/routes.ts'
import { addAnnouncementRoutes } from './announcements/routes.ts'
import { addDutyRoutes } from './duties/routes.ts'
import { addRetentionRoutes } from './retention/routes.ts'
import { addSplitRoutes } from './splits/routes.ts'
import { addTakeOverRoutes } from './take-overs/routes.ts'
import { addEndingRoutes } from './endings/routes.ts'
import { addOrganizationRoutes } from './organizations/routes.ts'
import { addSsoRoutes } from './sso/routes.ts'
import { addHrRoutes } from './hr/routes.ts'
import { addMentionRoutes } from './mentions/routes.ts'
import { addModerationRoutes } from './moderation/routes.ts'
import { addGuestRoutes } from './guests/routes.ts'
import { addMyDataRoutes } from './my-data/routes.ts'
import { addPublicPageRoutes } from './public-pages/routes.ts'
import { addRecordRoutes } from './records/routes.ts'
import { openRooms } from './rooms/rooms.ts'
import { addRoomRoutes } from './rooms/routes.ts'
import { addCityRoutes } from './cities/routes.ts'
import { addAuditRoutes } from './audit-trail/routes.ts'
import { addInternalGroupRoutes } from './internal-groups/routes.ts'
import { addCalendarRoutes } from './calendar/routes.ts'
import { addCommitmentRoutes } from './commitments/routes.ts'
import { addDashboardRoutes } from './dashboard/routes.ts'
import { addSeriesRoutes } from './series/routes.ts'
import { repeatReminders } from './sessions/remind.ts'
import { addShowRoutes } from './shows/routes.ts'
import { addSessionRoutes } from './sessions/routes.ts'
import { addWrapUpRoutes } from './wrap-ups/routes.ts'
import { addSampleRoutes } from './sample/routes.ts'
import { addSearchRoutes } from './search/routes.ts'
import { sealsWith } from './seals.ts'
import { addSignInRoutes } from './sign-in/routes.ts'
import { addHighlightRoutes } from './highlights/routes.ts'
import { addListeningRoutes } from './listening/routes.ts'
import { addTemplateRoutes } from './templates/routes.ts'
import { addThreadRoutes } from './threads/routes.ts'
import { addFollowingRoutes } from './following/routes.ts'
import { addTranscriptRoutes } from './transcripts/routes.ts'

/** The largest frame that a client may send over a socket. */
const LARGEST_FRAME = 65_536

export type BuildOptions = {
  config: Config
  databaseUrl: string
  instanceKey: Buffer
  now?: () => Date
  /** Jobs run in production; tests that need none save the time. */
  jobs?: boolean
  /** Where the log goes; standard output when nothing is said. */
  log?: { write: (line: string) => void }
}

/** The application, as production and tests run it: who may come in, and what they find. */
export async function buildApp({
  config,
  databaseUrl,
  instanceKey,
  now = () => new Date(),
  jobs: runJobs = true,
  log,
}: BuildOptions): Promise<{ app: App; house: House; database: Database }> {
  const app = createApp(config, log)
  const database = openDatabase(databaseUrl)
  const jobs = openJobs(databaseUrl, (problem) => app.log.error({ err: problem }, 'jobs'))
  const rooms = openRooms(config, database.db, databaseUrl)
  const house: House = {
    config,
    db: database.db,
    jobs,
    links: signedLinks(instanceKey),
    seals: sealsWith(instanceKey),
    rooms,
    kept: keepForAMoment(),
    now,
  }

  await app.register(cookie)
  // Pages carry their own policy with a nonce each (vite.config.ts); what the API gives is never a page.
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: config.origin.startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(rateLimit, { global: false, keyGenerator: ({ ip }) => networkOf(ip) })
  await addOpenApi(app, config)
  await app.register(websocket, { options: { maxPayload: LARGEST_FRAME } })

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    void reply.header('cache-control', 'no-store')
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) requireOurOrigin(config, request)
  })

  app.get('/healthz', { logLevel: 'silent' }, async () => ({ alive: true }))
  app.get('/readyz', { logLevel: 'silent' }, async () => {
    await database.db.execute(sql`select 1`)
    return { ready: true }
  })

  addSignInRoutes(house, app)
  addSampleRoutes(house, app)
  addOrganizationRoutes(house, app)
  addSsoRoutes(house, app)
  addHrRoutes(house, app)
  addCityRoutes(house, app)
  addGroupRoutes(house, app)
  addInternalGroupRoutes(house, app)
  addAuditRoutes(house, app)
  addRoomRoutes(house, app)
  addLiveRoutes(house, app)
  addBallotRoutes(house, app)
  addJoiningRoutes(house, app)
  addSessionRoutes(house, app)
  addWrapUpRoutes(house, app)
  addSeriesRoutes(house, app)
  addCommitmentRoutes(house, app)
  addDashboardRoutes(house, app)
  addExpertRoutes(house, app)
  addEveningRoutes(house, app)
  addFeedbackRoutes(house, app)
  addCareerRoutes(house, app)
  addCalendarRoutes(house, app)
  addEpisodeRoutes(house, app)
  addTranscriptRoutes(house, app)
  addShowRoutes(house, app)
  addThreadRoutes(house, app)
  addFollowingRoutes(house, app)
  addSearchRoutes(house, app)
  addExportRoutes(house, app)
  addListeningRoutes(house, app)
  addHighlightRoutes(house, app)
  addMentionRoutes(house, app)
  addGuideRoutes(house, app)
  addTemplateRoutes(house, app)
  addModerationRoutes(house, app)
  addGuestRoutes(house, app)
  addMyDataRoutes(house, app)
  addRecordRoutes(house, app)
  addEndingRoutes(house, app)
  addDutyRoutes(house, app)
  addAnnouncementRoutes(house, app)
  addAgreementRoutes(house, app)
  addTakeOverRoutes(house, app)
  addRetentionRoutes(house, app)
  addSplitRoutes(house, app)
  addPublicPageRoutes(house, app)

  handleMailJobs(house)
  repeatReminders(house)
  repeatOverDays(house)
  if (runJobs) app.addHook('onReady', () => jobs.start())
  const stopSweeping = runJobs ? keepSweeping(house, (err) => app.log.error({ err }, 'deadlines')) : undefined
  app.addHook('onClose', async () => {
    await stopSweeping?.()
    if (runJobs) await jobs.stop()
    await rooms.close()
    await database.close()
  })
  return { app, house, database }
}
