import { foreignKey, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { blocks } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** What a host told of their table in a block. Its sentence is read by its writer only, until the tables are revealed. */
export const tableReports = pgTable(
  'table_reports',
  {
    id: id(),
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Of the table that they hosted then. */
    number: integer().notNull(),
    body: text().notNull(),
    /** The writer's count of changes: a late retry of an older text changes nothing. */
    revision: integer().notNull(),
    done: instant(),
    writtenAt: instant().notNull(),
  },
  (table) => [
    unique().on(table.blockId, table.accountId),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)
