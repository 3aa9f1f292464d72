import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LightMyRequestResponse } from 'fastify'
import { onTestFinished } from 'vitest'
import type { TestHouse } from './house.ts'

/** Who signs in at the provider next, and how it lies about that. */
export type ProviderOrder = {
  person: { sub: string; email?: string; email_verified?: boolean; name?: string }
  /** Over the claims of the id token. */
  claims?: Record<string, unknown>
  signature?: 'none' | 'foreign'
  /** Over what it says about itself. */
  discovery?: Record<string, unknown>
  /** Milliseconds before each answer. */
  slow?: number
  /** The person says no. */
  deny?: boolean
}

export type TestProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  obey: (order: ProviderOrder) => Promise<void>
  stop: () => Promise<void>
}

/** A real OpenID Connect provider on a loopback port, in a process of its own. */
export async function openProvider(redirectUri: string): Promise<TestProvider> {
  const clientId = 'shortside'
  const clientSecret = 'a secret / with: signs + of all kinds'
  const child = fork(
    fileURLToPath(new URL('oidc-provider.ts', import.meta.url)),
    [redirectUri, clientId, clientSecret],
    { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  )
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(stop)
  const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }]
  const obey = async (order: ProviderOrder) => {
    const done = once(child, 'message')
    child.send(order)
    await done
  }
  return { issuer, clientId, clientSecret, obey, stop }
}

/** A browser with its cookies, at our house and at the provider. */
export type TestBrowser = {
  /** Writes to our API with the cookies so far, and keeps those that come. */
  post: (url: string, payload?: object) => Promise<LightMyRequestResponse>
  /** Begins for an address; gives the page of the provider. */
  begin: (email: string, next?: string) => Promise<string>
  /** Follows the provider's redirects; gives what it adds to the address of our callback. */
  visit: (url: string) => Promise<URLSearchParams>
  finish: (query: URLSearchParams) => Promise<LightMyRequestResponse>
  /** All of it. */
  signIn: (email: string, next?: string) => Promise<LightMyRequestResponse>
  /** One of our cookies, as it is sent. */
  cookie: (name: string) => string
  /** Who is signed in here. */
  whoIs: () => Promise<string | undefined>
}

export function openBrowser({ stranger }: TestHouse, cookie = ''): TestBrowser {
  const ours = new Map(cookie ? [cookie.split('=') as [string, string]] : [])
  const written = (jar: Map<string, string>) => [...jar].map((pair) => pair.join('=')).join('; ')
  const ask = async (options: { method: 'GET' | 'POST'; url: string; payload?: object }) => {
    const answer = await stranger().request({ ...options, headers: { cookie: written(ours) } })
    for (const { name, value } of answer.cookies) ours.set(name, value)
    return answer
  }
  const post = (url: string, payload: object = {}) => ask({ method: 'POST', url, payload })
  const begin = async (email: string, next?: string) => {
    const answer = await post('/api/sso', { email, ...(next ? { next } : {}) })
    if (answer.statusCode !== 200) throw new Error(answer.body)
    return answer.json<{ url: string }>().url
  }
  const visit = async (first: string) => {
    const theirs = new Map<string, string>()
    let url = new URL(first)
    const { origin } = url
    while (url.origin === origin) {
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie: written(theirs) } })
      for (const one of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (one.split(';')[0] ?? '').split(/=(.*)/su)
        theirs.set(name, value)
      }
      const location = answer.headers.get('location')
      if (!location) throw new Error(`the provider said ${answer.status}: ${await answer.text()}`)
      url = new URL(location, url)
    }
    return url.searchParams
  }
  const finish = (query: URLSearchParams) => post('/api/sso/callback', { query: query.toString() })
  return {
    post,
    begin,
    visit,
    finish,
    signIn: async (email, next) => finish(await visit(await begin(email, next))),
    cookie: (name) => `${name}=${ours.get(name) ?? ''}`,
    whoIs: async () =>
      (await ask({ method: 'GET', url: '/api/visit' })).json<{ account: { email: string } | null }>().account
        ?.email,
  }
}
