import type { ParsedEpisode } from '#shared/episodes.ts'
import { readFrontMatter, takeTitle } from './document-head.ts'
import { readLine, type Read, type Section } from './document-lines.ts'
import { oneLine, quoted, toLines, toNotes, type Line } from './lines.ts'
import { withoutMarks } from './markup.ts'
import { candidateName, findSpeakers, splitName } from './speakers.ts'

const LONGEST_CHAPTER_TITLE = 300
/** A text without any time is taken for a transcript, not for show notes, from so many words on. */
const LONG_READ = 600
/** So many times alone on their lines are a transcript; fewer are a timeline. */
const MANY_HEADERS = 8

/** A pasted document: show notes, a timeline and a transcript in one, as publishers put them on a page. */
export const parseDocument = (text: string): ParsedEpisode => parseLines(toLines(text))

/** A transcript without times: each paragraph is a segment, names are taken off where lines begin with them. */
export const parsePlain = (text: string): ParsedEpisode => parseLines(toLines(text), { plain: true })

type Meaning = 'chapter' | 'segment'

/** One reading of a document, from its first line to its last. */
class Document {
  readonly parsed: ParsedEpisode = { title: '', chapters: [], segments: [], notes: '', problems: [] }
  readonly notes: string[] = []
  readonly reads: Read[]
  readonly names: Set<string>
  readonly timelessMeaning: 'segments' | 'notes'
  /** What a line with a time but no `|` means outside of a section that says so. */
  readonly looseMeaning: Meaning
  readonly headerMeaning: Meaning
  readonly lastTimed: number
  readonly timeAhead: ('near' | 'far' | undefined)[]

  constructor(lines: Line[], plain: boolean) {
    this.reads = lines.map(readLine)
    this.timeAhead = findTimesAhead(this.reads)
    const spoken = this.reads.flatMap((read) =>
      read.kind === 'timed' ? [read.rest] : read.kind === 'text' ? [read.text] : [],
    )
    const timed = this.reads.filter((read) => read.kind === 'timed')
    const headers = this.reads.filter((read) => read.kind === 'header')
    this.names = new Set([
      ...findSpeakers(timed.map(({ rest }) => rest)),
      ...(timed.length === 0 ? findSpeakers(spoken) : []),
    ])
    this.looseMeaning = looseMeaning(timed, this.names)
    this.headerMeaning = headerMeaning(this.reads)
    this.lastTimed = this.reads.findLastIndex(({ kind }) => kind === 'timed' || kind === 'header')
    const turns = spoken.filter((text) => this.names.has(candidateName(text) ?? '')).length
    const words = spoken.join(' ').split(/\s+/u).length
    const timeless = timed.length + headers.length === 0
    this.timelessMeaning =
      timeless && (plain || (turns >= 2 && turns * 3 >= spoken.length) || words >= LONG_READ)
        ? 'segments'
        : 'notes'
  }

  keep(line: string): void {
    this.notes.push(line)
  }

  /** A line that was not understood: it is reported, and its words are kept. */
  report({ number, text }: Line, message: string): void {
    this.parsed.problems.push({ line: number, message })
    this.notes.push(text)
  }
}

export function parseLines(lines: Line[], { plain = false } = {}): ParsedEpisode {
  const front = readFrontMatter(lines)
  const document = new Document(lines.slice(front.length), plain)
  for (const line of front.kept) document.keep(line)
  if (front.kept.length > 0) document.keep('')
  document.parsed.title = front.title || takeTitle(document)

  let section: Section = 'other'
  let timeless = false
  let index = 0
  while (index < document.reads.length) {
    const read = document.reads[index]
    if (!read) break
    if (read.kind === 'heading') {
      // A heading below the one that began a transcript is part of it, such as “### Part two”.
      if (!(read.deep && read.section === 'other' && section === 'transcript')) {
        section = read.section
        timeless = section === 'transcript' && !document.timeAhead[index]
      }
      document.keep(read.text)
      index += 1
    } else if (timeless && read.kind === 'text') {
      index = readParagraphs(document, index)
    } else {
      index = readOne(document, index, section)
    }
  }
  document.parsed.notes = toNotes(document.notes)
  return document.parsed
}

