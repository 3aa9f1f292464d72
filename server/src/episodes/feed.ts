import { parseFeed as parse } from 'feedsmith'
import { createHash } from 'node:crypto'
import { LONGEST_TITLE, type Chapter, type Person } from '#shared/episodes.ts'
import { lookAtFeed, type NoFeed } from './look-at-feed.ts'
import { parseDocument } from './parse/document.ts'
import { htmlToMarkdown } from './parse/html-to-markdown.ts'
import { readTime } from './parse/times.ts'

export type { NoFeed } from './look-at-feed.ts'

/** How many items are understood, newest first. One that is asked for by name is found beyond them. */
const MOST_ENTRIES = 500
const MOST_PEOPLE = 200
const LONGEST_NAME = 200
const LONGEST_ADDRESS = 2_000
/** Longer ones are known by their hash, so that an index can hold them. */
const LONGEST_ID = 500

/** One item of a feed, with everything that an episode can be made of. */
export type FeedEntry = {
  /** Its guid; the address of its audio or page where it has none, or shares it with another item. */
  id: string
  title: string
  publishedAt: string | null
  duration: number | null
  audioUrl: string | null
  pageUrl: string | null
  artworkUrl: string | null
  notes: string
  people: Person[]
  transcripts: { url: string; type: string; language: string }[]
  chaptersUrl: string | null
  /** Those that it holds, else those that its notes list. */
  chapters: Chapter[]
  /** Stands for its transcripts and chapters: another one, and they are others. */
  mark: string
}
export type Feed = {
  title: string
  language: string | null
  /** `podcast:guid`, the same wherever the feed is. */
  guid: string | null
  artworkUrl: string | null
  /** Where the publisher says that the feed is from now on. */
  newUrl: string | null
  /** How many items it has; `entries` are the newest of them. */
  total: number
  entries: FeedEntry[]
}

/**
 * Reads a feed, newest item first. It may take a second for a large one: it runs in a worker.
 * @param only the id of the one item to give.
 */
export function readFeed(xml: string, only?: string): Feed | NoFeed {
  const look = lookAtFeed(xml)
  if (look) return look
  let parsed: unknown
  try {
    parsed = parse(xml)
  } catch {
    return { problem: 'unknown' }
  }
  const { feed } = parsed as { feed: Loose }
  const items = withIds(list(feed.items ?? feed.entries))
  const itunes = fields(feed.itunes)
  const artworkUrl = address(itunes.image) ?? address(fields(feed.image).url) ?? address(feed.logo)
  const channel = { people: people(feed), artworkUrl }
  const wanted = only === undefined ? items.slice(0, MOST_ENTRIES) : items.filter(({ id }) => id === only)
  return {
    title: text(feed.title).slice(0, LONGEST_TITLE) || 'Untitled show',
    language: text(feed.language).slice(0, 35) || null,
    guid: text(fields(feed.podcast).guid).slice(0, 100) || null,
    artworkUrl,
    newUrl: address(itunes.newFeedUrl),
    total: items.length,
    entries: wanted.map(({ id, item, publishedAt }) => toEntry(id, item, publishedAt, channel)),
  }
}

type Known = { id: string; item: Loose; publishedAt: string | null }

/** Each item once, newest first. Items without a date keep their place, after all that have one. */
function withIds(items: Loose[]): Known[] {
  const guids = new Map<string, number>()
  for (const item of items) guids.set(guidOf(item), (guids.get(guidOf(item)) ?? 0) + 1)
  const known = new Map<string, Known>()
  for (const item of items) {
    const guid = guidOf(item)
    // Some feeds give all items the same guid: it tells nothing then.
    const id = (guids.get(guid) === 1 && guid) || audioOf(item) || pageOf(item) || guid
    const publishedAt = instant(item.pubDate ?? item.published ?? item.updated)
    if (id && !known.has(id)) known.set(id, { id, item, publishedAt })
  }
  return [...known.values()].toSorted((one, other) =>
    (other.publishedAt ?? '').localeCompare(one.publishedAt ?? ''),
  )
}

/** What feedsmith gives differs by the kind of feed, and every part of it may be missing. */
type Loose = { readonly [name: string]: unknown }

