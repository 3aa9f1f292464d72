import { migrateDatabase } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { readInstanceKey } from './links.ts'
import { addWeb, buildWeb } from './web.ts'

const SLOWEST_STOP = 10_000

try {
  await start()
} catch (problem) {
  process.stderr.write(
    `Shortside could not start. ${problem instanceof Error ? problem.message : String(problem)}\n`,
  )
  process.exit(1)
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const dev = process.argv.includes('--dev')
  if (!dev) await buildWeb()

  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrateDatabase(databaseUrl)
    const { app } = await buildApp({ config, databaseUrl, instanceKey: readInstanceKey(config.dataDir) })
    await addWeb(app, { dev, port: config.port })
    await app.listen({ port: config.port, host: config.host }).catch((problem: NodeJS.ErrnoException) => {
      if (problem.code !== 'EADDRINUSE') throw problem
      throw new Error(
        `Port ${config.port} is taken, perhaps by Shortside itself: look at ${config.origin}, or choose another with PORT=3001 npm start.`,
      )
    })
    process.stdout.write(
      `Shortside is at ${config.origin}\nIts data lies in ${embedded ? config.dataDir : 'the database of DATABASE_URL'}\n`,
    )
    const unguard = embedded?.guard()
    stopOnSignal(async () => {
      unguard?.()
      await app.close()
      await embedded?.leave()
    })
  } catch (problem) {
    await embedded?.leave().catch(() => undefined)
    throw problem
  }
}

/** Ctrl-C and `kill` stop cleanly; a second one, or ten seconds, stop at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      setTimeout(() => process.exit(1), SLOWEST_STOP).unref()
      stop().then(
        () => process.exit(0),
        (problem: unknown) => {
          process.stderr.write(`${String(problem)}\n`)
          process.exit(1)
        },
      )
    })
  }
}
