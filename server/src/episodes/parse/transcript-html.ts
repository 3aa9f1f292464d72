import { Parser } from 'htmlparser2'
import type { ParsedEpisode, ParseProblem, Segment } from '#shared/episodes.ts'
import { parseLines } from './document.ts'
import { oneLine, quoted, toLines, toNotes, type Line } from './lines.ts'
import { readTime } from './times.ts'

const BLOCKS = new Set(
  'address article aside blockquote body br dd details div dl dt figure figcaption footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
)
/** What stands in these is for machines. */
const UNREAD = new Set(['script', 'style', 'noscript', 'template'])

/** Pages nest less than this, and the parser's time grows with the square of it. */
const DEEPEST = 500
const PIECE = 65_536

/** A stretch of text and the element that it stood in. */
type Piece = { tag: string; text: string; line: number }

/**
 * Podcast transcripts in HTML: `<cite>Name:</cite><time>0:00</time><p>…`, where name or time may be missing. A page
 * without these is read as the document that it shows. Scripts and marks are dropped; no word that is shown is.
 */
export function parseTranscriptHtml(html: string): ParsedEpisode {
  const pieces = toPieces(html)
  if (!pieces) return parseLines(toLines(html.replace(/<[^<>]*>/gu, ' ')))
  const isTranscript = pieces.some(({ tag }) => tag === 'time' || tag === 'cite')
  return isTranscript ? readTranscript(pieces) : readPage(pieces)
}

/** Undefined for a page that is nested beyond reason. */
function toPieces(html: string): Piece[] | undefined {
  const pieces: Piece[] = []
  const starts = lineStarts(html)
  let tag = ''
  let text = ''
  let blank = true
  let line = 1
  let hidden = 0
  let depth = 0
  const end = () => {
    const words = oneLine(text)
    if (words) pieces.push({ tag, text: words, line })
    text = ''
    blank = true
  }
  const begin = (name: string) => {
    end()
    tag = name
  }
  const parser = new Parser(
    {
      onopentagname(name) {
        depth += 1
        if (UNREAD.has(name)) hidden += 1
        else if (name === 'cite' || name === 'time' || BLOCKS.has(name)) begin(name)
      },
      ontext(some) {
        if (hidden > 0) return
        // Not asked of the whole text each time: it may be millions of characters in thousands of pieces.
        if (blank) line = starts(parser.startIndex)
        blank &&= some.trim() === ''
        text += some
      },
      onclosetag(name) {
        depth -= 1
        if (UNREAD.has(name)) hidden -= 1
        else if (name === 'cite' || name === 'time' || BLOCKS.has(name)) begin('')
      },
    },
    { decodeEntities: true },
  )
  const page = html.replace(/^\uFEFF/u, '')
  for (let at = 0; at < page.length; at += PIECE) {
    parser.write(page.slice(at, at + PIECE))
    if (depth > DEEPEST) return undefined
  }
  parser.end()
  end()
  return pieces
}

function readTranscript(pieces: Piece[]): ParsedEpisode {
  const segments: Segment[] = []
  const problems: ParseProblem[] = []
  const notes: string[] = []
  let title = ''
  let start: number | null = null
  let speaker: string | null = null
  let heard = true
  for (const { tag, text, line } of pieces) {
    if (tag === 'title' || tag === 'h1') {
      if (!title) title = text
      else if (text !== title) notes.push(text)
    } else if (tag === 'cite') {
      if (!heard && speaker) notes.push(speaker)
      speaker = text.replace(/\s*[:：]$/u, '')
      // A name begins a new turn; its time follows, or is not known.
      start = null
      heard = false
    } else if (tag === 'time') {
      const time = readTime(text.replace(/^[[(]|[\])]$/gu, ''))
      if (time === undefined) {
        problems.push({
          line,
          message: `${quoted(text)} is not a time we can read. The words after it are kept without it.`,
        })
        notes.push(text)
      }
      start = time ?? null
    } else if (/^h\d$/u.test(tag)) {
      notes.push(text)
    } else {
      segments.push({ start, end: null, speaker, text })
      heard = true
    }
  }
  if (!heard && speaker) notes.push(speaker)
  return { title, chapters: [], segments, notes: toNotes(notes), problems }
}

/** Each block of the page as a line, counted as in the file that it came from. */
function readPage(pieces: Piece[]): ParsedEpisode {
  const lines = pieces.flatMap(({ tag, text, line }): Line[] => {
    const level = Number(/^h(\d)$/u.exec(tag)?.[1] ?? 0)
    return [
      { number: line, text: level > 0 ? `${'#'.repeat(level)} ${text}` : tag === 'li' ? `- ${text}` : text },
      { number: line, text: '' },
    ]
  })
  return parseLines(lines)
}

/** Gives the line of a position, for positions that only grow. */
function lineStarts(text: string): (position: number) => number {
  let line = 1
  let at = 0
  return (position) => {
    for (; at < position; at++) {
      const character = text.charCodeAt(at)
      if (character === 10 || (character === 13 && text.charCodeAt(at + 1) !== 10)) line += 1
    }
    return line
  }
}
