import { sql } from 'drizzle-orm'
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/** A member asks to organize a group whose organizer seems to be gone. */
export const takeOvers = pgTable(
  'take_overs',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    askedBy: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    state: text({
      enum: ['open', 'withdrawn', 'objected', 'handed-over', 'confirmed', 'declined'],
    }).notNull(),
    askedAt: instant().notNull(),
    /** Organizers may object until then; afterwards somebody from outside the group decides. */
    decidableAt: instant().notNull(),
    /** When whoever decides was told that it waits for them. */
    judgesToldAt: instant(),
    decidedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    decidedAt: instant(),
    /** Why somebody objected or declined, for whoever asked. */
    answer: text().notNull().default(''),
  },
  (table) => [
    // One at a time.
    uniqueIndex()
      .on(table.groupId)
      .where(sql`${table.state} = 'open'`),
    index().on(table.groupId, table.askedAt),
  ],
)