function toEntry(
  id: string,
  item: Loose,
  publishedAt: string | null,
  channel: { people: Person[]; artworkUrl: string | null },
): FeedEntry {
  const itunes = fields(item.itunes)
  const podcast = fields(item.podcast)
  const own = people(item)
  const html =
    text(fields(item.content).encoded) ||
    text(item.content) ||
    text(item.description) ||
    text(item.summary) ||
    text(itunes.summary)
  const notes = htmlToMarkdown(html)
  const held = list(fields(item.psc).chapters).flatMap(({ start, title }) => {
    const at = typeof start === 'number' ? start : readTime(text(start))
    return at !== undefined && text(title) ? [{ start: at, title: text(title) }] : []
  })
  const source = {
    transcripts: list(podcast.transcripts).flatMap(({ url, type, language }) => {
      const where = address(url)
      return where ? [{ url: where, type: text(type), language: text(language) }] : []
    }),
    chaptersUrl: address(fields(podcast.chapters).url),
    chapters: held.length > 0 ? held : parseDocument(notes).chapters,
  }
  return {
    id,
    title: (text(item.title) || text(itunes.title) || 'Untitled episode').slice(0, LONGEST_TITLE),
    publishedAt,
    duration: seconds(itunes.duration),
    audioUrl: audioOf(item),
    pageUrl: pageOf(item),
    artworkUrl: address(itunes.image) ?? address(list(podcast.images)[0]?.href) ?? channel.artworkUrl,
    notes,
    people: own.length > 0 ? own : channel.people,
    ...source,
    mark: markOf(source),
  }
}

/** Signatures in an address change each time, and mean nothing. */
const SIGNING = /^(?:x-(?:amz|goog)-.*|expires|signature|sig|policy|key-pair-id|token)$/iu

function markOf({
  transcripts,
  chaptersUrl,
  chapters,
}: Pick<FeedEntry, 'transcripts' | 'chaptersUrl' | 'chapters'>): string {
  const unsigned = (where: string | null) => {
    const url = where === null ? null : URL.parse(where)
    if (!url) return where
    for (const name of [...url.searchParams.keys()]) if (SIGNING.test(name)) url.searchParams.delete(name)
    return url.href
  }
  const stands = [transcripts.map(({ url }) => unsigned(url)), unsigned(chaptersUrl), chapters]
  return createHash('sha256').update(JSON.stringify(stands)).digest('base64url').slice(0, 22)
}

const people = (item: Loose): Person[] =>
  list(fields(item.podcast).persons)
    .flatMap(({ display, role }) => {
      const [name, what] = [text(display).slice(0, LONGEST_NAME), text(role).slice(0, LONGEST_NAME)]
      return name ? [{ name, ...(what ? { role: what } : {}) }] : []
    })
    .slice(0, MOST_PEOPLE)

function guidOf(item: Loose): string {
  const guid = text(item.guid) || text(item.id)
  if (guid.length <= LONGEST_ID) return guid
  return `sha256:${createHash('sha256').update(guid).digest('hex')}`
}

function audioOf(item: Loose): string | null {
  const enclosure = list(item.enclosures)[0] ?? list(item.links).find(({ rel }) => rel === 'enclosure')
  return address(enclosure?.url ?? enclosure?.href)
}

const pageOf = (item: Loose): string | null =>
  address(item.link) ??
  address(list(item.links).find(({ rel }) => rel === undefined || rel === 'alternate')?.href)

const fields = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {}
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(fields) : [])
/** Atom wraps its texts: what is meant is their value. A database can't hold NUL, nor half a character. */
const text = (value: unknown): string => {
  const plain = fields(value).value ?? value
  if (typeof plain === 'number') return String(plain)
  return typeof plain === 'string' ? plain.replaceAll('\0', '').toWellFormed().trim() : ''
}

function address(value: unknown): string | null {
  const url = URL.parse(text(value))
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null
  return url.href.length <= LONGEST_ADDRESS ? url.href : null
}

function instant(value: unknown): string | null {
  const date = new Date(value instanceof Date ? value : text(value))
  // The years that a feed can mean.
  return date.getUTCFullYear() >= 1900 && date.getUTCFullYear() < 3000 ? date.toISOString() : null
}

function seconds(value: unknown): number | null {
  const read = typeof value === 'number' ? value : readTime(text(value))
  return read !== undefined && Number.isFinite(read) && read > 0 ? read : null
}
