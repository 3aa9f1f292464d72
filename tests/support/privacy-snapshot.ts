import pg from 'pg'
import { onTestFinished } from 'vitest'

/** A database that can go back to where it was: many questions are asked of the same circle, and some change it. */
export type Snapshot = {
  restore: () => Promise<void>
  /** Tables in which something of a group is not as it was. */
  changed: (groupId: string) => Promise<string[]>
  /** How many rows each table has. */
  counts: () => Promise<Record<string, number>>
  /** Mail that was written since. */
  newMail: () => Promise<{ recipient: string; words: string }[]>
  /** Columns that hold text or JSON, with all their values, as `table.column`. */
  columns: () => Promise<Map<string, string>>
}

export async function takeSnapshot(databaseUrl: string): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  const { rows: tables } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  await client.query(
    [
      'create schema kept',
      ...tables.map(({ name }) => `create table kept.${name} as table public.${name}`),
    ].join(';'),
  )
  // Rows come back in any order, so foreign keys look away meanwhile.
  const back = [
    'begin',
    'set local session_replication_role = replica',
    ...tables.flatMap(({ name }) => [
      `delete from public.${name}`,
      `insert into public.${name} select * from kept.${name}`,
    ]),
    'commit',
  ].join(';')
  return {
    restore: async () => {
      await client.query(back)
    },
    changed: async (groupId) => {
      const { rows: owned } = await client.query<{ name: string }>(
        `select quote_ident(table_name) as name from information_schema.columns
         where table_schema = 'public' and column_name = 'group_id'`,
      )
      const found = []
      for (const { name } of owned) {
        const of = (schema: string) => `select t::text from ${schema}.${name} t where group_id = '${groupId}'`
        const { rowCount } = await client.query(
          `(${of('public')} except ${of('kept')}) union all (${of('kept')} except ${of('public')})`,
        )
        if (rowCount) found.push(name)
      }
      return found
    },
    counts: async () => {
      const counted: Record<string, number> = {}
      for (const { name } of tables) {
        const { rows } = await client.query<{ rows: number }>(`select count(*)::int as rows from ${name}`)
        counted[name] = rows[0]?.rows ?? 0
      }
      return counted
    },
    newMail: async () => {
      const { rows } = await client.query<{ recipient: string; words: string }>(
        `select recipient, subject || text || html || replace(coalesce(calendar, ''), E'\\r\\n ', '') as words from mails where id not in (select id from kept.mails)`,
      )
      return rows
    },
    columns: async () => {
      const { rows } = await client.query<{ table: string; column: string }>(
        `select table_name as table, column_name as column from information_schema.columns
         where table_schema = 'public' and data_type in ('text', 'jsonb')`,
      )
      const values = new Map<string, string>()
      for (const { table, column } of rows) {
        const { rows: found } = await client.query<{ all: string | null }>(
          `select string_agg("${column}"::text, ' ') as all from "${table}"`,
        )
        values.set(`${table}.${column}`, found[0]?.all ?? '')
      }
      return values
    },
  }
}
