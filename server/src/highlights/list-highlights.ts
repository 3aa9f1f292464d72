import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { highlights } from '#db/schema.ts'
import type { Highlight } from '#shared/highlights.ts'
import type { EpisodeReader } from '../episodes/guards.ts'

export type HighlightRow = typeof highlights.$inferSelect

/** In the order of the episode; what has no time stands in the order of marking. */
export const IN_ORDER = [
  asc(sql`(${highlights.anchor} ->> 'start')::float8`),
  asc(highlights.markedAt),
  asc(highlights.id),
] as const

export async function listHighlights(
  reader: Reader,
  { member: { account }, episode }: EpisodeReader,
): Promise<Highlight[]> {
  const mine = await reader
    .select()
    .from(highlights)
    .where(and(eq(highlights.accountId, account.id), eq(highlights.episodeId, episode.id)))
    .orderBy(...IN_ORDER)
  return mine.map(showHighlight)
}

export const showHighlight = ({ id, anchor, note, markedAt, editedAt }: HighlightRow): Highlight => ({
  id,
  anchor,
  note,
  markedAt: markedAt.toISOString(),
  editedAt: editedAt?.toISOString() ?? null,
})