/** Reads what begins at a line; gives the line to go on with. */
function readOne(document: Document, index: number, section: Section): number {
  const read = document.reads[index]
  if (!read) return index + 1
  switch (read.kind) {
    case 'timed':
      readTimed(document, read, section)
      return index + 1
    case 'header':
      return section === 'transcript' ||
        (section === 'other' && document.headerMeaning === 'segment') ||
        read.name
        ? readHeaderSegment(document, index, read)
        : readHeaderChapter(document, index, read)
    case 'broken':
      document.report(read, `${quoted(read.time)} is not a time we can read. The line is kept in the notes.`)
      return index + 1
    case 'text':
      if (document.timelessMeaning === 'segments') return readParagraphs(document, index)
      if (isAmongSegments(document, index, section))
        document.report(read, `${quoted(read.text)} has no time. The line is kept in the notes.`)
      else document.keep(read.text)
      return index + 1
    default:
      document.keep(read.text)
      return index + 1
  }
}

type TimedLine = Extract<Read, { kind: 'timed' }>

function readTimed(document: Document, read: TimedLine, section: Section): void {
  const { parsed, names } = document
  const named = splitName(read.rest)
  // After “|” a name is a name even when it is there once; elsewhere a title may hold a colon.
  const speaks = named !== undefined && named.rest !== '' && (read.piped || names.has(named.name))
  if (read.broken !== undefined)
    document.report(
      read,
      `${quoted(read.broken)} is not a time we can read. The words after it are kept without an end.`,
    )
  else if (read.target !== undefined) document.keep(read.text)

  if (meaningOf(document, read, section, speaks) === 'segment') {
    const { speaker, text } = speaks
      ? { speaker: named.name, text: named.rest }
      : { speaker: null, text: read.rest }
    parsed.segments.push({ start: read.start, end: read.end, speaker, text: oneLine(text) })
    return
  }
  const { text: title, lost } = withoutMarks(read.rest.slice(0, 10 * LONGEST_CHAPTER_TITLE))
  if (title === '' || title.length > LONGEST_CHAPTER_TITLE) {
    document.report(
      read,
      `${quoted(read.text)} begins with a time but is too long for the title of a chapter. It is kept in the notes.`,
    )
    return
  }
  // The target of a link is no part of a title, but it was in the document.
  if (lost && read.broken === undefined && read.target === undefined) document.keep(read.text)
  parsed.chapters.push({ start: read.start, title })
}

function meaningOf(document: Document, read: TimedLine, section: Section, speaks: boolean): Meaning {
  switch (section) {
    case 'timeline':
      return speaks || (read.piped && (read.end !== null || document.parsed.segments.length > 0))
        ? 'segment'
        : 'chapter'
    case 'transcript':
      return 'segment'
    case 'other':
      return read.piped || speaks ? 'segment' : document.looseMeaning
  }
}

/** Lines such as `12:30 - 14:00 Asking for more` are a timeline; long ones, or ones that people say, a transcript. */
function looseMeaning(timed: TimedLine[], names: Set<string>): Meaning {
  const loose = timed.filter(({ piped }) => !piped)
  const spoken = loose.filter(({ rest }) => names.has(candidateName(rest) ?? '')).length
  const lengths = loose.map(({ rest }) => rest.length).sort((one, other) => one - other)
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 0
  return spoken * 3 > loose.length || middle > 120 ? 'segment' : 'chapter'
}

function headerMeaning(reads: Read[]): Meaning {
  const headers = reads.flatMap((read, index) => (read.kind === 'header' ? [index] : []))
  const followed = headers.filter((index) => {
    const next = reads[index + 1]
    return next?.kind === 'text' && !/^\s*[-*+•]\s/u.test(next.text)
  })
  return headers.length >= MANY_HEADERS && followed.length * 2 > headers.length ? 'segment' : 'chapter'
}

