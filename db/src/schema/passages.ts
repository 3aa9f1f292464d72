import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { episodes } from './episodes.ts'
import { groups } from './groups.ts'
import { posts, threads } from './threads.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * What search finds, and where it stands: made from the rows of episodes, threads and posts in the transaction that
 * changes them (server/src/passages), and without their text. The words carry the key of their group, so a search goes
 * through nothing but what its groups said.
 */
export const passages = pgTable(
  'passages',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['title', 'chapter', 'transcript', 'notes', 'thread', 'post'] }).notNull(),
    /** The episode it belongs to, or the thread where there is no episode: results are shown together by it. */
    placeId: uuid().notNull(),
    episodeId: uuid(),
    threadId: uuid(),
    postId: uuid(),
    /** From which segment or chapter to which. */
    first: integer().notNull().default(0),
    last: integer().notNull().default(0),
    /** From which character to which: of the notes, or of a segment that is too long for one passage. */
    from: integer(),
    to: integer(),
    /** Seconds. */
    start: doublePrecision(),
    speaker: text(),
    /** The configuration of PostgreSQL by which its words were read. */
    language: text().notNull(),
    words: tsvector().notNull(),
  },
  (table) => [
    // Without a waiting list: what was just written is found as quickly as what is old.
    index().using('gin', table.words).with({ fastupdate: false }),
    index().on(table.groupId, table.language),
    index().on(table.placeId),
    index().on(table.episodeId),
    index()
      .on(table.threadId)
      .where(sql`thread_id is not null`),
    unique().on(table.postId),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.postId],
      foreignColumns: [posts.groupId, posts.id],
    }).onDelete('cascade'),
  ],
)
