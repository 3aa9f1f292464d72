import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** What an organizer or a facilitator says to everybody in the group. */
export const announcements = pgTable(
  'announcements',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    title: text().notNull(),
    /** Markdown; both are empty once withdrawn. */
    body: text().notNull(),
    announcedAt: instant().notNull(),
    editedAt: instant(),
    withdrawnAt: instant(),
  },
  (table) => [index().on(table.groupId, table.announcedAt)],
)

/** I read announcements on the page of the group, and want no mail about them. */
export const announcementMutes = pgTable(
  'announcement_mutes',
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    mutedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.accountId] })],
)
