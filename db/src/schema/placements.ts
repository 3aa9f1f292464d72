import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** A group splits: a place in the new one for somebody, who moves or stays as they like. */
export const placements = pgTable(
  'placements',
  {
    /** The new group. */
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    fromGroupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text({ enum: ['organizer', 'facilitator', 'member'] }).notNull(),
    state: text({ enum: ['open', 'moved', 'stayed'] })
      .notNull()
      .default('open'),
    offeredBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    offeredAt: instant().notNull(),
    answeredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.accountId] }),
    index().on(table.fromGroupId),
    index().on(table.accountId),
  ],
)
