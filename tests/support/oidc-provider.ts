import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Provider } from 'oidc-provider'
import type { ProviderOrder } from './oidc.ts'

/** A real provider in a process of its own (tests/support/oidc.ts forks it), which can be told to lie. */
const [redirectUri = '', clientId = '', clientSecret = ''] = process.argv.slice(2)

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const kid = randomUUID()
let order: ProviderOrder = { person: { sub: 'nobody' } }

const server = createServer().listen(Number(process.env.PROVIDER_PORT ?? 0), '127.0.0.1')
await once(server, 'listening')
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, accountId) => ({
    accountId,
    claims: () => ({ ...order.person, sub: accountId }),
  }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      accountId: oidc.session?.accountId ?? '',
      clientId: oidc.client?.clientId ?? '',
    })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
})

provider.use(async (ctx, next) => {
  if (order.slow) await pause(order.slow)
  if (ctx.path.startsWith('/interaction/')) return signInAtOnce(ctx)
  await next()
  if (ctx.path === '/.well-known/openid-configuration' && order.discovery)
    ctx.body = { ...(ctx.body as object), ...order.discovery }
  const tokens = ctx.body as { id_token?: string } | undefined
  if (ctx.path === '/token' && tokens?.id_token)
    ctx.body = { ...tokens, id_token: forge(tokens.id_token, order) }
})

/** Whoever comes is the person of the order, without a page to click through. */
async function signInAtOnce(ctx: {
  req: IncomingMessage
  res: ServerResponse
  respond?: boolean
}): Promise<void> {
  const result = order.deny
    ? { error: 'access_denied', error_description: 'no' }
    : { login: { accountId: order.person.sub } }
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false })
  ctx.respond = false
}

/** The token with other claims, or another signature. */
function forge(token: string, { claims, signature }: ProviderOrder): string {
  if (!claims && !signature) return token
  const [, payload = ''] = token.split('.')
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const write = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const body = (alg: string) => `${write({ alg, typ: 'JWT', kid })}.${write({ ...said, ...claims })}`
  if (signature === 'none') return `${body('none')}.`
  const key: KeyObject = signature === 'foreign' ? foreignKey : privateKey
  const signed = body('RS256')
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

server.on('request', (request, response) => void provider.callback()(request, response))
process.on('message', (message) => {
  order = message as ProviderOrder
  process.send?.('done')
})
process.on('disconnect', () => process.exit(0))
process.send?.({ issuer })
