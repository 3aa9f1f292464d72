import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Ranges } from '#shared/ranges.ts'

/** Ids are chosen by whoever writes (a retry changes nothing); the database only fills in when nobody did. */
export const id = () =>
  uuid()
    .primaryKey()
    .default(sql`gen_random_uuid()`)

/** A UTC instant. Milliseconds, because JavaScript dates would silently drop what is finer. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/** Numbers as PostgreSQL's multirange: `{[1,5),[6,7)}`. */
export const ranges = customType<{ data: Ranges; driverData: string }>({
  dataType: () => 'int4multirange',
  toDriver: writeRanges,
  fromDriver: readRanges,
})

export function writeRanges(some: Ranges): string {
  return `{${some.map(([from, to]) => `[${from},${to}]`).join(',')}}`
}

/** PostgreSQL gives each range with its first number in it, and with its last number not. */
export function readRanges(text: string): Ranges {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to) - 1])
}
