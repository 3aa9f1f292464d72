import ipaddr from 'ipaddr.js'
import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import { Agent } from 'undici'

/**
 * What may be reached from here when somebody else names the address: public hosts, and the networks (as CIDR) that the
 * operator allows. An address in the URL is checked before connecting, a resolved one when connecting, because a name
 * can lead anywhere.
 */
export type Allowed = readonly string[]

const PORTS = new Set(['', '80', '443'])

/** What is wrong with an address before anything is resolved; nothing when it may be tried. */
export type OutsideProblem = 'scheme' | 'credentials' | 'private' | 'port'

export function problemOfAddress(url: URL, allow: Allowed): OutsideProblem | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme'
  if (url.username || url.password) return 'credentials'
  const literal = literalOf(url)
  if (literal && isAllowed(literal, allow)) return undefined
  if (literal && !isPublic(literal)) return 'private'
  return PORTS.has(url.port) ? undefined : 'port'
}

/** The address of a host that is written as one; none for a name. */
export function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/gu, '')
  return ipaddr.isValid(bare) ? bare : undefined
}

/**
 * Connects only where it may.
 * @param refuse what a name throws that leads to a private address.
 * @param publicToo false: only the networks that the operator allows.
 */
export const outsideAgent = (allow: Allowed, wait: number, refuse: () => Error, publicToo = true): Agent =>
  new Agent({ connect: { lookup: lookupReachable(allow, refuse, publicToo), timeout: wait } })

/** Names are resolved by us, so that a name can't lead where an address may not. */
function lookupReachable(allow: Allowed, refuse: () => Error, publicToo: boolean) {
  return (
    name: string,
    options: LookupOptions,
    done: (problem: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void =>
    resolve(name, { ...options, all: true }, (problem, found) => {
      if (problem) return done(problem, [])
      const usable = found.filter(
        ({ address }) => (publicToo && isPublic(address)) || isAllowed(address, allow),
      )
      const [first] = usable
      if (!first) return done(refuse(), [])
      if (options.all) done(null, usable)
      else done(null, first.address, first.family)
    })
}

/** Of IPv6, what is given out to the public; the rest has ways to write addresses of ours that no range is named for. */
const PUBLIC_V6 = ['2000::/3']

/** `process` reads an IPv4 address that is written as IPv6 for what it is. */
function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const read = ipaddr.process(address)
  return read.range() === 'unicast' && (read.kind() === 'ipv4' || isAllowed(address, PUBLIC_V6))
}

export const isAllowed = (address: string, allow: Allowed): boolean =>
  allow.some((network) => {
    const ours = ipaddr.process(address)
    const [base, bits] = ipaddr.parseCIDR(network)
    return base.kind() === ours.kind() && ours.match(base, bits)
  })
