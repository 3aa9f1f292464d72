import { foreignKey, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instant, ranges } from './columns.ts'
import { accounts } from './sign-in.ts'
import { threads } from './threads.ts'

/** Which posts of a thread a member has read. Nobody else learns of it. */
export const threadReads = pgTable(
  'thread_reads',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    groupId: uuid().notNull(),
    threadId: uuid().notNull(),
    ranges: ranges().notNull(),
    /** How many numbers that is, so that counting what is unread needs no look at the ranges. */
    size: integer().notNull(),
    /** Counted up for the account in all its threads, so their other pages hear marks in order, each once. */
    revision: integer().notNull(),
    readAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.threadId] }),
    index().on(table.accountId, table.revision),
    // Counting what is unread reads nothing else of what was read (server/src/marks/count-unread.ts).
    index().on(table.accountId, table.threadId, table.size),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
  ],
)

/** How many marks an account has made. Taken under this row's lock, so the marks of one account come in order. */
export const readRevisions = pgTable('read_revisions', {
  accountId: uuid()
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  revision: integer().notNull(),
})
