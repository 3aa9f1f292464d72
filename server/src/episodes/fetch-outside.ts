import { fetch, type Response } from 'undici'
import { LARGEST_DOCUMENT } from '#shared/episodes.ts'
import { decodeText } from '#shared/episode-text.ts'
import { Refusal } from '#shared/refusals.ts'
import { outsideAgent, problemOfAddress, type Allowed, type OutsideProblem } from '../outside.ts'

const MOST_REDIRECTS = 5
const LONGEST_WAIT = 10_000

export type Fetched = { text: string; url: string }

/**
 * Fetches text from an address that somebody typed or a feed named. It only ever reaches public hosts, on every hop:
 * an address in the URL is checked before connecting, a resolved one when connecting.
 * @throws Refusal with the sentence that says what to do.
 */
export async function fetchOutside(
  address: string,
  { allow = [], wait = LONGEST_WAIT }: { allow?: Allowed; wait?: number } = {},
): Promise<Fetched> {
  let url = readAddress(address)
  const agent = outsideAgent(allow, wait, privateAddress)
  const signal = AbortSignal.timeout(wait)
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      requirePublic(url, allow)
      const response = await fetch(url, {
        dispatcher: agent,
        redirect: 'manual',
        signal,
        headers: { accept: '*/*', 'user-agent': 'Shortside (podcast import)' },
      })
      const next = redirectOf(response, url)
      if (!next) return { text: await readBody(response, url), url: url.href }
      await response.body?.cancel()
      url = next
    }
    throw refusal(`${url.hostname} sends us from one address to the next without end. Check the address.`)
  } catch (problem) {
    throw problem instanceof Refusal ? problem : asRefusal(problem, url, wait)
  } finally {
    await agent.destroy()
  }
}

/** `feed:` and its kind are what some pages write for “open this in a podcast app”. */
function readAddress(address: string): URL {
  const typed = address.trim().replace(/^(?:feed|pcast|itpc|podcast):(?:\/\/)?/iu, '')
  const url = URL.parse(/^[a-z][a-z\d+.-]*:(?!\d)/iu.test(typed) ? typed : `https://${typed}`)
  if (!url?.hostname)
    throw refusal('That is not an address we can read. Paste it whole, from https:// to its end.')
  return url
}

const PROBLEMS: Record<OutsideProblem, (url: URL) => Refusal> = {
  scheme: () => refusal('Only addresses that begin with https:// or http:// are fetched.'),
  credentials: () =>
    refusal('There is a name or password in this address, so it is not fetched. Use a public address.'),
  private: () => privateAddress(),
  port: ({ port }) =>
    refusal(`Addresses with the port ${port} are not fetched, only the usual ones of the web.`),
}

function requirePublic(url: URL, allow: Allowed): void {
  const problem = problemOfAddress(url, allow)
  if (problem) throw PROBLEMS[problem](url)
}

function redirectOf(response: Response, from: URL): URL | undefined {
  if (response.status < 300 || response.status > 399) return undefined
  const location = response.headers.get('location')
  const to = location === null ? null : URL.parse(location, from)
  if (!to) return undefined
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw refusal(
      `${from.hostname} sends us on to an address that is not encrypted. Ask for its https:// address.`,
    )
  return to
}

async function readBody(response: Response, url: URL): Promise<string> {
  if (!response.ok) {
    await response.body?.cancel()
    throw refusal(
      response.status === 404 || response.status === 410
        ? `${url.hostname} has nothing at this address. Check it, or look for a newer one.`
        : `${url.hostname} did not give it to us (it answered ${response.status}). Check the address, or try again later.`,
    )
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    // Counted as it comes out of decompression: a small answer may unfold to a large one.
    size += (chunk as Uint8Array).length
    if (size > LARGEST_DOCUMENT)
      throw new Refusal(
        'too-large',
        `What ${url.hostname} sends is larger than ${LARGEST_DOCUMENT / 1_048_576} MB, the most we take. Paste the episode's show notes instead.`,
        'url',
      )
    chunks.push(chunk as Uint8Array)
  }
  return decodeText(Buffer.concat(chunks))
}

function asRefusal(problem: unknown, url: URL, wait: number): Refusal {
  const causes = [problem, (problem as Error).cause, ...((problem as { errors?: unknown[] }).errors ?? [])]
  const refused = causes.find((cause) => cause instanceof Refusal)
  if (refused instanceof Refusal) return refused
  if (causes.some((cause) => cause instanceof Error && /Timeout/u.test(cause.name)))
    return refusal(
      `${url.hostname} took longer than ${wait / 1000} seconds. Try again, or paste the show notes.`,
    )
  return refusal(`We could not reach ${url.hostname}. Check the address, or try again in a moment.`)
}

const privateAddress = () =>
  refusal(
    'This address is not on the public internet, so it is not fetched. Use the public address of the feed.',
  )

const refusal = (sentence: string) => new Refusal('invalid', sentence, 'url')
