import type { EpisodePreview, ParsedEpisode } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { FeedEntry } from './feed.ts'
import { fetchOutside, type Reach } from './fetch-outside.ts'
import { readInWorker } from './read-in-worker.ts'

/** The kinds of transcript, best first: with names and times before plain words. */
const PREFERRED = [/vtt/iu, /json/iu, /srt|subrip/iu, /html/iu, /./u]
const MOST_TRIES = 3

type Say = (message: string) => void

/**
 * What an item of a feed would be as an episode, with its chapters and the best of its transcripts. What could not be
 * fetched is said, not fatal.
 */
export async function previewEntry(
  entry: FeedEntry,
  show: { title: string; language: string | null },
  reach: Reach,
): Promise<EpisodePreview> {
  const problems: ParsedEpisode['problems'] = []
  const say: Say = (message) => problems.push({ line: 0, message })
  const [transcript, chapters] = await Promise.all([
    fetchTranscript(entry, show.language, reach, say),
    fetchChapters(entry, reach, say),
  ])
  const { notes } = entry
  return {
    title: entry.title,
    showTitle: show.title,
    audioUrl: entry.audioUrl,
    pageUrl: entry.pageUrl,
    artworkUrl: entry.artworkUrl,
    notes: transcript?.notes ? `${notes}\n\n${transcript.notes}`.trim() : notes,
    duration: entry.duration,
    language: show.language,
    publishedAt: entry.publishedAt,
    people: entry.people,
    chapters,
    segments: transcript?.segments ?? [],
    problems: [...problems, ...(transcript?.problems ?? [])],
  }
}

/** The first that says who speaks when; else the best of those that were tried. */
async function fetchTranscript(
  { transcripts }: FeedEntry,
  language: string | null,
  reach: Reach,
  say: Say,
): Promise<ParsedEpisode | undefined> {
  let best: { worth: number; read: ParsedEpisode } | undefined
  for (const { url } of inOrderOfPreference(transcripts, language)) {
    try {
      const { text } = await fetchOutside(url, reach)
      // Types of real feeds are often wrong, so its content says what it is; one without times is still a transcript.
      const read = await readInWorker({ kind: 'text', text, fileName: 'transcript.txt' })
      const worth = worthOf(read)
      if (worth > (best?.worth ?? 0)) best = { worth, read }
      if (worth === 3) break
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      say(`A transcript could not be fetched. ${problem.message}`)
    }
  }
  return best?.read
}

function inOrderOfPreference(transcripts: FeedEntry['transcripts'], language: string | null) {
  const spoken = (of: string | null) => (of ?? '').toLowerCase().split('-')[0]
  const foreign = (one: FeedEntry['transcripts'][number]) =>
    one.language !== '' && language !== null && spoken(one.language) !== spoken(language)
  const rank = (one: FeedEntry['transcripts'][number]) =>
    PREFERRED.findIndex((kind) => kind.test(`${one.type} ${URL.parse(one.url)?.pathname ?? ''}`)) +
    (foreign(one) ? PREFERRED.length : 0)
  return transcripts.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_TRIES)
}

/** 0 for none, up to 3 for one that says when and who. */
const worthOf = ({ segments }: ParsedEpisode): number =>
  segments.length === 0
    ? 0
    : 1 +
      Number(segments.some(({ start }) => start !== null)) +
      Number(segments.some(({ speaker }) => speaker))

/** From the chapters that the item names, or else holds or lists in its notes. */
async function fetchChapters(
  { chaptersUrl, chapters }: FeedEntry,
  reach: Reach,
  say: Say,
): Promise<ParsedEpisode['chapters']> {
  if (chaptersUrl === null) return chapters
  try {
    const { text } = await fetchOutside(chaptersUrl, reach)
    const named = (await readInWorker({ kind: 'text', text, fileName: 'chapters.json' })).chapters
    return named.length > 0 ? named : chapters
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    say(`The chapters could not be fetched. ${problem.message}`)
    return chapters
  }
}
