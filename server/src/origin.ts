import type { FastifyRequest } from 'fastify'
import { Refusal } from '#shared/refusals.ts'
import type { Config } from './config.ts'

/**
 * Browsers may write only from our own pages: `Sec-Fetch-Site` says so where it is sent, the exact `Origin`
 * elsewhere. The origin is the one of the settings, or the address that the request itself came to.
 */
export function requireOurOrigin(config: Config, { headers, protocol, host }: FastifyRequest): void {
  if (headers['sec-fetch-site'] === 'same-origin') return
  if (headers.origin === config.origin || (headers.origin && headers.origin === `${protocol}://${host}`))
    return
  throw new Refusal('wrong-origin')
}
