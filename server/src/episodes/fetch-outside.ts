import { isUtf8 } from 'node:buffer'
import { fetch, type Response } from 'undici'
import { LARGEST_DOCUMENT } from '#shared/episodes.ts'
import { decodeText, requireText } from '#shared/episode-text.ts'
import { Refusal } from '#shared/refusals.ts'
import { outsideAgent, problemOfAddress, type Allowed, type OutsideProblem } from '../outside.ts'

const MOST_REDIRECTS = 5
const LONGEST_WAIT = 10_000
/** Longer ones would only be sent back. */
const LONGEST_VALIDATOR = 500

/** Networks that may be fetched from although they are not public, how long it may take, and what it is that is fetched. */
export type Reach = { readonly allow?: Allowed; readonly wait?: number; readonly thing?: Thing }
/** What somebody is told to do about it, and what the other server is told that we are. */
export type Thing = {
  readonly agent: string
  readonly most: number
  readonly privately: string
  readonly instead: string
  readonly gone: string
}
const FEED: Thing = {
  agent: 'Shortside (podcast import)',
  most: LARGEST_DOCUMENT,
  privately: 'Use the public address of the feed.',
  instead: "paste the episode's show notes",
  gone: 'Look for a newer address on the page of the show.',
}
export type Fetched = { text: string; url: string }

/** What a server gave. */
export type Answer = {
  /** Nothing when it is still the version that was asked about. */
  body: Buffer | null
  /** Where it came from in the end. */
  url: string
  /** Where permanent redirects alone lead: that address should be asked from now on. */
  movedTo: string | null
  etag: string | null
  lastModified: string | null
  contentType: string
}

/** A server that we reached, and that did not give it. */
export class NotGiven extends Refusal {
  /** The status of HTTP that it answered with. */
  readonly answered: number
  /** How long it asks us to wait, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(sentence: string, answered: number, retryAfter?: number) {
    super('invalid', sentence, 'url')
    this.answered = answered
    this.retryAfter = retryAfter
  }
}

/** Fetches text. @throws Refusal with the sentence that says what to do. */
export async function fetchOutside(address: string, reach: Reach = {}): Promise<Fetched> {
  const { body, url, contentType } = await askOutside(address, reach)
  return { text: textOf(body ?? Buffer.alloc(0), contentType, url), url }
}

/**
 * Asks an address that somebody typed or a feed named. It only ever reaches public hosts, on every hop: an address in
 * the URL is checked before connecting, a resolved one when connecting.
 * @param version what is here already: the answer has no body when it is still that.
 * @throws Refusal with the sentence that says what to do.
 */
export async function askOutside(
  address: string,
  { allow = [], wait = LONGEST_WAIT, thing = FEED }: Reach = {},
  version: { etag?: string | null; lastModified?: string | null } = {},
): Promise<Answer> {
  let url = readAddress(address)
  let permanent = true
  let movedTo: string | null = null
  const agent = outsideAgent(allow, wait, () => privateAddress(thing))
  const signal = AbortSignal.timeout(wait)
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      requirePublic(url, allow, thing)
      const response = await fetch(url, {
        dispatcher: agent,
        redirect: 'manual',
        signal,
        headers: {
          accept: '*/*',
          'user-agent': thing.agent,
          ...(version.etag ? { 'if-none-match': version.etag } : {}),
          ...(version.lastModified ? { 'if-modified-since': version.lastModified } : {}),
        },
      })
      const next = redirectOf(response, url)
      if (!next) {
        const header = (name: string) => {
          const value = response.headers.get(name)
          return value !== null && value.length <= LONGEST_VALIDATOR ? value : null
        }
        return {
          body: await readBody(response, url, thing),
          url: url.href,
          movedTo,
          etag: header('etag'),
          lastModified: header('last-modified'),
          contentType: response.headers.get('content-type') ?? '',
        }
      }
      await response.body?.cancel()
      permanent &&= response.status === 301 || response.status === 308
      if (permanent) movedTo = next.href
      url = next
    }
    throw refusal(`${url.hostname} sends us from one address to the next without end. Check the address.`)
  } catch (problem) {
    throw problem instanceof Refusal ? problem : asRefusal(problem, url, wait, thing)
  } finally {
    await agent.destroy()
  }
}

