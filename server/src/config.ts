import Type, { type Static } from 'typebox'
import ipaddr from 'ipaddr.js'
import { Value } from 'typebox/value'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDataDir } from '#db/embedded.ts'

/** Everything that can be set from outside. All optional; README.md and .env.example list the same. */
const Environment = Type.Object({
  PORT: Type.Optional(Type.String({ pattern: '^\\d{1,5}$' })),
  HOST: Type.Optional(Type.String({ minLength: 1 })),
  ORIGIN: Type.Optional(Type.String({ pattern: '^https?://[^/]+$' })),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATA_DIR: Type.Optional(Type.String({ minLength: 1 })),
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://' })),
  VALKEY_URL: Type.Optional(Type.String({ pattern: '^(redis|rediss|valkey|valkeys)://' })),
  ALLOW_NETWORKS: Type.Optional(
    Type.String({ pattern: '^[0-9a-fA-F.:]+/\\d{1,3}(\\s*,\\s*[0-9a-fA-F.:]+/\\d{1,3})*$' }),
  ),
  FEED_NETWORKS: Type.Optional(
    Type.String({ pattern: '^[0-9a-fA-F.:]+/\\d{1,3}(\\s*,\\s*[0-9a-fA-F.:]+/\\d{1,3})*$' }),
  ),
  CONTACT: Type.Optional(
    Type.String({ pattern: '^([^\\s@]+@[^\\s@]+\\.[^\\s@]+|https?://\\S+)$', maxLength: 300 }),
  ),
  DNS_SERVERS: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F.:\\[\\]]+(,[0-9a-fA-F.:\\[\\]]+)*$' })),
  LOG_LEVEL: Type.Optional(
    Type.Union(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    ),
  ),
})

const EXPECTED: Record<keyof Static<typeof Environment>, string> = {
  PORT: 'a port number such as 3000',
  HOST: 'an address to listen on, such as localhost or 0.0.0.0',
  ORIGIN: 'the address people open, without a path, such as https://circle.example.org',
  DATABASE_URL: 'a PostgreSQL address such as postgres://user:password@host:5432/shortside',
  DATA_DIR: 'a folder',
  SMTP_URL: 'a mail server such as smtp://user:password@host:587',
  VALKEY_URL: 'a Valkey or Redis address such as redis://host:6379',
  ALLOW_NETWORKS: 'networks such as 10.0.0.0/8, with commas between them',
  FEED_NETWORKS: 'networks such as 10.0.0.0/8, with commas between them',
  CONTACT: 'an e-mail address, or a page that begins with https://',
  DNS_SERVERS: 'addresses of name servers with commas between them, such as 10.0.0.53,10.0.1.53:5353',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
}

export type Config = {
  port: number
  host: string
  /** The one origin that browsers may write from, and what links in mail begin with. */
  origin: string
  databaseUrl: string | undefined
  dataDir: string
  smtpUrl: string | undefined
  valkeyUrl: string | undefined
  /** Networks (CIDR) that may be reached although they are not public: an identity provider inside the house. */
  allowNetworks: readonly string[]
  /** Networks (CIDR) whose podcast feeds, transcripts and pictures are fetched although they are not public. */
  feedNetworks: readonly string[]
  /** How long an identity provider may take, in milliseconds. */
  providerWait: number
  /** Where people write to whoever runs this instance: an e-mail address, or a page. */
  contact: string | undefined
  /** Name servers that are asked for the records of domains; those of the machine when none are given. */
  dnsServers: readonly string[] | undefined
  logLevel: string
  /** Limits per address; only tests, which are all one address, switch them off. */
  limits: boolean
}

export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** Reads the environment once. Throws one sentence that names every setting that can't be used. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.keys(EXPECTED).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )
  const wrong = new Set(
    Value.Errors(Environment, given).map((error) => error.instancePath.split('/')[1] ?? ''),
  )
  const env = given as Static<typeof Environment>
  const port = Number(env.PORT ?? 3000)
  if (port > 65_535) wrong.add('PORT')
  const networks = (name: 'ALLOW_NETWORKS' | 'FEED_NETWORKS') => {
    const named = env[name]?.split(/\s*,\s*/) ?? []
    if (!named.every((network) => ipaddr.isValidCIDR(network))) wrong.add(name)
    return named
  }
  const [allowNetworks, feedNetworks] = [networks('ALLOW_NETWORKS'), networks('FEED_NETWORKS')]
  if (wrong.size > 0) {
    const needs = [...wrong].map((name) => `${name} must be ${EXPECTED[name as keyof typeof EXPECTED]}`)
    throw new Error(`${needs.join('; ')}.`)
  }
  const host = env.HOST ?? 'localhost'
  return {
    port,
    host,
    origin: env.ORIGIN ?? `http://localhost:${port}`,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR ? resolve(env.DATA_DIR) : defaultDataDir(join(CHECKOUT)),
    smtpUrl: env.SMTP_URL,
    valkeyUrl: env.VALKEY_URL?.replace(/^valkey/, 'redis'),
    allowNetworks,
    feedNetworks,
    providerWait: 10_000,
    contact: env.CONTACT,
    dnsServers: env.DNS_SERVERS?.split(','),
    logLevel: env.LOG_LEVEL ?? 'warn',
    limits: true,
  }
}
