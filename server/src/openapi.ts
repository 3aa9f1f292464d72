import swagger from '@fastify/swagger'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKOUT, type Config } from './config.ts'
import type { App } from './http.ts'

const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as { version: string }

/** Describes the API from the same schemas that check it. Registered before the routes, which it listens to. */
export async function addOpenApi(app: App, { origin }: Config): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Shortside',
        version,
        description:
          'The API that the pages use. Whoever is signed in sends the cookie; every write names the origin of this site in the `Origin` header. A refusal is `{code, message, field?}`, and its message says what to do.',
      },
      servers: [{ url: origin }],
    },
    hideUntagged: false,
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, hide: !url.startsWith('/api/') || route.method === 'HEAD' },
      url,
    }),
  })
  app.get('/api/openapi.json', { config: { guard: 'anyone' }, schema: { hide: true } }, async () =>
    app.swagger(),
  )
}
