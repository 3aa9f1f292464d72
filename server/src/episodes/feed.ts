import { parseFeed as parse } from 'feedsmith'
import { Parser } from 'htmlparser2'
import type { Chapter, Person } from '#shared/episodes.ts'
import { htmlToMarkdown } from './parse/html-to-markdown.ts'
import { readTime } from './parse/times.ts'

/** Deeper than any feed is, and shallow enough for every parser. */
const DEEPEST = 64

/** One item of a feed, with everything that an episode can be made of. */
export type FeedEntry = {
  id: string
  title: string
  publishedAt: string | null
  duration: number | null
  audioUrl: string | null
  pageUrl: string | null
  notes: string
  people: Person[]
  transcripts: { url: string; type: string }[]
  chaptersUrl: string | null
  chapters: Chapter[]
}
export type Feed = { title: string; language: string | null; entries: FeedEntry[] }

/** Why something is no feed that we read. A page may name its feed. */
export type NoFeed =
  { problem: 'page'; feedUrl: string | undefined } | { problem: 'doctype' | 'deep' | 'unknown' }

/** Reads a feed, newest item first. It may take a second for a large one: it runs in a worker. */
export function readFeed(xml: string): Feed | NoFeed {
  const look = lookAt(xml)
  if (look) return look
  let parsed: unknown
  try {
    parsed = parse(xml)
  } catch {
    return { problem: 'unknown' }
  }
  const { feed } = parsed as { feed: Loose }
  const items = list(feed.items ?? feed.entries)
  const channelPeople = people(feed)
  const entries = items.flatMap((item) => toEntry(item, channelPeople))
  return {
    title: text(feed.title) || 'Untitled show',
    language: text(feed.language) || null,
    // Items without a date keep their place, after all that have one.
    entries: entries.toSorted((one, other) => (other.publishedAt ?? '').localeCompare(one.publishedAt ?? '')),
  }
}

/** What a feed must not be is seen before anything is built from it. */
function lookAt(xml: string): NoFeed | undefined {
  const start = xml.replace(/^\uFEFF/u, '').slice(0, 4_096)
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html)\b/iu.test(start))
    return { problem: 'page', feedUrl: feedOfPage(xml) }
  let depth = 0
  let found: NoFeed | undefined
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        if (/^!doctype/iu.test(name)) found = { problem: 'doctype' }
      },
      onopentagname() {
        depth += 1
        if (depth > DEEPEST) found = { problem: 'deep' }
      },
      onclosetag() {
        depth -= 1
      },
    },
    { xmlMode: true },
  )
  // In pieces, so that a hostile file is left early.
  for (let at = 0; at < xml.length && !found; at += 65_536) parser.write(xml.slice(at, at + 65_536))
  return found
}

function feedOfPage(html: string): string | undefined {
  let url: string | undefined
  const parser = new Parser({
    onopentag(name, { type, href, rel }) {
      if (
        name === 'link' &&
        /^application\/(?:rss|atom)\+xml$/iu.test(type ?? '') &&
        /alternate/iu.test(rel ?? '')
      )
        url ??= href
    },
  })
  parser.end(html)
  return url
}

/** What feedsmith gives differs by the kind of feed, and every part of it may be missing. */
type Loose = { readonly [name: string]: unknown }

function toEntry(item: Loose, channelPeople: Person[]): FeedEntry[] {
  const itunes = fields(item.itunes)
  const podcast = fields(item.podcast)
  const links = list(item.links)
  const enclosure = list(item.enclosures)[0] ?? links.find(({ rel }) => rel === 'enclosure')
  const audioUrl = address(enclosure?.url ?? enclosure?.href)
  const pageUrl =
    address(item.link) ?? address(links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href)
  const id = text(item.guid) || text(item.id) || audioUrl || pageUrl
  if (!id) return []
  const own = people(item)
  const html =
    text(fields(item.content).encoded) ||
    text(item.content) ||
    text(item.description) ||
    text(item.summary) ||
    text(itunes.summary)
  return [
    {
      id,
      title: text(item.title) || text(itunes.title) || 'Untitled episode',
      publishedAt: instant(item.pubDate ?? item.published ?? item.updated),
      duration: seconds(itunes.duration),
      audioUrl,
      pageUrl,
      notes: htmlToMarkdown(html),
      people: own.length > 0 ? own : channelPeople,
      transcripts: list(podcast.transcripts).flatMap(({ url, type }) => {
        const where = address(url)
        return where ? [{ url: where, type: text(type) }] : []
      }),
      chaptersUrl: address(fields(podcast.chapters).url),
      chapters: list(fields(item.psc).chapters).flatMap(({ start, title }) => {
        const at = typeof start === 'number' ? start : readTime(text(start))
        return at !== undefined && text(title) ? [{ start: at, title: text(title) }] : []
      }),
    },
  ]
}

const people = (item: Loose): Person[] =>
  list(fields(item.podcast).persons).flatMap(({ display, role }) =>
    text(display) ? [{ name: text(display), ...(text(role) ? { role: text(role) } : {}) }] : [],
  )

const fields = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {}
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(fields) : [])
/** Atom wraps its texts: what is meant is their value. */
const text = (value: unknown): string => {
  const plain = fields(value).value ?? value
  return typeof plain === 'string' ? plain.trim() : typeof plain === 'number' ? String(plain) : ''
}

function address(value: unknown): string | null {
  const url = URL.parse(text(value))
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : null
}

function instant(value: unknown): string | null {
  const date = new Date(value instanceof Date ? value : text(value))
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function seconds(value: unknown): number | null {
  const read = typeof value === 'number' ? value : readTime(text(value))
  return read !== undefined && Number.isFinite(read) && read > 0 ? read : null
}
