import { and, asc, count, desc, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { artworks, chapters, episodes, posts, segments, threads } from '#db/schema.ts'
import { MOST_EPISODES, type Episode, type EpisodeSummary } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { isArtworkOf, readArtworkId } from './artworks.ts'
import { mayChange, type EpisodeReader } from './guards.ts'

export function listEpisodes(house: House, { group }: Member): Promise<EpisodeSummary[]> {
  return readSummaries(house.db, eq(episodes.groupId, group.id))
}

export async function getEpisode(house: House, { member, episode }: EpisodeReader): Promise<Episode> {
  return {
    ...episode,
    artworkId: await readArtworkId(house.db, episode.groupId, episode.artworkUrl),
    ...(await readText(house.db, episode.id)),
    notesHtml: renderMarkdown(episode.notes),
    publishedAt: episode.publishedAt?.toISOString() ?? null,
    importedAt: episode.importedAt.toISOString(),
    mayChange: mayChange(member, episode),
  }
}

export async function readText(
  reader: Reader,
  episodeId: string,
): Promise<Pick<Episode, 'chapters' | 'segments'>> {
  const its = await reader
    .select({ start: chapters.start, title: chapters.title })
    .from(chapters)
    .where(eq(chapters.episodeId, episodeId))
    .orderBy(asc(chapters.position))
  const spoken = await reader
    .select({ start: segments.start, end: segments.end, speaker: segments.speaker, text: segments.text })
    .from(segments)
    .where(eq(segments.episodeId, episodeId))
    .orderBy(asc(segments.position))
  return { chapters: its, segments: spoken }
}

export async function readSummary(reader: Reader, groupId: string, id: string): Promise<EpisodeSummary> {
  const [summary] = await readSummaries(reader, and(eq(episodes.groupId, groupId), eq(episodes.id, id)))
  if (!summary) throw new Refusal('not-found')
  return summary
}

async function readSummaries(reader: Reader, which: ReturnType<typeof and>): Promise<EpisodeSummary[]> {
  const threadCounts = reader
    .select({
      episodeId: threads.episodeId,
      all: count().as('all'),
      open: sql<number>`(count(*) filter (where ${threads.question} = 'open'))::int`.as('open'),
    })
    .from(threads)
    // A thread whose every post was withdrawn is none for whoever counts.
    .where(
      exists(
        reader
          .select({ id: posts.id })
          .from(posts)
          .where(and(eq(posts.threadId, threads.id), isNull(posts.withdrawnAt))),
      ),
    )
    .groupBy(threads.episodeId)
    .as('thread_counts')
  const found = await reader
    .select({
      id: episodes.id,
      title: episodes.title,
      showTitle: episodes.showTitle,
      duration: episodes.duration,
      importedAt: episodes.importedAt,
      importedBy: episodes.importedBy,
      artworkId: artworks.id,
      chapters: reader.$count(chapters, eq(chapters.episodeId, episodes.id)),
      threads: threadCounts.all,
      openQuestions: threadCounts.open,
    })
    .from(episodes)
    .leftJoin(threadCounts, eq(threadCounts.episodeId, episodes.id))
    .leftJoin(artworks, isArtworkOf(episodes))
    .where(which)
    .orderBy(desc(episodes.importedAt), asc(episodes.id))
    .limit(MOST_EPISODES)
  return found.map((one) => ({
    ...one,
    threads: one.threads ?? 0,
    openQuestions: one.openQuestions ?? 0,
    importedAt: one.importedAt.toISOString(),
  }))
}
