import { sql } from 'drizzle-orm'
import { timestamp, uuid } from 'drizzle-orm/pg-core'

/** Ids are chosen by whoever writes (a retry changes nothing); the database only fills in when nobody did. */
export const id = () =>
  uuid()
    .primaryKey()
    .default(sql`gen_random_uuid()`)

/** A UTC instant. Milliseconds, because JavaScript dates would silently drop what is finer. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })
