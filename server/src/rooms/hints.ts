import { Redis } from 'ioredis'
import pg from 'pg'
import type { Config } from '../config.ts'

/** What processes whisper to each other. A lost hint costs latency, never news. */
export type Hint =
  | { type: 'news'; roomId: string; number: number }
  | { type: 'process'; process: string }
  | { type: 'present'; roomId: string; process: string; here: string[]; gone: string[] }
  | { type: 'marks'; accountId: string }
  | { type: 'membership-ended'; groupId: string; accountId: string }
  | { type: 'role-changed'; groupId: string; accountId: string }
  | { type: 'sign-in-ended'; signInId: string }

export type Hints = { send: (hint: Hint) => void; close: () => Promise<void> }

const CHANNEL = 'shortside'
/** PostgreSQL takes payloads of less than 8,000 bytes. */
const LARGEST_NOTIFY = 7_500
const RECONNECT_AFTER = 500

/** Over Valkey where there is one, else over PostgreSQL's LISTEN and NOTIFY. */
export function openHints({ valkeyUrl }: Config, databaseUrl: string, hear: (hint: Hint) => void): Hints {
  const parse = (payload: string) => {
    for (const hint of JSON.parse(payload) as Hint[]) hear(hint)
  }
  return valkeyUrl ? overValkey(valkeyUrl, parse) : overPostgres(databaseUrl, parse)
}

function overValkey(url: string, hear: (payload: string) => void): Hints {
  const options = { lazyConnect: false, maxRetriesPerRequest: 0, enableOfflineQueue: false } as const
  const speaker = new Redis(url, options)
  const listener = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null })
  for (const client of [speaker, listener]) client.on('error', () => undefined)
  listener.on('message', (_channel, payload) => hear(payload))
  void listener.subscribe(CHANNEL).catch(() => undefined)
  const send = batched((hints) => speaker.publish(CHANNEL, JSON.stringify(hints)))
  return {
    send,
    close: async () => {
      speaker.disconnect()
      listener.disconnect()
      await Promise.resolve()
    },
  }
}

function overPostgres(url: string, hear: (payload: string) => void): Hints {
  let client: pg.Client | undefined
  let closed = false
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'shortside', keepAlive: true })
    const again = () => {
      if (client === next) client = undefined
      if (!closed) setTimeout(() => void connect(), RECONNECT_AFTER).unref()
    }
    next.on('error', () => undefined)
    next.once('end', again)
    next.on('notification', ({ payload }) => payload && hear(payload))
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      client = next
    } catch {
      await next.end().catch(() => undefined)
    }
  }
  const ready = connect()
  // One connection and a batch each: NOTIFY takes a lock for the whole database at commit, so it stays out of business transactions.
  const send = batched(async (hints) => {
    let batch: Hint[] = []
    for (const hint of hints) {
      if (JSON.stringify([...batch, hint]).length > LARGEST_NOTIFY) {
        await client?.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(batch)])
        batch = []
      }
      batch.push(hint)
    }
    await client?.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(batch)])
  })
  return {
    send,
    close: async () => {
      closed = true
      await ready
      await client?.end().catch(() => undefined)
    },
  }
}

/** Sends what was said meanwhile as soon as the last batch is out. */
function batched(flush: (hints: Hint[]) => Promise<unknown>): (hint: Hint) => void {
  let waiting: Hint[] = []
  let busy = false
  const run = async () => {
    busy = true
    while (waiting.length > 0) {
      const hints = waiting
      waiting = []
      await flush(hints).catch(() => undefined)
    }
    busy = false
  }
  return (hint) => {
    waiting.push(hint)
    if (!busy) void run()
  }
}
