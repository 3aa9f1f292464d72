import { foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { REMINDERS } from '#shared/words.ts'
import { instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** A reminder of a session that went out. One that moves to another day is reminded of again. */
export const reminders = pgTable(
  'reminders',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    kind: text({ enum: REMINDERS }).notNull(),
    /** When the session was to begin. */
    startsAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.kind, table.startsAt] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Reminders that somebody does not want. */
export const mutedReminders = pgTable(
  'muted_reminders',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text({ enum: REMINDERS }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind] })],
)
