import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { CHECKOUT } from '#server/config.ts'
import type { Told } from './api-process.ts'
import { copyDatabase } from './database.ts'

/** A whole Shortside in a process of its own, as `npm start` runs it, on a database of its own. */
export type Instance = {
  origin: string
  databaseUrl: string
  dataDir: string
  /** Ends the process without a word, as a power cut would. */
  kill: () => Promise<void>
  /** Stops the process in its tracks, or lets it go on. */
  hold: (still: boolean) => void
  start: () => Promise<void>
  /** Turns the clock of a process without pages (milliseconds ahead), or has it do a job; resolves when it did. */
  tell: (what: Told) => Promise<void>
  /** Ends it cleanly and forgets its data. */
  stop: () => Promise<void>
}

/**
 * Opens an instance; whoever opens it stops it. Beside another it is a second process of the same instance: one database,
 * one key, as behind a load balancer, which is stopped before the first. Without pages it has the API only, and no limits.
 */
export async function openInstance({
  beside,
  embedded,
  pages = true,
  valkeyUrl,
  settings = {},
}: {
  beside?: Instance
  /** The folder of a PostgreSQL of its own, as without settings: durable, and looked after by the instance itself. */
  embedded?: string
  pages?: boolean
  valkeyUrl?: string | undefined
  /** More of the environment. */
  settings?: Record<string, string>
} = {}): Promise<Instance> {
  const database = beside || embedded ? undefined : await copyDatabase(inject('postgres'))
  const databaseUrl = beside?.databaseUrl ?? database?.url ?? ''
  const dataDir = beside?.dataDir ?? embedded ?? mkdtempSync(join(tmpdir(), 'shortside-instance-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  let running: ChildProcess | undefined

  const start = async () => {
    const script = pages ? 'server/src/main.ts' : 'tests/support/api-process.ts'
    running = spawn(process.execPath, [join(CHECKOUT, script)], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        PORT: String(port),
        ORIGIN: origin,
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
        ...(valkeyUrl ? { VALKEY_URL: valkeyUrl } : {}),
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    running.on('message', hear)
    for (let tries = 0; tries < 1200; tries += 1) {
      if (
        await fetch(`${origin}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return
      await pause(50)
    }
    throw new Error('The instance did not start.')
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, 'exit')
    running.kill(signal)
    await gone
  }
  const waiting = new Map<number, PromiseWithResolvers<undefined>>()
  let numbered = 0
  const tell = async (told: Told): Promise<void> => {
    const heard = Promise.withResolvers<undefined>()
    waiting.set((numbered += 1), heard)
    running?.send({ number: numbered, told })
    await heard.promise
  }
  const hear = ({ number, problem }: { number: number; problem?: string }) => {
    if (problem) waiting.get(number)?.reject(new Error(problem))
    else waiting.get(number)?.resolve(undefined)
    waiting.delete(number)
  }
  await start()
  const stop = async () => {
    await end('SIGTERM')
    if (beside || embedded) return
    await database?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const hold = (still: boolean) => void running?.kill(still ? 'SIGSTOP' : 'SIGCONT')
  return { origin, databaseUrl, dataDir, kill: () => end('SIGKILL'), hold, start, tell, stop }
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}
