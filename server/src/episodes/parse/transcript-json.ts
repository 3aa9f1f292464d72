import type { Chapter, ParsedEpisode, ParseProblem, Segment } from '#shared/episodes.ts'
import { oneLine } from './lines.ts'
import { joinForReading } from './reading.ts'
import { readTime } from './times.ts'

type Fields = Record<string, unknown>

const TEXT_FIELDS = ['body', 'text', 'word', 'content', 'value', 'utf8']
const START_FIELDS = ['startTime', 'start', 'start_time', 'from', 'begin', 'offset']
const END_FIELDS = ['endTime', 'end', 'end_time', 'to']
const SPEAKER_FIELDS = ['speaker', 'speakerName', 'name', 'speaker_label']
const LIST_FIELDS = ['segments', 'transcript', 'cues', 'utterances', 'results', 'words', 'chapters']

/**
 * The transcript JSON of Podcasting 2.0 (`{version, segments: [{speaker?, startTime, endTime?, body}]}`) and its
 * relatives; chapters, when it has them; everything else that is text goes to the notes.
 */
export function parseTranscriptJson(text: string): ParsedEpisode {
  const problems: ParseProblem[] = []
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (problem) {
    const line = lineOf(text, problem)
    const message = 'From here on this is not JSON that can be read. Its text is kept in the notes.'
    return { title: '', chapters: [], segments: [], notes: text.trim(), problems: [{ line, message }] }
  }

  const chapters = listOf(value, 'chapters').flatMap(toChapter)
  const found =
    (Array.isArray(value)
      ? value
      : LIST_FIELDS.slice(0, -1)
          .map((name) => listOf(value, name))
          .find((list) => list.length > 0)) ?? []
  let lines: number[] | undefined
  const entryLine = (index: number) => (lines ??= entryLines(text))[index] ?? 1
  const segments = found.flatMap((one: unknown, index) => {
    const segment = toSegment(one)
    if (!segment || (segment.start === null && hasTime(one)))
      problems.push({
        line: entryLine(index),
        message: segment
          ? `Entry ${index + 1} has a time we can't read. Its words are kept without it.`
          : `Entry ${index + 1} has no words. What it holds is kept in the notes.`,
      })
    return segment ? [segment] : []
  })
  const title = isFields(value) && typeof value.title === 'string' ? oneLine(value.title) : ''
  return {
    title,
    chapters,
    segments: areWords(segments) ? joinForReading(segments) : segments,
    notes: leftOver(withoutVersion(value), [
      title,
      ...chapters.map((chapter) => chapter.title),
      ...segments.flatMap((segment) => [segment.text, segment.speaker ?? '']),
    ]),
    problems,
  }
}

function toSegment(value: unknown): Segment | undefined {
  if (typeof value === 'string')
    return value.trim() ? { start: null, end: null, speaker: null, text: oneLine(value) } : undefined
  if (!isFields(value)) return undefined
  const text = oneLine(wordsOf(value, TEXT_FIELDS))
  if (text === '') return undefined
  const start = secondsOf(value, START_FIELDS)
  const end = secondsOf(value, END_FIELDS)
  return {
    start,
    end: end !== null && start !== null && end < start ? null : end,
    speaker: oneLine(wordsOf(value, SPEAKER_FIELDS)) || null,
    text,
  }
}

function toChapter(value: unknown): Chapter[] {
  // A hidden chapter's title stays in the notes.
  if (!isFields(value) || value.toc === false) return []
  const title = oneLine(wordsOf(value, ['title']))
  const start = secondsOf(value, START_FIELDS)
  return title && start !== null ? [{ start, title }] : []
}

/** Whether the segments are words rather than sentences. */
function areWords(segments: Segment[]): boolean {
  const lengths = segments.map(({ text }) => text.split(' ').length).sort((one, other) => one - other)
  return (lengths[Math.floor(lengths.length / 2)] ?? 9) <= 2
}

/** Every text of the file that is in nothing so far, each with the name of its field. */
function leftOver(value: unknown, kept: string[]): string {
  const known = new Set(kept.flatMap(toWords))
  const lines: string[] = []
  const waiting: { name: string; value: unknown }[] = [{ name: '', value }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { name, value: one } = next
    if (typeof one === 'string') {
      if (toWords(one).some((word) => !known.has(word))) lines.push(name ? `${name}: ${one}` : one)
    } else if (typeof one === 'object' && one !== null) {
      const entries = Object.entries(one).reverse()
      for (const [key, inner] of entries)
        waiting.push({ name: Array.isArray(one) ? name : key, value: inner as unknown })
    }
  }
  return lines.join('\n')
}

const withoutVersion = (value: unknown): unknown =>
  isFields(value) ? { ...value, version: undefined } : value
const toWords = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown, name: string): unknown[] =>
  isFields(value) && Array.isArray(value[name]) ? (value[name] as unknown[]) : []
const hasTime = (value: unknown): boolean =>
  isFields(value) && START_FIELDS.some((name) => value[name] !== undefined && value[name] !== null)

function wordsOf(fields: Fields, names: string[]): string {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value.trim()) return value
    if (typeof value === 'number' && names === SPEAKER_FIELDS) return `Speaker ${value}`
    if (isFields(value) && typeof value.name === 'string') return value.name
  }
  return ''
}

function secondsOf(fields: Fields, names: string[]): number | null {
  for (const name of names) {
    const value = fields[name]
    const seconds = typeof value === 'string' ? readTime(value) : value
    if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return seconds
  }
  return null
}

/** The lines that the entries of the lists of a file begin at, in order. */
function entryLines(text: string): number[] {
  const lines: number[] = []
  const listed = text.trimStart().startsWith('[')
  let line = 1
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\]]|\r\n|\n|\r/gu)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (!token.startsWith('"')) line += 1
    if (token === '{' && depth === (listed ? 2 : 3)) lines.push(line)
  }
  return lines
}

function lineOf(text: string, problem: unknown): number {
  const position = /position (\d+)/u.exec(String(problem))?.[1]
  return position === undefined ? countLines(text) : countLines(text.slice(0, Number(position)))
}

const countLines = (text: string): number => text.split(/\r\n|\n|\r/u).length
