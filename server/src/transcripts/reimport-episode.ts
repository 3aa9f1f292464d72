import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { chapters, episodes, segments, transcriptChanges } from '#db/schema.ts'
import { replay } from '#shared/corrections.ts'
import type { EpisodeAgain, EpisodeSummary, Segment } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { indexEpisode } from '../passages/index-episode.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { wantArtwork } from '../episodes/artworks.ts'
import { mayChange, type EpisodeReader, type EpisodeRow } from '../episodes/guards.ts'
import { readSummary, readText } from '../episodes/read-episode.ts'
import { addText, inOrderOfHearing, toRow } from '../episodes/save-episode.ts'
import { readCorrections } from './read-history.ts'

/**
 * Replaces the text of an episode, when nobody changed it meanwhile. Of the corrections that were made to the old text
 * those are made again that whoever imports wants to keep, and that fit. Everybody who has it open hears of it.
 */
export async function reimportEpisode(
  house: House,
  { member, episode }: EpisodeReader,
  { revision: seen, keep, ...again }: EpisodeAgain,
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
    // A transcript that stays keeps its corrections; in another one they are made again.
    const sameText = isDeepStrictEqual(before.segments, again.segments)
    const kept = await keptBy(tx, episode.id, sameText ? [] : (keep ?? []), again.segments)
    const text = { chapters: inOrderOfHearing(again.chapters), segments: kept.segments }
    // A retry finds everything as it wants it.
    if (isDeepStrictEqual({ ...now, ...row }, now) && isDeepStrictEqual(before, text))
      return readSummary(tx, episode.groupId, episode.id)

    if (now.revision !== seen)
      throw new Refusal(
        'conflict',
        'Somebody changed the text of this episode while you looked. Go back and look at the difference to what is there now.',
      )
    await tx.delete(chapters).where(eq(chapters.episodeId, episode.id))
    await tx.delete(segments).where(eq(segments.episodeId, episode.id))
    await addText(tx, episode, text)
    await wantArtwork(house, tx, episode.groupId, row.artworkUrl)
    const revision = now.revision + 1
    await tx
      .update(episodes)
      .set({ ...row, importedAt: house.now(), revision })
      .where(eq(episodes.id, episode.id))
    await indexEpisode(tx, episode.id)
    await noteImport(tx, now, {
      revision,
      at: house.now(),
      accountId: member.account.id,
      kept: sameText ? 'all' : kept.records,
    })
    tell({ type: 'episode-changed' })
    return readSummary(tx, episode.groupId, episode.id)
  })
}

type Kept = { id: string; record: NonNullable<(typeof transcriptChanges.$inferSelect)['record']> }[]

async function keptBy(
  tx: Transaction,
  episodeId: string,
  keep: readonly string[],
  text: Segment[],
): Promise<{ segments: Segment[]; records: Kept }> {
  if (keep.length === 0) return { segments: text, records: [] }
  const wanted = new Set(keep)
  const corrections = (await readCorrections(tx, episodeId)).filter(({ id }) => wanted.has(id))
  const { segments, replayed } = replay(corrections, text)
  return {
    segments,
    records: replayed.flatMap(({ change, record }) => (record ? [{ id: change.id, record }] : [])),
  }
}

/** The history goes on: what was not kept is marked as gone with this import, and what was kept has its new place. */
async function noteImport(
  tx: Transaction,
  { id: episodeId, groupId }: EpisodeRow,
  { kept, ...entry }: { revision: number; at: Date; accountId: string; kept: Kept | 'all' },
): Promise<void> {
  const id = randomUUID()
  if (kept !== 'all') {
    await tx
      .update(transcriptChanges)
      .set({ endedBy: id })
      .where(and(eq(transcriptChanges.episodeId, episodeId), isNull(transcriptChanges.endedBy)))
    for (const one of kept)
      await tx
        .update(transcriptChanges)
        .set({ endedBy: null, record: one.record, placedAt: entry.revision })
        .where(eq(transcriptChanges.id, one.id))
  }
  await tx
    .insert(transcriptChanges)
    .values({ id, episodeId, groupId, kind: 'import', placedAt: entry.revision, ...entry })
}
