import { foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** Every wording of a working agreement, so that what somebody accepted can be read again. */
export const agreementWordings = pgTable(
  'agreement_wordings',
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    words: text().notNull(),
    writtenAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.version] })],
)

/** Who said yes to which wording. */
export const agreementAcceptances = pgTable(
  'agreement_acceptances',
  {
    groupId: uuid().notNull(),
    version: integer().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    acceptedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.accountId, table.version] }),
    foreignKey({
      columns: [table.groupId, table.version],
      foreignColumns: [agreementWordings.groupId, agreementWordings.version],
    }).onDelete('cascade'),
  ],
)
