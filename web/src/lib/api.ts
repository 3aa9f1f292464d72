import { error } from '@sveltejs/kit'
import { api, type Api } from '#shared/api.ts'
import type { Call, Input, Output } from '#shared/contract.ts'
import { isRefusalCode, Refusal, type Problem } from '#shared/refusals.ts'

type Arguments<C extends Call> = unknown extends Input<C> ? [] : [Input<C>]
export type Client = { [Name in keyof Api]: (...given: Arguments<Api[Name]>) => Promise<Output<Api[Name]>> }
/** SvelteKit's `fetch`, the browser's, or a test's. */
type Fetcher = (path: string, init?: RequestInit) => Promise<Response>
type Parts = {
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined>
  body?: unknown
}

/**
 * The API, typed by its contract. In `load`, hand in SvelteKit's `fetch`; elsewhere call it as it is.
 * @throws Refusal with the sentence to show, also when there is no connection.
 */
export function client(fetcher: Fetcher = fetch): Client {
  return callEach((call, parts) => send(fetcher, call, parts))
}

/** For `load`: a refusal becomes SvelteKit's error page with the same sentence. */
export function pageClient(fetcher: Fetcher): Client {
  return callEach(async (call, parts) => {
    try {
      return await send(fetcher, call, parts)
    } catch (problem) {
      if (problem instanceof Refusal) error(problem.status, problem.message, { code: problem.code })
      throw problem
    }
  })
}

function callEach(how: (call: Call, parts: Parts) => Promise<unknown>): Client {
  const calls = Object.entries(api as Record<string, Call>).map(([name, call]) => [
    name,
    (parts: Parts = {}) => how(call, parts),
  ])
  return Object.fromEntries(calls) as Client
}

async function send(fetcher: Fetcher, call: Call, { params, query, body }: Parts): Promise<unknown> {
  const path = call.path.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  )
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  )
  const response = await fetcher(search.size > 0 ? `${path}?${search}` : path, {
    method: call.method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new Offline()
  })
  if (response.ok) return call.type ? response.text() : response.json()
  throw asProblem((await response.json().catch(() => ({}))) as Partial<Problem>)
}

/** Nobody answered: what was typed stays, and may be sent again as it is. */
export class Offline extends Error {
  constructor() {
    super(
      'There is no connection to Shortside right now. What you wrote is still here; try again in a moment.',
    )
    this.name = 'Offline'
  }
}

function asProblem({ code, message, field }: Partial<Problem>): Error {
  if (code && isRefusalCode(code)) return new Refusal(code, message, field)
  return new Error(message ?? 'That went wrong on our side, and we are looking into it.')
}

/** The sentence to show for anything that was thrown. */
export const sentenceOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : 'That went wrong on our side, and we are looking into it.'
