import type { FastifyReply, FastifyRequest } from 'fastify'
import Type, { type TSchema } from 'typebox'
import { createHash } from 'node:crypto'
import { CAREER_FILE, calendarCalls as calls, groupFeed, sessionFile } from '#shared/calendar.ts'
import { expertFile } from '#shared/experts.ts'
import { rsvpFile } from '#shared/rsvp-links.ts'
import { requireExpert } from '../experts/guards.ts'
import { answer, type App, type Guard } from '../http.ts'
import type { House } from '../house.ts'
import { requireSeat, type SessionRow } from '../sessions/guards.ts'
import { readMine } from '../sessions/read-session.ts'
import { requireRsvpLink } from '../sessions/require-rsvp-link.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { requireFeed, requirePublicGroup } from './guards.ts'
import { renewMyCalendar, showMyCalendar } from './my-calendar.ts'
import { forGuest, forMember, readMySessions, readPublicSessions } from './read-sessions.ts'
import { writeSessions } from './write-calendar.ts'
import { writeCareerHabit } from './write-career-habit.ts'

const MINUTE = 60_000
/** Calls a minute from one network. Programs that keep calendars for many people look from few addresses. */
const LOOKS = 300

export function addCalendarRoutes(house: House, app: App): void {
  answer(house, app, calls.getMyCalendar, requireSignIn, async (signedIn) => showMyCalendar(house, signedIn))
  answer(house, app, calls.renewMyCalendar, requireSignIn, (signedIn) => renewMyCalendar(house, signedIn), {
    limit: [20, 600],
  })

  giveCalendar(house, app, '/calendar/me/:token.ics', requireFeed, async ({ account }) => ({
    text: writeSessions(house, 'Shortside', await readMySessions(house, account)),
  }))
  giveCalendar(house, app, groupFeed(':slug'), requirePublicGroup, async ({ group }) => ({
    text: writeSessions(house, group.name, await readPublicSessions(house, group)),
  }))
  const ofSession = Type.Object({ sessionId: Type.String({ format: 'uuid' }) })
  giveCalendar(
    house,
    app,
    sessionFile(':sessionId'),
    requireSeat,
    async ({ member: { group, account }, session }) => {
      const { mine } = await readMine(house.db, session.id, account.id)
      return {
        text: writeSessions(house, group.name, [forMember(house, group, session, mine)]),
        fileName: fileOf(session),
      }
    },
    ofSession,
  )
  giveCalendar(house, app, rsvpFile(':token'), requireRsvpLink, async ({ group, session, accountId }) => {
    const { mine } = await readMine(house.db, session.id, accountId)
    return {
      text: writeSessions(house, group.name, [forGuest(house, group, session, mine)]),
      fileName: fileOf(session),
    }
  })
  giveCalendar(house, app, expertFile(':token'), requireExpert, async ({ expert, group, session }) =>
    Promise.resolve({
      text: writeSessions(house, group.name, [
        forGuest(house, group, session, expert.answer === 'accepted' ? 'coming' : null),
      ]),
      fileName: fileOf(session),
    }),
  )
  giveCalendar(house, app, CAREER_FILE, requireSignIn, async ({ account }) => ({
    text: writeCareerHabit(house, account),
    fileName: 'think-about-my-career.ics',
  }))
}

const fileOf = ({ startsAt }: SessionRow) => `session-${startsAt.toISOString().slice(0, 10)}.ics`

/** With a name it is a file to download, else a feed to come back to. */
type Written = { text: string; fileName?: string }

/** Calendars stand beside the API: programs ask for them that know nothing of it, by the ending of the address. */
export function giveCalendar<Proof>(
  house: House,
  app: App,
  url: string,
  guard: Guard<Proof>,
  write: (proof: Proof) => Promise<Written>,
  params?: TSchema,
): void {
  app.get(url, {
    schema: { ...(params ? { params } : {}) },
    config: {
      guard: guard.name,
      rateLimit: house.config.limits ? { max: LOOKS, timeWindow: MINUTE } : false,
    },
    handler: async (request, reply) => {
      void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
      return send(request, reply, await write(await guard(house, request)))
    },
  })
}

/** Programs come back every hour or so, mostly to hear that nothing has changed. */
function send(request: FastifyRequest, reply: FastifyReply, { text, fileName }: Written): FastifyReply {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  void reply.header('cache-control', 'private, no-cache').header('etag', tag)
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  if (fileName) void reply.header('content-disposition', `attachment; filename="${fileName}"`)
  return reply.type('text/calendar; charset=utf-8').send(text)
}
