import type { CorrectionRecord } from '#shared/corrections.ts'
import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { episodes } from './episodes.ts'
import { accounts } from './sign-in.ts'

/** Everything that was done to the text of an episode since it came in: imports, corrections, and what was undone. */
export const transcriptChanges = pgTable(
  'transcript_changes',
  {
    id: id(),
    groupId: uuid().notNull(),
    episodeId: uuid().notNull(),
    /** The revision of the text that it made. */
    revision: integer().notNull(),
    kind: text({ enum: ['import', 'line', 'speaker', 'join', 'split'] }).notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    at: instant().notNull(),
    /** What was before, and what was after; nothing for an import. */
    record: jsonb().$type<CorrectionRecord>(),
    /** The revision that the places in `record` are counted in: an import counts anew. */
    placedAt: integer().notNull(),
    /** The change that this one takes back. */
    undoes: uuid(),
    /** The change that took this one back, or the import that did not keep it. */
    endedBy: uuid(),
  },
  (table) => [
    unique().on(table.episodeId, table.revision),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
    index().on(table.accountId),
  ],
)
