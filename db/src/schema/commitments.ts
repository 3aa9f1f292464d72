import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { feedbackReports } from './feedback.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** "If … then I will … by …" */
export const commitments = pgTable(
  'commitments',
  {
    id: id(),
    /** Where it was said; none: to nobody but oneself, out of a report. */
    groupId: uuid(),
    sessionId: uuid(),
    /** The report that it came out of. */
    reportId: uuid().references(() => feedbackReports.id, { onDelete: 'set null' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The "if": the moment it is meant for. */
    cue: text().notNull(),
    /** The "then I will". */
    action: text().notNull(),
    /** A day of the calendar, not an instant. */
    due: date({ mode: 'string' }),
    status: text({ enum: ['open', 'done', 'partly', 'not-yet', 'let-go'] })
      .notNull()
      .default('open'),
    /** What happened. */
    reflection: text().notNull().default(''),
    madeAt: instant().notNull(),
    closedAt: instant(),
  },
  (table) => [
    index().on(table.accountId),
    index().on(table.groupId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
    check('said_somewhere_or_nowhere', sql`(${table.groupId} is null) = (${table.sessionId} is null)`),
  ],
)
