import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { chapters, episodes, groups, passages, segments } from '#db/schema.ts'
import { configurationOf } from '#shared/search-words.ts'
import { addPassages } from './add-passages.ts'
import { cutText, cutTranscript } from './cut-passages.ts'

/** What of an episode is found: its title, chapters, transcript and notes, as they are now. Whoever changes them calls this in the same transaction. */
export async function indexEpisode(tx: Transaction, episodeId: string): Promise<void> {
  const [found] = await tx
    .select({ episode: episodes, language: groups.language })
    .from(episodes)
    .innerJoin(groups, eq(groups.id, episodes.groupId))
    .where(eq(episodes.id, episodeId))
  if (!found) return
  const { episode } = found
  const named = await tx
    .select({ position: chapters.position, start: chapters.start, title: chapters.title })
    .from(chapters)
    .where(eq(chapters.episodeId, episodeId))
  const spoken = await tx
    .select({ start: segments.start, end: segments.end, speaker: segments.speaker, text: segments.text })
    .from(segments)
    .where(eq(segments.episodeId, episodeId))
    .orderBy(asc(segments.position))

  await tx
    .delete(passages)
    .where(
      and(
        eq(passages.episodeId, episodeId),
        inArray(passages.kind, ['title', 'chapter', 'transcript', 'notes']),
      ),
    )
  const of = { placeId: episodeId, episodeId }
  await addPassages(tx, episode.groupId, configurationOf(episode.language ?? found.language), [
    { ...of, kind: 'title', text: `${episode.title} ${episode.showTitle ?? ''}` },
    ...named.map(({ position, start, title }) => ({
      ...of,
      kind: 'chapter' as const,
      first: position,
      last: position,
      start,
      text: title,
    })),
    ...cutTranscript(spoken).map((cut) => ({ ...of, kind: 'transcript' as const, ...cut })),
    ...cutText(episode.notes).map((cut) => ({ ...of, kind: 'notes' as const, ...cut })),
  ])
}
