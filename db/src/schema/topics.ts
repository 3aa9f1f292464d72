import { foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { sessions } from './sessions.ts'

/** What a session votes on and discusses: answers that belong together, or a line that somebody added. */
export const topics = pgTable(
  'topics',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    /** The block whose answers it gathers; none: it was added by itself. */
    blockId: uuid(),
    title: text().notNull(),
    position: integer().notNull(),
    madeAt: instant().notNull(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.sessionId, table.position),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
