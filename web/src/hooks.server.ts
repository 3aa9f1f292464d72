import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'

type Answer = { statusCode: number; headers: Record<string, unknown>; rawPayload: Buffer }
type Rendering = { inject: (request: object) => Promise<Answer> }

/** Set by server/src/web.ts: while a page is rendered its calls of the API need no network. */
const rendering = () =>
  (globalThis as Record<symbol, unknown>)[Symbol.for('shortside.rendering')] as
    AsyncLocalStorage<Rendering> | undefined

/** What the API needs to know of whoever asked for the page; also from where a form came, which it judges itself. */
const PASSED_ON = ['cookie', 'user-agent', 'accept-language', 'origin', 'sec-fetch-site']

export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url)
  const house = rendering()?.getStore()
  if (!house || url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request)

  const passed = [...event.request.headers].filter(([name]) => PASSED_ON.includes(name))
  const answer = await house.inject({
    method: request.method,
    url: url.pathname + url.search,
    headers: { ...Object.fromEntries(passed), host: url.host, ...typeOf(request) },
    ...(request.body ? { payload: await request.text() } : {}),
    remoteAddress: event.getClientAddress(),
  })
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value].flat()) headers.append(name, String(one))
  }
  return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers })
}

function typeOf({ headers }: Request): Record<string, string> {
  const type = headers.get('content-type')
  return type ? { 'content-type': type } : {}
}

/** Only what is made for pages of others may stand in their frames; server/src/web.ts says the same in the older header. */
export const handle: Handle = async ({ event, resolve }) => {
  if (!event.route.id?.startsWith('/(embed)/')) return resolve(event)
  const response = await resolve(event, { transformPageChunk: ({ html }) => html.replace(SCRIPTS, '') })
  const policy = response.headers.get('content-security-policy')
  if (policy && response.ok)
    response.headers.set(
      'content-security-policy',
      policy.replace("frame-ancestors 'none'", 'frame-ancestors *'),
    )
  return response
}

/** What src/app.html runs on pages with forms. */
const SCRIPTS = /<script\b[^>]*>[^]*?<\/script>/g

export const handleError: HandleServerError = ({ kind, error }) => {
  switch (kind) {
    case 'app':
      return error
    case 'framework':
    case 'validation':
      return { code: 'not-found', message: 'There is nothing here, or it is not open to you.' }
    case 'unknown':
      console.error(error)
      return { code: 'fault', message: 'That went wrong on our side, and we are looking into it.' }
  }
}
