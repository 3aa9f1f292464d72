import Type, { type Static } from 'typebox'
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
    logLevel: env.LOG_LEVEL ?? 'warn',
    limits: true,
  }
}
