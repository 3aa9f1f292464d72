import { AsyncLocalStorage } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Refusal } from '#shared/refusals.ts'
import { CHECKOUT } from './config.ts'
import type { App } from './http.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** Hands pages the API without a network: web/src/hooks.server.ts reads the same symbol. */
const rendering = new AsyncLocalStorage<{
  inject: (request: InjectOptions) => Promise<LightMyRequestResponse>
}>()
Object.assign(globalThis, { [Symbol.for('shortside.rendering')]: rendering })

const BUILT = join(CHECKOUT, 'web/build/handler.js')

/** Pages are SvelteKit's, behind everything that the API answers. */
export async function addWeb(app: App, { dev, port }: { dev: boolean; port: number }): Promise<void> {
  const handler = dev ? await developmentHandler(app, port) : await builtHandler()
  await app.register(async (web) => {
    web.removeAllContentTypeParsers()
    // The body stays in its stream, for SvelteKit to read.
    web.addContentTypeParser('*', (_request, _body, done) => done(null))
    // An unknown call of the API is answered in its own manner, and never with a page.
    web.all('/api/*', { config: { guard: 'anyone' } }, async () => {
      throw new Refusal('not-found')
    })
    web.all('/*', { bodyLimit: 1_048_576 }, (request, reply) => {
      reply.hijack()
      Object.assign(request.raw.headers, {
        'x-kit-proto': request.protocol,
        'x-kit-host': request.host,
        'x-kit-ip': request.ip,
      })
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      // The policy of each page says who may frame it (web/src/hooks.server.ts); this header knows no exception.
      if (request.url.startsWith('/embed/')) {
        reply.raw.removeHeader('x-frame-options')
        reply.raw.setHeader('cross-origin-resource-policy', 'cross-origin')
      }
      // A page holds what its reader may read: nobody between us and their browser keeps it. What is the same for
      // everybody, such as scripts, says otherwise of itself.
      reply.raw.setHeader('cache-control', 'private, no-cache')
      const inject = async (asked: InjectOptions) => {
        const answer = await app.inject(asked)
        // Whoever signs in by a form without scripts gets their cookie with the page.
        const cookies = [answer.headers['set-cookie'] ?? []].flat()
        if (!reply.raw.headersSent) for (const one of cookies) reply.raw.appendHeader('set-cookie', one)
        return answer
      }
      rendering.run({ inject }, () =>
        handler(request.raw, reply.raw, () => {
          reply.raw.statusCode = 404
          reply.raw.end('Not found')
        }),
      )
    })
    await Promise.resolve()
  })
}

async function builtHandler(): Promise<Handler> {
  // adapter-node assumes https; these private names are filled from what Fastify knows, over whatever a client sent.
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-kit-proto',
    HOST_HEADER: 'x-kit-host',
    ADDRESS_HEADER: 'x-kit-ip',
  })
  const built = (await import(BUILT)) as { handler: Handler }
  return built.handler
}

async function developmentHandler(app: App, port: number): Promise<Handler> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    server: { middlewareMode: true, hmr: { port: port + 20_000 } },
    appType: 'custom',
  })
  app.addHook('onClose', () => vite.close())
  return vite.middlewares
}

/** Builds the pages when they were never built or something they are made of is newer. */
export async function buildWeb(tell: NodeJS.WritableStream = process.stdout): Promise<void> {
  if (
    existsSync(BUILT) &&
    newest(['web/src', 'web/static', 'shared', 'vite.config.ts', 'package-lock.json']) <
      statSync(BUILT).mtimeMs
  )
    return
  tell.write('Building the pages (once, about ten seconds) …\n')
  const vite = spawn(
    process.execPath,
    [join(CHECKOUT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
    {
      cwd: CHECKOUT,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const [code] = (await once(vite, 'exit')) as [number | null]
  if (code !== 0) throw new Error('The pages could not be built; what Vite said is above.')
}

function newest(places: string[]): number {
  return Math.max(
    ...places.flatMap((place) => {
      const at = join(CHECKOUT, place)
      if (!statSync(at).isDirectory()) return [statSync(at).mtimeMs]
      return readdirSync(at, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs)
    }),
  )
}
