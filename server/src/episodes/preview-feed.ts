import { MOST_ITEMS, type EpisodePreview, type FeedPreview } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Reach } from './fetch-outside.ts'
import { previewEntry } from './preview-entry.ts'
import { readFeedAt } from './read-feed-at.ts'

export async function previewFeed(url: string, reach: Reach = {}): Promise<FeedPreview> {
  const { feed } = await readFeedAt(url, reach)
  return {
    title: feed.title,
    total: feed.total,
    items: feed.entries.slice(0, MOST_ITEMS).map((entry) => ({
      id: entry.id,
      title: entry.title,
      publishedAt: entry.publishedAt,
      duration: entry.duration,
      hasTranscript: entry.transcripts.length > 0,
      hasChapters: entry.chaptersUrl !== null || entry.chapters.length > 0,
    })),
  }
}

/** One item, with its chapters and the best of its transcripts. */
export async function previewFeedItem(url: string, item: string, reach: Reach = {}): Promise<EpisodePreview> {
  const { feed } = await readFeedAt(url, reach, item)
  const [entry] = feed.entries
  if (!entry)
    throw new Refusal('not-found', 'This episode is not in the feed any more. Load the feed again.', 'item')
  return previewEntry(entry, feed, reach)
}
