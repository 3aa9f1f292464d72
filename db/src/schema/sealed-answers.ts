import { boolean, foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { blocks } from './sessions.ts'

/**
 * What somebody wrote in a block without names, until it is revealed. It names nobody: `writer` and `sealed` are closed with the
 * key of the instance, and all are of one length. The reveal makes answers of them and deletes them.
 */
export const sealedAnswers = pgTable(
  'sealed_answers',
  {
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    writer: text().notNull(),
    sealed: text().notNull(),
    /** The writer said that they are done. */
    done: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.blockId, table.writer] }),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)
