import { migrateDatabase } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { readInstanceKey } from '#server/links.ts'

/** What a story tells a process that it opened without pages. */
export type Told = { clockRuns: number } | { job: string }

// The API as `npm start` serves it, in a process of its own, without pages and limits, and with a clock that can be turned.
const config = { ...readConfig(process.env), limits: false }
const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
const unguard = embedded?.guard()
let ahead = 0

await migrateDatabase(databaseUrl)
const { app, house } = await buildApp({
  config,
  databaseUrl,
  instanceKey: readInstanceKey(config.dataDir),
  now: () => new Date(Date.now() + ahead),
  jobs: false,
})
await app.listen({ port: config.port, host: config.host })

process.on('message', ({ number, told }: { number: number; told: Told }) => {
  void obey(told).then(
    () => process.send?.({ number }),
    (problem: unknown) => process.send?.({ number, problem: String(problem) }),
  )
})
process.on('SIGTERM', () => void stop().then(() => process.exit(0)))

async function stop(): Promise<void> {
  unguard?.()
  await app.close()
  await embedded?.leave()
}

async function obey(told: Told): Promise<void> {
  if ('job' in told) await house.jobs.run(told.job)
  else ahead = told.clockRuns
}
