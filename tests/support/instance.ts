import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { CHECKOUT } from '#server/config.ts'
import { copyDatabase } from './database.ts'

/** A whole Shortside in a process of its own, as `npm start` runs it, on a database of its own. */
export type Instance = {
  origin: string
  databaseUrl: string
  /** Ends the process without a word, as a power cut would. */
  kill: () => Promise<void>
  start: () => Promise<void>
  /** Ends it cleanly and forgets its data. */
  stop: () => Promise<void>
}

/** Opens an instance; whoever opens it stops it. */
export async function openInstance(): Promise<Instance> {
  const database = await copyDatabase(inject('postgres'))
  const dataDir = mkdtempSync(join(tmpdir(), 'shortside-instance-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  let running: ChildProcess | undefined

  const start = async () => {
    running = spawn(process.execPath, [join(CHECKOUT, 'server/src/main.ts')], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        PORT: String(port),
        ORIGIN: origin,
        DATABASE_URL: database.url,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    for (let tries = 0; tries < 300; tries += 1) {
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
  await start()
  const stop = async () => {
    await end('SIGTERM')
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { origin, databaseUrl: database.url, kill: () => end('SIGKILL'), start, stop }
}

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}
