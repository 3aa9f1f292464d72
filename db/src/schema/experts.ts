import { boolean, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** Somebody who is invited to one session to be asked. The token of the link is never stored (server/src/links.ts). */
export const experts = pgTable(
  'experts',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    name: text().notNull(),
    /** None: the link was handed over. */
    email: text(),
    /** What is expected of them. */
    expects: text().notNull(),
    invitedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    invitedAt: instant().notNull(),
    answer: text({ enum: ['invited', 'accepted', 'declined'] })
      .notNull()
      .default('invited'),
    /** A sentence with the answer. */
    reply: text().notNull().default(''),
    answeredAt: instant(),
    /** Their name may stand on the public page of the organizer. */
    shown: boolean().notNull().default(false),
    revokedAt: instant(),
    /** Their seat in the live room: an account that is nobody's mailbox and opens nothing else. */
    seatId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    thanks: text().notNull().default(''),
    thankedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    thankedAt: instant(),
  },
  (table) => [
    index().on(table.sessionId),
    index().on(table.seatId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** What the group wants to ask in a session, a guest or each other. */
export const queuedQuestions = pgTable(
  'queued_questions',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    words: text().notNull(),
    askedAt: instant().notNull(),
    /** It was asked in the session. */
    answeredAt: instant(),
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

export const questionVotes = pgTable(
  'question_votes',
  {
    groupId: uuid().notNull(),
    questionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.questionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.questionId],
      foreignColumns: [queuedQuestions.groupId, queuedQuestions.id],
    }).onDelete('cascade'),
  ],
)
