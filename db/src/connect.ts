import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { prepareHot } from './prepare-hot.ts'
import * as schema from './schema.ts'

export type Db = NodePgDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]
/** For helpers that read or write in a transaction or outside one. */
export type Reader = Db | Transaction

export type Database = { db: Db; pool: pg.Pool; url: string; close: () => Promise<void> }

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))

/** Any number: whoever migrates holds this advisory lock, so processes that start together take turns. */
const MIGRATION_LOCK = 7_467_835

export function openDatabase(url: string, { connections = 20 } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: 'shortside' })
  // An idle connection that breaks is replaced by the pool at the next query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    // One that breaks in the middle of a transaction says so to its next query; it must not end the process.
    client.on('error', () => undefined)
    prepareHot(client)
  })
  const db = drizzle(pool, { schema, casing: 'snake_case' })
  return { db, pool, url, close: () => pool.end() }
}

/** Brings the tables up to date. Forward only; safe to call from several processes at once. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'shortside' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
  } finally {
    await client.end()
  }
}
