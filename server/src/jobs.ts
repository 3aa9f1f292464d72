import { sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import type { Transaction } from '#db/connect.ts'

/** Work that happens later or elsewhere. A job is stored in the transaction of what it belongs to, or not at all. */
export type Jobs = {
  enqueue: (
    tx: Transaction,
    name: string,
    data: object,
    options?: { startAfter?: Date; singletonKey?: string },
  ) => Promise<void>
  /** Takes up one kind of job. Called before `start`. */
  handle: (name: string, work: (data: never) => Promise<void>) => void
  /**
   * Work that comes again by the clock (cron, UTC), once over all processes. It looks at what is due by `house.now()` and
   * does only that, so a run too many changes nothing. Called before `start`.
   */
  repeat: (name: string, cron: string, work: () => Promise<void>) => void
  /** Does one kind of job here and now. */
  run: (name: string, data?: object) => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
}

export function openJobs(databaseUrl: string, report: (problem: Error) => void): Jobs {
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: 'shortside', max: 4 })
  const handlers = new Map<string, (data: never) => Promise<void>>()
  const clocks = new Map<string, string>()
  boss.on('error', report)
  return {
    enqueue: async (tx, name, data, options = {}) => {
      await boss.send(name, data, {
        ...options,
        retryLimit: 8,
        retryBackoff: true,
        db: { executeSql: (text, values) => execute(tx, text, values) },
      })
    },
    handle: (name, work) => void handlers.set(name, work),
    repeat: (name, cron, work) => {
      handlers.set(name, work)
      clocks.set(name, cron)
    },
    run: async (name, data = {}) => {
      const work = handlers.get(name)
      if (!work) throw new Error(`no job is called ${name}`)
      await work(data as never)
    },
    start: async () => {
      await boss.start()
      for (const [name, work] of handlers) {
        await boss.createQueue(name)
        await boss.work(name, { burstWhenBatchFull: true }, async (jobs) => {
          for (const job of jobs) await work(job.data as never)
        })
        const cron = clocks.get(name)
        if (cron) await boss.schedule(name, cron)
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}

/** pg-boss writes `$1`; drizzle runs the same statement inside our transaction. */
async function execute(tx: Transaction, text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> {
  const parts = text.split(/\$(\d+)/)
  const query = sql.join(
    parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)),
  )
  return tx.execute(query)
}
