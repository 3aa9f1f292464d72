import { randomBytes } from 'node:crypto'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'

/** The application on a free port, with its limits and its jobs. It says where it is. */
const config = readConfig(process.env)
const { app } = await buildApp({
  config,
  databaseUrl: config.databaseUrl ?? '',
  instanceKey: randomBytes(32),
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
process.stdout.write(`${address}\n`)
