import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { organizations } from './organizations.ts'
import { accounts } from './sign-in.ts'

/** What was done to whom in a group or an organization. Its subject can read it. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    organizationId: uuid().references(() => organizations.id, { onDelete: 'cascade' }),
    groupId: uuid().references(() => groups.id, { onDelete: 'cascade' }),
    actorId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    subjectId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** What was done: a word of shared/src/audit.ts. */
    action: text().notNull(),
    /** Ids and settings, never what people said. */
    detail: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    at: instant().notNull(),
  },
  (table) => [
    index().on(table.groupId, table.at),
    index().on(table.organizationId, table.at),
    index().on(table.subjectId, table.at),
  ],
)
