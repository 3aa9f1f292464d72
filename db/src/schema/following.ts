import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'
import { posts, threads } from './threads.ts'

const LEVELS = ['every', 'digest', 'mentions', 'nothing'] as const

/** What a member hears by mail of the threads of a group. Without a row, what holds for who has said nothing. */
export const following = pgTable(
  'following',
  {
    /** Signed into the links that stop letters. */
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    level: text({ enum: LEVELS }).notNull().default('digest'),
    /** Of threads that they started or wrote in. */
    mine: text({ enum: LEVELS }).notNull().default('every'),
    digest: text({ enum: ['weekly', 'daily'] })
      .notNull()
      .default('weekly'),
    /** How many threads a digest tells of. */
    most: integer().notNull().default(5),
    /** Since when: what was posted before is not mailed because of it. */
    since: instant().notNull(),
    /** Up to when digests have told. */
    digestedAt: instant(),
  },
  (table) => [unique().on(table.accountId, table.groupId), index().on(table.groupId)],
)

/** What a member said about one thread. */
export const threadFollowing = pgTable(
  'thread_following',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    groupId: uuid().notNull(),
    threadId: uuid().notNull(),
    level: text({ enum: LEVELS }).notNull(),
    since: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.threadId] }),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
  ],
)

/** Of which posts somebody was told by mail, so nobody is told twice. Deleted when no letter looks that far back any more. */
export const mailedPosts = pgTable(
  'mailed_posts',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    mailedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.postId] }), index().on(table.mailedAt)],
)
