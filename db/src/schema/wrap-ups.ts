import { sql } from 'drizzle-orm'
import { foreignKey, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { answers, sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** What whoever runs a session put right in its wrap-up, in the day after. No row: nothing. */
export const wrapUps = pgTable(
  'wrap_ups',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().primaryKey(),
    /** "What we take from today." */
    note: text().notNull().default(''),
    /** Topics that are not parked any more, and lines that are. */
    unparked: uuid()
      .array()
      .notNull()
      .default(sql`'{}'`),
    alsoParked: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Counts the corrections: who corrects says which they saw. */
    revision: integer().notNull(),
    /** Who wrote the words last. */
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    correctedAt: instant().notNull(),
  },
  (table) => [
    unique().on(table.groupId, table.sessionId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** Answers under a name that their writers took out of the wrap-up. They stay with their writers. */
export const takenOutAnswers = pgTable('taken_out_answers', {
  answerId: uuid()
    .primaryKey()
    .references(() => answers.id, { onDelete: 'cascade' }),
  takenOutAt: instant().notNull(),
})
