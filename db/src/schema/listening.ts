import type { Anchor } from '#shared/threads.ts'
import {
  boolean,
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { episodes } from './episodes.ts'
import { accounts } from './sign-in.ts'

/** Where somebody is in an episode: theirs alone. Seconds are those of the transcript. */
export const listenings = pgTable(
  'listenings',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    /** Where they stopped. */
    moment: doublePrecision().notNull().default(0),
    /** How far they have got: what lies after it may be folded. */
    reached: doublePrecision().notNull().default(0),
    /** They want to see all of this episode, also what lies after it. */
    revealed: boolean().notNull().default(false),
    /** How many seconds later than the transcript says their audio says it. */
    offset: doublePrecision().notNull().default(0),
    /** The address of the audio that the offset is for: another one has other advertisements. */
    offsetOf: text(),
    /** When they were there; what was later counts. */
    stoppedAt: instant(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.episodeId] }),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
  ],
)

/** How somebody listens and reads, in all episodes. */
export const listeningSettings = pgTable('listening_settings', {
  accountId: uuid()
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** 1 is as it was spoken. */
  speed: doublePrecision().notNull().default(1),
  /** What lies after where they stopped is folded. */
  fold: boolean().notNull().default(false),
  /** Single keys play, skip and mark. */
  keys: boolean().notNull().default(true),
})

/** Words that somebody marked for themselves, with a note. Nobody else reads them. */
export const highlights = pgTable(
  'highlights',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Chosen by whoever marks, and theirs: another account may have the same. */
    id: uuid().notNull(),
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    anchor: jsonb().$type<Anchor>().notNull(),
    /** Plain text; may be empty. */
    note: text().notNull().default(''),
    markedAt: instant().notNull(),
    editedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index().on(table.accountId, table.episodeId),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
  ],
)
