import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/**
 * Somebody says that something is not right. It goes with the account of whoever wrote it, and with that of whoever it
 * is about: a copy of words must not outlive their writer.
 */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    kind: text({ enum: ['post', 'person', 'group', 'organizer', 'announcement'] }).notNull(),
    /** What it is about, as its kind names it: an id. */
    targetId: uuid().notNull(),
    /** The group it happened in, or that it is about. */
    groupId: uuid().references(() => groups.id, { onDelete: 'cascade' }),
    /** Who wrote what is reported, or who it is about; a group has nobody. */
    aboutId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    reporterId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    reason: text({ enum: ['unkind', 'spam', 'private', 'unsafe', 'else'] }).notNull(),
    words: text().notNull(),
    to: text({ enum: ['organizers', 'operator'] }).notNull(),
    /** The very words that were reported, for the operator, who reads nothing else of a group. */
    copy: text().notNull().default(''),
    sentAt: instant().notNull(),
    decision: text({ enum: ['stands', 'acted', 'hidden', 'group-suspended', 'account-suspended'] }),
    decidedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    decidedAt: instant(),
  },
  (table) => [
    index().on(table.groupId, table.sentAt),
    index().on(table.reporterId, table.sentAt),
    index().on(table.to, table.decidedAt),
  ],
)

/** Account × account: whose posts I do not want to see, and whose invites I do not want to get. */
export const blockedPeople = pgTable(
  'blocked_people',
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    blockedId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    since: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.blockedId] }), index().on(table.blockedId)],
)
