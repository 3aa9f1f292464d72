import { integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { groups } from './groups.ts'

/**
 * One ordered log: of a session (its live room), of an episode (its threads) or of a group (its other threads). A room
 * has the id of what it belongs to. `number` is counted up under the row's lock, in the transaction that adds the
 * event, so there are no gaps.
 */
export const rooms = pgTable(
  'rooms',
  {
    id: uuid().primaryKey(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['session', 'episode', 'group'] }).notNull(),
    number: integer().notNull().default(0),
    /** A new one after a restore: numbers heard before it mean nothing any more. */
    epoch: uuid().notNull().defaultRandom(),
  },
  (table) => [unique().on(table.groupId, table.id)],
)

/** Stored events hold ids, not words; words are added when an event is sent. */
export const roomEvents = pgTable(
  'room_events',
  {
    roomId: uuid()
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    event: jsonb().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.number] })],
)
