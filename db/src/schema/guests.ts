import { foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** Somebody comes to one session of a group that they are not in. Whether they have a place is their RSVP. */
export const sessionGuests = pgTable(
  'session_guests',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** They pressed the button behind the link of their mail. */
    confirmedAt: instant().notNull(),
    remindedAt: instant(),
    /** A facilitator took them off the list; no link lets them in again. */
    removedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Somebody typed an address on a public page. Nothing comes of it until its mailbox confirms. */
export const guestRequests = pgTable(
  'guest_requests',
  {
    tokenHash: text().primaryKey(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    /** Trimmed and lower-cased. */
    email: text().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    index().on(table.sessionId),
    index().on(table.email),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
