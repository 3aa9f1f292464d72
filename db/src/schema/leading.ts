import { boolean, foreignKey, index, integer, pgTable, primaryKey, uuid, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** Who runs a session beside its facilitator, in the order in which they take over. */
export const coFacilitators = pgTable(
  'co_facilitators',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Who leads a session that was opened. Beside the session's row, because it is touched while the room is looked at. */
export const leads = pgTable(
  'leads',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().primaryKey(),
    leaderId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Only the leader runs the session. */
    lockedAt: instant(),
    /** Who led before, lost the connection, and may take it back. */
    lostId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    lostAt: instant(),
    /** When any process last saw the leader connected, and when any looked. */
    seenAt: instant().notNull(),
    lookedAt: instant().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** The six letters that open a room from its wall. They stay when it is shut again, and are gone when the session is closed. */
export const joinCodes = pgTable(
  'join_codes',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().primaryKey(),
    code: text().notNull().unique(),
    /** Whoever has the code may come in with a name only. */
    guests: boolean().notNull().default(false),
    /** Whether the wall shows it. */
    shown: boolean().notNull().default(true),
  },
  (table) => [
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Somebody came into one session with its code, without being in the group. */
export const codeGuests = pgTable(
  'code_guests',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    cameAt: instant().notNull(),
    /** The account was made for this one seat and opens nothing else. */
    seatOnly: boolean().notNull(),
    /** Whoever runs the session sent them out; they don't come back with this seat. */
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
