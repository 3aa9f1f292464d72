import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** A way to the door of one session that needs no account. The token is never stored (server/src/links.ts). */
export const doorLinks = pgTable(
  'door_links',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    /** `helper` checks people in; `poster` hangs at the door, and people say with their own phone that they are here. */
    kind: text({ enum: ['helper', 'poster'] }).notNull(),
    /** For whom, or where it hangs. */
    label: text().notNull(),
    madeBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [
    index().on(table.sessionId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** The last that the door said about somebody: what was done later on its devices counts, in whatever order it is heard. */
export const doorMarks = pgTable(
  'door_marks',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    here: boolean().notNull(),
    at: instant().notNull(),
    /** The door gave them a place; taking that back makes their answer what it was, or none. */
    gavePlace: boolean().notNull().default(false),
    answer: text({ enum: ['not-coming', 'waiting'] }),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Somebody came in without having said so before, and without an account. Name and address are deleted a month later. */
export const walkIns = pgTable(
  'walk_ins',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    name: text().notNull(),
    email: text(),
    arrivedAt: instant().notNull(),
    /** Entered by mistake, or gone again. */
    here: boolean().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.sessionId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** A part of a large session: three to six people who talk with each other. */
export const tables = pgTable(
  'tables',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    number: integer().notNull(),
    hostId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.sessionId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Who sits where: somebody with an account, or a walk-in. */
export const seats = pgTable(
  'seats',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    tableId: uuid().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    walkInId: uuid(),
  },
  (table) => [
    unique().on(table.sessionId, table.accountId),
    unique().on(table.sessionId, table.walkInId),
    index().on(table.tableId),
    foreignKey({
      columns: [table.groupId, table.tableId],
      foreignColumns: [tables.groupId, tables.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.walkInId],
      foreignColumns: [walkIns.groupId, walkIns.id],
    }).onDelete('cascade'),
  ],
)

/** I would host a table. */
export const hostOffers = pgTable(
  'host_offers',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    offeredAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
