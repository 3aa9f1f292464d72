import type { Anchor } from '#shared/threads.ts'
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { episodes } from './episodes.ts'
import { accounts } from './sign-in.ts'

export const threads = pgTable(
  'threads',
  {
    id: id(),
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    /** A quote, a moment or a chapter of the episode. */
    anchor: jsonb().$type<Anchor>().notNull(),
    /** Whether this is an open question for a session. */
    question: text({ enum: ['none', 'open', 'planned', 'answered'] })
      .notNull()
      .default('none'),
    /** How many posts there have been: dense, so unread = this − what a member has read. */
    lastNumber: integer().notNull().default(0),
    startedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    startedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.episodeId),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
  ],
)

export const posts = pgTable(
  'posts',
  {
    id: id(),
    groupId: uuid().notNull(),
    threadId: uuid().notNull(),
    number: integer().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Markdown; empty once withdrawn. */
    body: text().notNull(),
    postedAt: instant().notNull(),
    editedAt: instant(),
    withdrawnAt: instant(),
    /** Its words were deleted because the group keeps none that long. */
    forgottenAt: instant(),
    /** Somebody who moderates took it out of sight, and why; its writer reads both. */
    hiddenAt: instant(),
    hiddenBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** As what they hid it: the others are told that, and no name. */
    hiddenAs: text({ enum: ['organizer', 'facilitator', 'operator'] }),
    hideReason: text(),
  },
  (table) => [
    unique().on(table.threadId, table.number),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
  ],
)

/** How far a member has read a thread. */
export const threadReads = pgTable(
  'thread_reads',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    groupId: uuid().notNull(),
    threadId: uuid().notNull(),
    number: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.threadId] }),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
  ],
)
