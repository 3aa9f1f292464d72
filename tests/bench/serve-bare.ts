import Fastify from 'fastify'
import pg from 'pg'
import { answerMemory } from './answer-memory.ts'
import { findBenches } from './find-benches.ts'

/** Fastify and the driver alone, with what one bench serves on them. */
const [bench] = await findBenches(process.argv.slice(2))
const app = Fastify()
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
bench?.serveBare?.(app, pool)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
answerMemory()
process.stdout.write(`${address}\n`)
