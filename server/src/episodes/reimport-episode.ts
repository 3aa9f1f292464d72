import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import { chapters, episodes, segments } from '#db/schema.ts'
import type { EpisodeAgain, EpisodeSummary } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { mayChange, type EpisodeReader } from './guards.ts'
import { readSummary, readText } from './read-episode.ts'
import { addText, inOrderOfHearing, toRow } from './save-episode.ts'

/** Replaces the text of an episode, when nobody else did meanwhile. Everybody who has it open hears of it. */
export async function reimportEpisode(
  house: House,
  { member, episode }: EpisodeReader,
  { replaces, ...again }: EpisodeAgain,
): Promise<EpisodeSummary> {
  requireOpenGroup(member.group)
  if (!mayChange(member, episode))
    throw new Refusal(
      'not-allowed',
      'Only whoever imported an episode, or a facilitator, can import it again.',
    )
  const row = toRow(again)
  return changeRoom(house, episode.id, async (tx, tell) => {
    const [now] = await tx.select().from(episodes).where(eq(episodes.id, episode.id))
    if (!now) throw new Refusal('not-found')
    const before = await readText(tx, episode.id)
    const text = { chapters: inOrderOfHearing(again.chapters), segments: again.segments }
    // A retry finds everything as it wants it.
    if (isDeepStrictEqual({ ...now, ...row }, now) && isDeepStrictEqual(before, text))
      return readSummary(tx, episode.groupId, episode.id)

    if (now.importedAt.toISOString() !== new Date(replaces).toISOString())
      throw new Refusal(
        'conflict',
        'Somebody imported this episode again while you looked. Go back and look at the difference to their text.',
      )
    await tx.delete(chapters).where(eq(chapters.episodeId, episode.id))
    await tx.delete(segments).where(eq(segments.episodeId, episode.id))
    await addText(tx, episode, text)
    await tx
      .update(episodes)
      .set({ ...row, importedAt: house.now() })
      .where(eq(episodes.id, episode.id))
    tell({ type: 'episode-changed' })
    return readSummary(tx, episode.groupId, episode.id)
  })
}
