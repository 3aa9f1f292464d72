import type { CustomFetch } from 'openid-client'
import { fetch } from 'undici'
import { Refusal } from '#shared/refusals.ts'
import type { Config } from '../config.ts'
import { isAllowed, literalOf, outsideAgent, problemOfAddress, type Allowed } from '../outside.ts'

const LARGEST_ANSWER = 1_048_576
/** Answers that have no body, and may not be given one. */
const BODILESS = new Set([101, 103, 204, 205, 304])

/**
 * How a provider is reached: an admin named its address, so it is held against the rules for addresses of others on every
 * request. What is not encrypted, or on an unusual port, is only reached in networks that the operator allows. Redirects
 * are not followed.
 */
export const reachProvider =
  ({ allowNetworks, providerWait }: Config): CustomFetch =>
  async (address, options) => {
    const url = new URL(address)
    const insideOnly = requireReachable(url, allowNetworks)
    const agent = outsideAgent(allowNetworks, providerWait, () => privateHost(url), !insideOnly)
    try {
      const response = await fetch(url, {
        method: options.method,
        headers: options.headers,
        body: options.body instanceof URLSearchParams ? options.body.toString() : null,
        redirect: 'manual',
        dispatcher: agent,
        signal: AbortSignal.timeout(providerWait),
      })
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of response.body ?? []) {
        size += (chunk as Uint8Array).length
        if (size > LARGEST_ANSWER)
          throw refusal(`What ${url.hostname} sends is larger than 1 MB, the most we take of a provider.`)
        chunks.push(chunk as Uint8Array)
      }
      return new Response(BODILESS.has(response.status) ? null : Buffer.concat(chunks), {
        status: response.status,
        headers: [...response.headers],
      })
    } finally {
      await agent.destroy()
    }
  }

/** Gives whether the address is for allowed networks only. */
function requireReachable(url: URL, allow: Allowed): boolean {
  const problem = problemOfAddress(url, allow)
  if (problem === 'private') throw privateHost(url)
  if (problem === 'scheme' || problem === 'credentials')
    throw refusal('An issuer begins with https://, and has no name or password in it.')
  const insideOnly = problem === 'port' || url.protocol === 'http:'
  const literal = literalOf(url)
  if (!insideOnly || (literal ? isAllowed(literal, allow) : allow.length > 0)) return insideOnly
  throw refusal(
    url.protocol === 'http:'
      ? `${url.hostname} is not asked without encryption. Its address has to begin with https://.`
      : `The port ${url.port} is not one of the web. Use an address without a port, or ask the operator of this instance to allow its network.`,
  )
}

const privateHost = ({ hostname }: URL) =>
  refusal(
    `${hostname} is not on the public internet. The operator of this instance can allow its network (ALLOW_NETWORKS).`,
  )

const refusal = (sentence: string) => new Refusal('invalid', sentence, 'issuer')
