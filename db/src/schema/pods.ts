import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id } from './columns.ts'
import { blocks, sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** Two, three or a few people of one block who work with each other. One that nobody is in any more is not shown. */
export const pods = pgTable(
  'pods',
  {
    id: id(),
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    /** In a feedback round people change partners. */
    round: integer().notNull(),
    number: integer().notNull(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.blockId),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** Who is in it. `place` orders their roles. */
export const podSeats = pgTable(
  'pod_seats',
  {
    groupId: uuid().notNull(),
    podId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    place: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.podId, table.accountId] }),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.podId],
      foreignColumns: [pods.groupId, pods.id],
    }).onDelete('cascade'),
  ],
)

/** How the turns of a block go (shared/src/live/turns.ts). */
export const podPaces = pgTable(
  'pod_paces',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    share: doublePrecision().notNull(),
    left: doublePrecision().notNull(),
    tail: doublePrecision().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** Where those of a number meet on video, in each block of a session. */
export const podLinks = pgTable(
  'pod_links',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    number: integer().notNull(),
    link: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.number] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
