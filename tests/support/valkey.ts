import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './instance.ts'

/** A Valkey (or Redis) of its own that keeps nothing; whoever opens it stops it. */
export type Valkey = { url: string; start: () => Promise<void>; stop: () => Promise<void> }

/** What this machine has to run one, if anything. */
export const valkeyProgram = (): string | undefined =>
  ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0)

export async function openValkey(program: string): Promise<Valkey> {
  const port = await freePort()
  let running: ChildProcess | undefined
  const start = async () => {
    const rest = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no']
    running = spawn(program, ['--port', String(port), ...rest], { stdio: 'ignore' })
    for (let tries = 0; tries < 200 && !(await answers(port)); tries += 1) await pause(50)
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop: async () => {
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const gone = once(running, 'exit')
      running.kill('SIGKILL')
      await gone
    },
  }
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = createConnection(port, '127.0.0.1', () => {
    socket.destroy()
    resolve(true)
  })
  socket.once('error', () => resolve(false))
  return promise
}
