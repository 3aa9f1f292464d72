import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { Client } from 'undici'
import { migrateDatabase } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { CHECKOUT } from '#server/config.ts'

/** What a bench may bring up; whoever opened the stage closes it. */
export type Stage = {
  /** Says what is being done. */
  progress: (words: string) => void
  /** A migrated database of its own. */
  openDatabase: (name: string) => Promise<string>
  /** The whole application, as it runs in production; the pages only where they are wanted. */
  startApp: (databaseUrl: string, wanted?: { pages: boolean }) => Promise<Server>
  /** A server with nothing but what the bench says. */
  startBare: (bench: string, databaseUrl: string) => Promise<Server>
  close: () => Promise<void>
}

export type Server = {
  address: string
  /** Asks, and waits for the last byte. */
  get: (path: string, cookie?: string) => Promise<string>
  post: (path: string, body: object, cookie?: string) => Promise<string>
  /** Bytes that the process holds, once it has thrown away what it can. */
  memory: () => Promise<number>
}

export async function openStage(progress: (words: string) => void): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'shortside-bench-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres(folder, { throwaway: true })
  const opened: (() => Promise<unknown>)[] = []

  const serve = async (script: string, databaseUrl: string, ...rest: string[]): Promise<Server> => {
    const child = spawn(process.execPath, ['--expose-gc', join(CHECKOUT, 'tests/bench', script), ...rest], {
      cwd: CHECKOUT,
      env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    opened.push(() => end(child))
    const address = await firstLine(child)
    const client = new Client(address)
    opened.push(() => client.close())
    return {
      address,
      get: (path, cookie) => ask(client, 'GET', path, undefined, cookie),
      post: (path, body, cookie) => ask(client, 'POST', path, body, cookie),
      memory: async () => {
        const said = once(child, 'message') as Promise<[number]>
        child.send('memory')
        return (await said)[0]
      },
    }
  }

  return {
    progress,
    openDatabase: async (name) => {
      const client = new pg.Client(postgres.url)
      await client.connect()
      await client.query(`create database ${pg.escapeIdentifier(name)}`)
      await client.end()
      const url = new URL(`/${name}`, postgres.url).href
      await migrateDatabase(url)
      return url
    },
    startApp: (databaseUrl, { pages } = { pages: false }) =>
      serve('serve-app.ts', databaseUrl, ...(pages ? ['pages'] : [])),
    startBare: (bench, databaseUrl) => serve('serve-bare.ts', databaseUrl, bench),
    close: async () => {
      for (const close of opened.toReversed()) await close()
      await postgres.leave()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Where it listens; it says so once it does. */
async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The server can’t be heard.')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The server did not start.')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

let asked = 0

/** Each request comes from another network, as from many people, so the limits are counted and never reached. */
export function anotherNetwork(): string {
  asked += 1
  return `198.${18 + ((asked >> 16) & 1)}.${(asked >> 8) & 255}.${asked & 255}`
}

async function ask(
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  cookie?: string,
): Promise<string> {
  const answer = await client.request({
    method,
    path,
    headers: {
      'x-forwarded-for': anotherNetwork(),
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200)
    throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`)
  return text
}
