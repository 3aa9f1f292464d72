import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { openJobs } from '#server/jobs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL with a migrated database named `template`. */
    postgres: string
  }
}

/** Runs once: a real PostgreSQL that forgets everything afterwards, and a migrated database to copy for each story. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'shortside-test-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres(folder, { throwaway: true })
  await query(postgres.url, 'create database template')
  const template = new URL('/template', postgres.url).href
  await migrateDatabase(template)
  const jobs = openJobs(template, () => undefined)
  await jobs.start()
  await jobs.stop()
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.leave()
    rmSync(folder, { recursive: true, force: true })
  }
}

let copies = 0

/** A database of its own for one story, copied from the migrated one. */
export async function copyDatabase(postgres: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `story_${process.pid}_${(copies += 1)}`
  await query(postgres, `create database ${name} template template`)
  return {
    url: new URL(`/${name}`, postgres).href,
    drop: () => query(postgres, `drop database if exists ${name} with (force)`),
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