type HeaderLine = Extract<Read, { kind: 'header' }>

/** A time, or a name and a time, and below it what was said until the next one. */
function readHeaderSegment(document: Document, index: number, { start, end, name }: HeaderLine): number {
  const { reads, parsed } = document
  const words: string[] = []
  let next = index + 1
  for (; next < reads.length; next++) {
    const read = reads[next]
    if (read?.kind === 'text') words.push(read.text)
    else if (read?.kind !== 'blank') break
    // What stands after a gap below the last time is about the episode, not said in it.
    else if (next > document.lastTimed && words.length > 0) break
  }
  const text = oneLine(words.join(' '))
  const named = name === undefined ? splitName(text) : undefined
  if (text !== '' && named && document.names.has(named.name) && named.rest)
    parsed.segments.push({ start, end, speaker: named.name, text: named.rest })
  else if (text !== '') parsed.segments.push({ start, end, speaker: name ?? null, text })
  else reportLonely(document, index)
  return next
}

/** A time alone on its line: the next line says what begins there. It stays in the notes, where its list goes on. */
function readHeaderChapter(document: Document, index: number, { start, end }: HeaderLine): number {
  const { reads, parsed } = document
  const next = [1, 2].map((step) => reads[index + step]).find((read) => read?.kind !== 'blank')
  const title = next?.kind === 'text' ? withoutMarks(next.text.replace(/^\s*[-*+•]\s+/u, '')).text : ''
  if (title === '' || title.length > LONGEST_CHAPTER_TITLE) reportLonely(document, index)
  else {
    const read = reads[index]
    if (read && (end !== null || /\p{L}/u.test(read.text))) document.keep(read.text)
    parsed.chapters.push({ start, title })
  }
  return index + 1
}

function reportLonely(document: Document, index: number): void {
  const read = document.reads[index]
  if (read) document.report(read, `${quoted(read.text)} is a time without words. It is kept in the notes.`)
}

/** Paragraphs without times, up to the next heading or time. */
function readParagraphs(document: Document, index: number): number {
  const { reads, parsed, names } = document
  let words: string[] = []
  let speaker: string | null = null
  const end = () => {
    const text = oneLine(words.join(' '))
    if (text !== '') parsed.segments.push({ start: null, end: null, speaker, text })
    words = []
  }
  const alone = new Set<string>()
  let next = index
  for (; next < reads.length; next++) {
    const read = reads[next]
    if (read?.kind === 'blank') end()
    else if (read?.kind !== 'text') break
    else {
      const named = splitName(read.text)
      if (named && names.has(named.name)) {
        end()
        speaker = named.name
        alone.add(speaker)
        words = [named.rest]
      } else words.push(read.text)
    }
  }
  end()
  // A name that nothing follows would be in no segment.
  for (const name of alone)
    if (!parsed.segments.some((segment) => segment.speaker === name)) document.keep(name)
  return next
}

/** Whether a line without a time stands within a transcript of lines with times, so that one is missing. */
const isAmongSegments = ({ parsed, timeAhead }: Document, index: number, section: Section): boolean =>
  parsed.segments.length > 0 && section !== 'timeline' && timeAhead[index] === 'near'

/** For each line, whether a time follows: before the next heading (`near`) or only after a deep one (`far`). */
function findTimesAhead(reads: Read[]): ('near' | 'far' | undefined)[] {
  const ahead: ('near' | 'far' | undefined)[] = []
  let next: 'near' | 'far' | undefined
  for (let index = reads.length - 1; index >= 0; index--) {
    ahead[index] = next
    const read = reads[index]
    if (read?.kind === 'timed' || read?.kind === 'header') next = 'near'
    else if (read?.kind === 'heading') next = read.deep && next ? 'far' : undefined
  }
  return ahead
}
