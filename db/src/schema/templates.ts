import {
  boolean,
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
import type { TemplateBody } from '#shared/templates.ts'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** A template of a group. Its words are those of its newest version; the older ones stay. */
export const templates = pgTable(
  'templates',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    /** The number of its newest version. */
    version: integer().notNull(),
    createdBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: instant().notNull(),
    /** Not offered any more; sessions that were made of it keep what they have. */
    archivedAt: instant(),
    /** What it is a fork of: a template of the guide, a shared link, another group's, or a file, which has no later versions. */
    sourceKind: text({ enum: ['guide', 'link', 'group', 'file'] }),
    /** The id in the guide, the address of the link, the id of the other template, or the name of the file. */
    sourceAddress: text(),
    sourceTitle: text(),
    /** Names the words that it was taken from, or last compared with. */
    sourceVersion: text(),
    sourceAuthor: text(),
    sourceLicence: text(),
    sourceTakenAt: instant(),
    /** Those words: what is changed upstream is a difference to them. */
    base: jsonb().$type<TemplateBody>(),
    /** Of a link elsewhere: the newest words that were seen there, and what its server calls them. */
    upstream: jsonb().$type<TemplateBody>(),
    upstreamVersion: text(),
    etag: text(),
    checkedAt: instant(),
    nextCheckAt: instant(),
    failures: integer().notNull().default(0),
    /** Why it could not be read, in a sentence. */
    problem: text(),
  },
  (table) => [unique().on(table.groupId, table.id), index().on(table.nextCheckAt)],
)

/** What a template said at one time. */
export const templateVersions = pgTable(
  'template_versions',
  {
    groupId: uuid().notNull(),
    templateId: uuid().notNull(),
    number: integer().notNull(),
    body: jsonb().$type<TemplateBody>().notNull(),
    savedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    savedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.templateId, table.number] }),
    foreignKey({
      columns: [table.groupId, table.templateId],
      foreignColumns: [templates.groupId, templates.id],
    }).onDelete('cascade'),
  ],
)

/** A link under which everybody reads one version of a template. The token is never stored (server/src/links.ts). */
export const templateShares = pgTable(
  'template_shares',
  {
    id: id(),
    groupId: uuid().notNull(),
    templateId: uuid().notNull(),
    /** The version that it shows; a later one is shared by a press of its own. */
    number: integer().notNull(),
    withNotes: boolean().notNull(),
    withCards: boolean().notNull(),
    withGroupName: boolean().notNull(),
    author: text().notNull().default(''),
    licence: text().notNull().default(''),
    sharedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    sharedAt: instant().notNull(),
    changedAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [
    index().on(table.templateId),
    foreignKey({
      columns: [table.groupId, table.templateId],
      foreignColumns: [templates.groupId, templates.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.templateId, table.number],
      foreignColumns: [templateVersions.templateId, templateVersions.number],
    }),
  ],
)