/** The text in what was fetched: UTF-8, else what it says it is. @throws Refusal when it is no text. */
export function textOf(body: Buffer, contentType: string, url: string): string {
  if (body.length === 0)
    throw refusal(`${new URL(url).hostname} answered with nothing. Check the address, or try again later.`)
  const named =
    /charset=["']?([\w.:-]{1,40})/iu.exec(contentType)?.[1] ??
    /^<\?xml[^>]{0,200}encoding=["']([\w.:-]{1,40})/u.exec(body.toString('latin1', 0, 300))?.[1]
  const decoder = isUtf8(body) || !named ? undefined : decoderOf(named)
  return decoder ? requireText(decoder.decode(body)) : decodeText(body)
}

function decoderOf(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name)
  } catch {
    return undefined
  }
}

/** `feed:` and its kind are what some pages write for “open this in a podcast app”. */
export function readAddress(address: string): URL {
  const typed = address.trim().replace(/^(?:feed|pcast|itpc|podcast):(?:\/\/)?/iu, '')
  const url = URL.parse(/^[a-z][a-z\d+.-]*:(?!\d)/iu.test(typed) ? typed : `https://${typed}`)
  if (!url?.hostname)
    throw refusal('That is not an address we can read. Paste it whole, from https:// to its end.')
  return url
}

const PROBLEMS: Record<OutsideProblem, (url: URL, thing: Thing) => Refusal> = {
  scheme: () => refusal('Only addresses that begin with https:// or http:// are fetched.'),
  credentials: () =>
    refusal('There is a name or password in this address, so it is not fetched. Use a public address.'),
  private: (_url, thing) => privateAddress(thing),
  port: ({ port }) =>
    refusal(`Addresses with the port ${port} are not fetched, only the usual ones of the web.`),
}

function requirePublic(url: URL, allow: Allowed, thing: Thing): void {
  const problem = problemOfAddress(url, allow)
  if (problem) throw PROBLEMS[problem](url, thing)
}

function redirectOf(response: Response, from: URL): URL | undefined {
  if (response.status < 300 || response.status > 399 || response.status === 304) return undefined
  const location = response.headers.get('location')
  const to = location === null ? null : URL.parse(location, from)
  if (!to) return undefined
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw refusal(
      `${from.hostname} sends us on to an address that is not encrypted. Ask for its https:// address.`,
    )
  return to
}

async function readBody(response: Response, url: URL, thing: Thing): Promise<Buffer | null> {
  const { status } = response
  if (!response.ok) {
    await response.body?.cancel()
    if (status === 304) return null
    throw new NotGiven(sayNotGiven(status, url, thing), status, waitOf(response))
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    // Counted as it comes out of decompression: a small answer may unfold to a large one.
    size += (chunk as Uint8Array).length
    if (size > thing.most)
      throw new Refusal(
        'too-large',
        `What ${url.hostname} sends is larger than ${thing.most / 1_048_576} MB, the most we take. You can ${thing.instead} instead.`,
        'url',
      )
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}

function sayNotGiven(status: number, { hostname }: URL, { gone }: Thing): string {
  if (status === 410) return `${hostname} says that this is gone for good. ${gone}`
  if (status === 404) return `${hostname} has nothing at this address. Check it, or look for a newer one.`
  if (status === 401 || status === 403)
    return `${hostname} does not give it to everybody (it answered ${status}). Use an address that is open to all.`
  if (status === 429) return `${hostname} asks us to come back later, because it is asked too often.`
  return `${hostname} did not give it to us (it answered ${status}). Check the address, or try again later.`
}

/** `Retry-After` is a number of seconds, or a date. */
function waitOf(response: Response): number | undefined {
  const said = response.headers.get('retry-after')
  if (said === null) return undefined
  const wait = /^\d+$/u.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now()
  return Number.isFinite(wait) && wait > 0 ? wait : undefined
}

function asRefusal(problem: unknown, url: URL, wait: number, { instead }: Thing): Refusal {
  const causes = [problem, (problem as Error).cause, ...((problem as { errors?: unknown[] }).errors ?? [])]
  const refused = causes.find((cause) => cause instanceof Refusal)
  if (refused instanceof Refusal) return refused
  if (causes.some((cause) => cause instanceof Error && /Timeout/u.test(cause.name)))
    return refusal(`${url.hostname} took longer than ${wait / 1000} seconds. Try again, or ${instead}.`)
  return refusal(`We could not reach ${url.hostname}. Check the address, or try again in a moment.`)
}

const privateAddress = ({ privately }: Thing) =>
  refusal(`This address is not on the public internet, so it is not fetched. ${privately}`)

const refusal = (sentence: string) => new Refusal('invalid', sentence, 'url')
