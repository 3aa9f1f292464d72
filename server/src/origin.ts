import type { FastifyRequest } from 'fastify'
import { isIP } from 'node:net'
import { Refusal } from '#shared/refusals.ts'
import type { Config } from './config.ts'

/**
 * Browsers may write only from our own pages: `Sec-Fetch-Site` says so where it is sent, the exact `Origin`
 * elsewhere. Our own is the origin of the settings, and this machine by its number or as `localhost`; any other
 * name could be one that somebody else let point here.
 */
export function requireOurOrigin(
  config: Config,
  { headers, protocol, host, hostname }: FastifyRequest,
): void {
  const own = new URL(config.origin)
  const bare = hostname.replace(/^\[|\]$/g, '')
  const ours = host === own.host || bare === 'localhost' || isIP(bare) !== 0
  if (headers.origin === config.origin) return
  if (ours && headers['sec-fetch-site'] === 'same-origin') return
  if (ours && headers.origin === `${protocol}://${host}`) return
  throw new Refusal('wrong-origin')
}
