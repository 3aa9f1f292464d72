import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { feedbackRounds } from './feedback.ts'
import { accounts } from './sign-in.ts'

/**
 * What somebody saw, written to one person in a live round of feedback. Words are closed with the key of the instance. An
 * account that goes takes along what was not opened yet; what was opened is its reader's, without a name.
 */
export const feedbackSlips = pgTable(
  'feedback_slips',
  {
    id: id(),
    roundId: uuid()
      .notNull()
      .references(() => feedbackRounds.id, { onDelete: 'cascade' }),
    writerId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    receiverId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    sealed: text().notNull(),
    /** The writer's count of changes: a late retry of older words changes nothing. */
    revision: integer().notNull(),
    sentAt: instant(),
    openedAt: instant(),
    writtenAt: instant().notNull(),
  },
  (table) => [
    unique().on(table.roundId, table.writerId, table.receiverId),
    index().on(table.receiverId),
    index().on(table.writerId),
  ],
)
