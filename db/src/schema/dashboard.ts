import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** "Not now" to a suggestion on the dashboard: it stays away until then. */
export const putOff = pgTable(
  'put_off',
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    suggestion: text().notNull(),
    until: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.accountId, table.suggestion] })],
)
