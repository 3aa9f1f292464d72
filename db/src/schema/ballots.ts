import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import type { TopicDots } from '#shared/ballots.ts'
import { instant } from './columns.ts'
import { blocks, sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/**
 * What somebody votes in a block. Read by its voter only. When the votes are counted, what was chosen is deleted, and
 * the row only knows that it was cast, so that a late retry changes nothing.
 */
export const ballots = pgTable(
  'ballots',
  {
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    dots: jsonb().$type<TopicDots[]>().notNull().default([]),
    /** 1 to 5, in a vote of confidence. */
    step: integer(),
    /** The voter's count of changes, as with answers. */
    revision: integer().notNull(),
    done: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.blockId, table.accountId] }),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** What was counted: sums, of nobody. */
export const ballotCounts = pgTable(
  'ballot_counts',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    voters: integer().notNull(),
    dots: jsonb().$type<TopicDots[]>().notNull().default([]),
    /** How many gave 1, 2, … 5; none: too few voted to say so. */
    spread: integer().array(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** How a block goes through topics (shared/src/live/discussion.ts). Topics that are gone may still be named here. */
export const discussions = pgTable(
  'discussions',
  {
    blockId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    topicId: uuid(),
    timerEndsAt: instant(),
    timerLeft: integer(),
    /** How often the current topic got more minutes by vote. */
    extended: integer().notNull().default(0),
    /** The room is asked whether to go on; the timer is that of the question. */
    asking: boolean().notNull().default(false),
    /** What the facilitator wants next. */
    nextId: uuid(),
    discussed: uuid()
      .array()
      .notNull()
      .default(sql`'{}'`),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** Whether somebody wants to go on with the current topic. Gone as soon as it is decided. */
export const goOns = pgTable(
  'go_ons',
  {
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    goOn: boolean().notNull(),
    revision: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.blockId, table.accountId] }),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** When the server has to look at a live session next (server/src/ballots/settle-deadline.ts). */
export const liveDeadlines = pgTable(
  'live_deadlines',
  {
    sessionId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    dueAt: instant().notNull(),
  },
  (table) => [
    index().on(table.dueAt),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
