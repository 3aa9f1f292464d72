import { date, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** "If … then I will … by …" */
export const commitments = pgTable(
  'commitments',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
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
  ],
)
