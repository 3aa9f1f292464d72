import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { REACTIONS } from '#shared/words.ts'
import { instant } from './columns.ts'
import { accounts } from './sign-in.ts'
import { posts } from './threads.ts'

/** What a post said before it was changed. Gone with the words of the post. */
export const postVersions = pgTable(
  'post_versions',
  {
    groupId: uuid().notNull(),
    postId: uuid().notNull(),
    /** Counted from 0, which is how it was first written. */
    revision: integer().notNull(),
    body: text().notNull(),
    writtenAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.revision] }),
    foreignKey({
      columns: [table.groupId, table.postId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
  ],
)

/** A post that quotes an earlier one of its thread. Gone with the words of either. */
export const postQuotes = pgTable(
  'post_quotes',
  {
    postId: uuid().primaryKey(),
    groupId: uuid().notNull(),
    quotesId: uuid().notNull(),
    /** The words of the source that are meant, mentions by id; empty for all of it, which is read where it stands. */
    words: text().notNull(),
  },
  (table) => [
    index().on(table.quotesId),
    foreignKey({
      columns: [table.groupId, table.postId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.quotesId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
  ],
)

/** What somebody says about the post of somebody else with one press. */
export const postReactions = pgTable(
  'post_reactions',
  {
    groupId: uuid().notNull(),
    postId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text({ enum: REACTIONS }).notNull(),
    reactedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.accountId, table.kind] }),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.postId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
  ],
)

/** Whom a post mentions, or did before it was changed: told once, however often its words change. */
export const mentions = pgTable(
  'mentions',
  {
    groupId: uuid().notNull(),
    postId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    mentionedAt: instant().notNull(),
    /** When they were told by mail, or would have been. */
    mailedAt: instant(),
    /** When they read it, or put it away. */
    seenAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.accountId] }),
    index().on(table.accountId, table.seenAt),
    index().on(table.mailedAt, table.mentionedAt),
    foreignKey({
      columns: [table.groupId, table.postId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
  ],
)
