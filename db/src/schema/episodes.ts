import type { Person } from '#shared/episodes.ts'
import {
  doublePrecision,
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
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

export const episodes = pgTable(
  'episodes',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    showTitle: text(),
    /** Show notes: plain text, or Markdown made from sanitised HTML. */
    notes: text().notNull().default(''),
    audioUrl: text(),
    pageUrl: text(),
    /** Where its picture is at its publisher; ours is in `artworks`. */
    artworkUrl: text(),
    /** Seconds. */
    duration: doublePrecision(),
    language: text(),
    people: jsonb().$type<Person[]>().notNull().default([]),
    publishedAt: instant(),
    importedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    importedAt: instant().notNull().defaultNow(),
    /** Rises with every import and every correction of the text, so that nobody changes what they did not see. */
    revision: integer().notNull().default(1),
  },
  (table) => [unique().on(table.groupId, table.id)],
)

/** Chapters and segments are rewritten whole when an episode is imported again; threads keep their own anchor. */
export const chapters = pgTable(
  'chapters',
  {
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    position: integer().notNull(),
    /** Seconds. */
    start: doublePrecision().notNull(),
    title: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.episodeId, table.position] }),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
  ],
)

export const segments = pgTable(
  'segments',
  {
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    position: integer().notNull(),
    /** Seconds; none when the transcript has no times. */
    start: doublePrecision(),
    end: doublePrecision(),
    speaker: text(),
    text: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.episodeId, table.position] }),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
    index().on(table.episodeId, table.start),
  ],
)
