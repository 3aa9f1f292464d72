import { integer, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { groups } from './groups.ts'

/** A group keeps words for a shorter time from then on. Until then `groups.retentionMonths` holds. */
export const retentionChanges = pgTable('retention_changes', {
  groupId: uuid()
    .primaryKey()
    .references(() => groups.id, { onDelete: 'cascade' }),
  months: integer().notNull(),
  startsAt: instant().notNull(),
})
