import {
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  uuid,
  text,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { blocks } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** Everybody who is there speaks in turn: the go-round of a block, and the time of whoever speaks in it. */
export const goRounds = pgTable(
  'go_rounds',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    /** When the first had the floor. */
    begunAt: instant(),
    timerEndsAt: instant(),
    timerLeft: integer(),
  },
  (table) => [
    index().on(table.groupId, table.begunAt),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** A place in it. Who had the floor has the turn (schema/sessions.ts) that it was. */
export const goRoundSeats = pgTable(
  'go_round_seats',
  {
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    place: integer().notNull(),
    turnId: uuid(),
    aside: text({ enum: ['passed', 'skipped'] }),
    /** They were the first to speak. */
    began: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.blockId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** How often something was practised before everybody in a block, and the time of this once. */
export const demonstrations = pgTable(
  'demonstrations',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    number: integer().notNull(),
    timerEndsAt: instant(),
    timerLeft: integer(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** Where the episode stands that a block plays for all: running since an instant, or paused. */
export const playings = pgTable(
  'playings',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    /** Seconds of the episode. */
    position: doublePrecision().notNull(),
    since: instant(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)
