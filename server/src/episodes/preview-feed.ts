import { MOST_ITEMS, type EpisodePreview, type FeedPreview, type ParsedEpisode } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Feed, FeedEntry, NoFeed } from './feed.ts'
import { fetchOutside } from './fetch-outside.ts'
import { parseDocument } from './parse/document.ts'
import { readInWorker } from './read-in-worker.ts'
import { readForEpisode } from './read-preview.ts'

/** The kinds of transcript, best first: with names and times before plain words. */
const PREFERRED = [/vtt/iu, /json/iu, /srt|subrip/iu, /html/iu, /./u]
const MOST_TRIES = 3

/** Networks that may be fetched from although they are not public; none, unless whoever calls says so. */
type Reach = { allow?: readonly string[] }

export async function previewFeed(url: string, reach: Reach = {}): Promise<FeedPreview> {
  const { title, entries } = await fetchFeed(url, reach)
  return {
    title,
    total: entries.length,
    items: entries.slice(0, MOST_ITEMS).map((entry) => ({
      id: entry.id,
      title: entry.title,
      publishedAt: entry.publishedAt,
      duration: entry.duration,
      hasTranscript: entry.transcripts.length > 0,
      hasChapters: entry.chaptersUrl !== null || entry.chapters.length > 0,
    })),
  }
}

/** One item, with its chapters and the best of its transcripts. What could not be fetched is said, not fatal. */
export async function previewFeedItem(url: string, item: string, reach: Reach = {}): Promise<EpisodePreview> {
  const feed = await fetchFeed(url, reach)
  const entry = feed.entries.find(({ id }) => id === item)
  if (!entry)
    throw new Refusal('not-found', 'This episode is not in the feed any more. Load the feed again.', 'item')

  const problems: ParsedEpisode['problems'] = []
  const say = (message: string) => problems.push({ line: 0, message })
  const [transcript, chapters] = await Promise.all([
    fetchTranscript(entry, reach, say),
    fetchChapters(entry, reach, say),
  ])
  const { notes } = entry
  return {
    title: entry.title,
    showTitle: feed.title,
    audioUrl: entry.audioUrl,
    pageUrl: entry.pageUrl,
    notes: transcript?.notes ? `${notes}\n\n${transcript.notes}`.trim() : notes,
    duration: entry.duration,
    language: feed.language,
    publishedAt: entry.publishedAt,
    people: entry.people,
    chapters,
    segments: transcript?.segments ?? [],
    problems: [...problems, ...(transcript?.problems ?? [])],
  }
}

async function fetchFeed(url: string, reach: Reach): Promise<Feed> {
  const fetched = await fetchOutside(url, reach)
  const feed = await readInWorker({ kind: 'feed', text: fetched.text })
  if ('problem' in feed) throw new Refusal('invalid', noFeedSentence(feed, fetched.url), 'url')
  return feed
}

function noFeedSentence(found: NoFeed, url: string): string {
  switch (found.problem) {
    case 'page': {
      const feedUrl = found.feedUrl && URL.parse(found.feedUrl, url)?.href
      return feedUrl
        ? `That is a web page, not a podcast feed. The page names its feed: ${feedUrl} – paste that address instead.`
        : 'That is a web page, not a podcast feed. Look on it for a link called RSS or Feed, and paste the address of that link.'
    }
    case 'doctype':
      return 'This feed holds a DOCTYPE, which we do not read because it can be used to do harm. Paste the show notes instead.'
    case 'deep':
      return 'This feed is nested deeper than any podcast feed needs to be, so we do not read it. Paste the show notes instead.'
    case 'unknown':
      return 'There is something at this address, but it is no podcast feed. Look on the show’s page for a link called RSS or Feed.'
  }
}

async function fetchTranscript(
  { transcripts }: FeedEntry,
  reach: Reach,
  say: (message: string) => void,
): Promise<ParsedEpisode | undefined> {
  const rank = ({ url, type }: { url: string; type: string }) =>
    PREFERRED.findIndex((kind) => kind.test(type || (URL.parse(url)?.pathname ?? '')))
  const tried = transcripts.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_TRIES)
  for (const { url } of tried) {
    try {
      const { text } = await fetchOutside(url, reach)
      // Types of real feeds are often wrong; a transcript without times is still one.
      const read = readForEpisode(text, 'transcript.txt')
      if (read.segments.length > 0) return read
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      say(`A transcript could not be fetched. ${problem.message}`)
    }
  }
  return undefined
}

/** From the chapters that the item names, or holds, or lists in its notes. */
async function fetchChapters(
  { chaptersUrl, chapters, notes }: FeedEntry,
  reach: Reach,
  say: (message: string) => void,
): Promise<ParsedEpisode['chapters']> {
  if (chaptersUrl !== null) {
    try {
      const { text } = await fetchOutside(chaptersUrl, reach)
      const named = readForEpisode(text, 'chapters.json').chapters
      if (named.length > 0) return named
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      say(`The chapters could not be fetched. ${problem.message}`)
    }
  }
  return chapters.length > 0 ? chapters : parseDocument(notes).chapters
}
