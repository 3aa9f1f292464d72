import { and, eq } from 'drizzle-orm'
import { highlights } from '#db/schema.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'

/** Gone with its note, at once. Whoever wants it back sends it again. */
export async function deleteHighlight(
  house: House,
  { member: { account }, episode }: EpisodeReader,
  id: string,
): Promise<void> {
  await house.db
    .delete(highlights)
    .where(
      and(eq(highlights.accountId, account.id), eq(highlights.episodeId, episode.id), eq(highlights.id, id)),
    )
}
