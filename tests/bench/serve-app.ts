import { randomBytes } from 'node:crypto'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { addWeb, buildWeb } from '#server/web.ts'
import { answerMemory } from './answer-memory.ts'

/** The application on a free port, with its limits and its jobs, and with its pages when asked. It says where it is. */
const pages = process.argv.includes('pages')
if (pages) await buildWeb(process.stderr)
const config = readConfig(process.env)
const { app } = await buildApp({
  config,
  databaseUrl: config.databaseUrl ?? '',
  instanceKey: randomBytes(32),
})
if (pages) await addWeb(app, { dev: false, port: 0 })
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
answerMemory()
process.stdout.write(`${address}\n`)
