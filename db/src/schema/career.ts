import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { feedbackReports } from './feedback.ts'
import { accounts } from './sign-in.ts'

/** What somebody wants to be able to do, by when, and how it would show. Read by its owner only. */
export const goals = pgTable(
  'goals',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** A skill and a responsibility rather than a title. */
    words: text().notNull(),
    /** One of the ten skills, if it is one. */
    skill: text(),
    /** How it would show. */
    measure: text().notNull().default(''),
    /** A day of the calendar, not an instant. */
    due: date({ mode: 'string' }),
    status: text({ enum: ['open', 'done', 'let-go'] })
      .notNull()
      .default('open'),
    /** The report that it came out of. */
    reportId: uuid().references(() => feedbackReports.id, { onDelete: 'set null' }),
    setAt: instant().notNull(),
    closedAt: instant(),
  },
  (table) => [index().on(table.accountId)],
)
