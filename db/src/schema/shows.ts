import {
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { episodes } from './episodes.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A podcast that a group follows. It stays after that while an episode came from it, with `stoppedAt`. */
export const shows = pgTable(
  'shows',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    feedUrl: text().notNull(),
    /** `podcast:guid`, or the UUIDv5 of the address it was followed by. */
    guid: text().notNull(),
    title: text().notNull(),
    artworkUrl: text(),
    language: text(),
    followedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    followedAt: instant().notNull(),
    stoppedAt: instant(),
    /** What the server of the feed calls the version that we have. */
    etag: text(),
    lastModified: text(),
    /** When its server was asked last, and when it gave a feed last. */
    checkedAt: instant().notNull(),
    readAt: instant().notNull(),
    nextCheckAt: instant().notNull(),
    /** How often in a row it could not be read, since when, and why in a sentence. */
    failures: integer().notNull().default(0),
    failingSince: instant(),
    problem: text(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    unique().on(table.groupId, table.feedUrl),
    unique().on(table.groupId, table.guid),
    index().on(table.nextCheckAt),
  ],
)

/** What a feed offers, or offered: enough of it to make an episode later. */
export const showItems = pgTable(
  'show_items',
  {
    id: id(),
    groupId: uuid().notNull(),
    showId: uuid().notNull(),
    /** Its guid, or the address of its audio; what is too long for an index, as a hash. */
    key: text().notNull(),
    title: text().notNull(),
    publishedAt: instant(),
    /** Seconds. */
    duration: doublePrecision(),
    audioUrl: text(),
    hasTranscript: boolean().notNull(),
    hasChapters: boolean().notNull(),
    /** The item as it was understood (`FeedEntry`). */
    entry: jsonb().notNull(),
    /** Stands for its transcripts and chapters: another one, and the feed has a newer text. */
    mark: text().notNull(),
    appearedAt: instant().notNull(),
    /** It was in the feed when the group began to follow. */
    fromStart: boolean().notNull(),
    dismissedAt: instant(),
    /** Since when it is not in the feed any more. */
    goneAt: instant(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    unique().on(table.showId, table.key),
    foreignKey({
      columns: [table.groupId, table.showId],
      foreignColumns: [shows.groupId, shows.id],
    }).onDelete('cascade'),
  ],
)

/** Which item became which episode, and with which of its texts. */
export const importedItems = pgTable(
  'imported_items',
  {
    groupId: uuid().notNull(),
    episodeId: uuid().primaryKey(),
    itemId: uuid().notNull().unique(),
    mark: text().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.itemId],
      foreignColumns: [showItems.groupId, showItems.id],
    }).onDelete('cascade'),
  ],
)

/** Pictures of shows and episodes, fetched once and made small: whoever looks at them asks us, not the publisher. */
export const artworks = pgTable(
  'artworks',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    /** WebP; none while it was not fetched. */
    image: bytea(),
    wantedAt: instant().notNull(),
    failures: integer().notNull().default(0),
    /** When it is fetched, or tried again; never once it is here or given up. */
    nextTryAt: instant(),
  },
  (table) => [unique().on(table.groupId, table.url), index().on(table.nextTryAt)],
)
