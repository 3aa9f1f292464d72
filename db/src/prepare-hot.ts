import type { PoolClient } from 'pg'

/** A statement that came so often is prepared: each connection then reads and plans it once, not every time. */
const HOT = 30
/** PostgreSQL keeps the plans of every connection in memory, so there is an end to them. */
const MOST_PREPARED = 400
/** Longer ones carry a list, and hardly come again as they are. */
const LONGEST = 6_000
const MOST_COUNTED = 5_000

const times = new Map<string, number>()
const names = new Map<string, string>()

/** From now on this connection prepares what comes again and again. */
export function prepareHot(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  client.query = ((config: unknown, ...rest: unknown[]) =>
    query(
      isStatement(config) ? { ...config, name: nameOf(config.text) } : config,
      ...rest,
    )) as typeof client.query
}

const isStatement = (config: unknown): config is { text: string } =>
  typeof config === 'object' &&
  config !== null &&
  'text' in config &&
  typeof config.text === 'string' &&
  !('name' in config && config.name)

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || text.length > LONGEST || names.size >= MOST_PREPARED) return known
  if (times.size > MOST_COUNTED) times.clear()
  const count = (times.get(text) ?? 0) + 1
  times.set(text, count)
  if (count < HOT) return undefined
  const name = `hot${names.size + 1}`
  names.set(text, name)
  times.delete(text)
  return name
}
