import type { FastifyReply, FastifyRequest } from 'fastify'
import { ssoCalls as calls } from '#shared/sso.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { newToken } from '../links.ts'
import { requireAdmin } from '../organizations/guards.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import { anyone } from '../sign-in/guards.ts'
import { deviceOf, enter, requireZone } from '../sign-in/routes.ts'
import { arrive } from './arrive.ts'
import { ATTEMPT_HOLDS_MS, beginSso } from './begin.ts'
import { readConnectLink, useConnectLink } from './connect-link.ts'
import { enforceDomain } from './enforce-domain.ts'
import { finishSso } from './finish.ts'
import { changeSettings, readSettings, removeSettings, tryProvider } from './settings.ts'

/** Each of these asks somebody else's server. */
const ASKING = { limit: [20, 300] } as const
/** A whole company may come in the morning, from one address. */
const COMING = { limit: [300, 300] } as const

export function addSsoRoutes(house: House, app: App): void {
  answer(house, app, calls.readSso, requireAdmin, (admin) => readSettings(house, house.db, admin))
  answer(house, app, calls.changeSso, requireAdmin, (admin, { body }) => changeSettings(house, admin, body))
  answer(house, app, calls.removeSso, requireAdmin, (admin) => removeSettings(house, admin))
  answer(house, app, calls.trySso, requireAdmin, (admin) => tryProvider(house, admin), ASKING)
  answer(house, app, calls.enforceSso, requireAdmin, (admin, { params, body }) =>
    enforceDomain(house, admin, params.id, body.enforces),
  )

  answer(
    house,
    app,
    calls.beginSso,
    anyone,
    async (_visitor, { body }, request, reply) => {
      // One token for a browser, so that two tabs of it may begin side by side.
      const browser = request.cookies[browserCookie(house)] ?? newToken()
      const url = await beginSso(house, normaliseEmail(body.email), body.next, browser)
      setBrowserCookie(house, reply, browser)
      return { url }
    },
    COMING,
  )
  answer(
    house,
    app,
    calls.finishSso,
    anyone,
    async (visitor, { body }, request, reply) => {
      const vouched = await finishSso(house, body.query, request.cookies[browserCookie(house)])
      const zone = knownZone(body.zone)
      const arrival = await arrive(house, vouched, visitor, { zone, device: deviceOf(request) })
      if ('confirm' in arrival) return arrival
      await enter(house, reply, arrival.token, visitor.signInId)
      return { next: arrival.next }
    },
    COMING,
  )

  answer(
    house,
    app,
    calls.readSsoLink,
    anyone,
    (_visitor, { params }) => readConnectLink(house, params.token),
    { limit: [60, 60] },
  )
  answer(
    house,
    app,
    calls.useSsoLink,
    anyone,
    async ({ signInId }, { params }, request: FastifyRequest, reply) => {
      const { token, next } = await useConnectLink(house, params.token, deviceOf(request))
      await enter(house, reply, token, signInId)
      return { next }
    },
    { limit: [20, 300] },
  )
}

const isEncrypted = ({ config }: House) => config.origin.startsWith('https:')
const browserCookie = (house: House) => (isEncrypted(house) ? '__Host-company' : 'company')

function setBrowserCookie(house: House, reply: FastifyReply, browser: string): void {
  void reply.setCookie(browserCookie(house), browser, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isEncrypted(house),
    maxAge: ATTEMPT_HOLDS_MS / 1000,
  })
}

/** What a browser says of its zone is of use, or left aside: nobody is kept out for it. */
function knownZone(zone: string | undefined): string {
  try {
    requireZone(zone ?? 'UTC')
    return zone ?? 'UTC'
  } catch {
    return 'UTC'
  }
}
