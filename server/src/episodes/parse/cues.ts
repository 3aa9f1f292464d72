import type { ParsedEpisode, ParseProblem, Segment } from '#shared/episodes.ts'
import { oneLine, quoted, toLines, toNotes, type Line } from './lines.ts'
import { decodeEntities } from './markup.ts'
import { findSpeakers, splitName } from './speakers.ts'
import { readTime } from './times.ts'

type Cue = { start: number | null; end: number | null; lines: string[] }
type Reading = { cues: Cue[]; notes: string[]; problems: ParseProblem[] }

const ARROW = /-{1,2}>/u
const LONGEST_TIME = 40
const SETTINGS = /^(?:\s+(?:vertical|line|position|size|align|region|[XY][12]):\S+)*\s*$/iu
const TEXT_TAG = /<\/?(?:i|b|u|s|c|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|<\d[\d:.,]*>|\{\\[^{}]*\}/giu
const VOICE = /<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>|<\/v>/giu

/** WebVTT, also with the times that real files carry and that the standard forbids. */
export const parseVtt = (text: string): ParsedEpisode => parseCues(text)
/** SubRip. Names come as `Name: text`, or as `Name:` on a line of its own. */
export const parseSrt = (text: string): ParsedEpisode => parseCues(text)

function parseCues(text: string): ParsedEpisode {
  const reading: Reading = { cues: [], notes: [], problems: [] }
  for (const block of toBlocks(toLines(text))) readBlock(block, reading)
  return {
    title: '',
    chapters: [],
    segments: toSegments(reading),
    notes: toNotes(reading.notes),
    problems: reading.problems,
  }
}

function toBlocks(lines: Line[]): Line[][] {
  const blocks: Line[][] = [[]]
  for (const line of lines) {
    if (line.text.trim() === '') blocks.push([])
    else blocks.at(-1)?.push(line)
  }
  return blocks.filter((block) => block.length > 0)
}

function readBlock(block: Line[], { cues, notes, problems }: Reading): void {
  const timings = block.map(({ text }) => readTiming(text))
  const first = timings.findIndex((timing) => timing !== undefined)
  const [head] = block
  if (!head) return
  if (first === -1 || /^(?:WEBVTT|NOTE|STYLE|REGION)\b/u.test(head.text.replace(/^\uFEFF/u, '')))
    if (first === -1 || /^(?:NOTE|STYLE|REGION)\b/u.test(head.text))
      return readOutside(block, cues, notes, problems)

  // Before the first time stands the cue's id; a header that no blank line follows stands there too.
  for (const { text } of block.slice(0, first)) keepIdentifier(text, notes)

  for (let index = first; index < block.length; index++) {
    const line = block[index]
    const timing = timings[index]
    if (!line) continue
    if (!timing) {
      // Where blank lines are missing, the number of the next cue stands right before its time.
      if (timings[index + 1] && /^\s*\d+\s*$/u.test(line.text)) continue
      cues.at(-1)?.lines.push(line.text)
      continue
    }
    for (const broken of timing.broken) {
      problems.push({
        line: line.number,
        message: `${quoted(broken)} is not a time we can read. The words after it are kept without it.`,
      })
    }
    if (timing.broken.length > 0) notes.push(line.text)
    cues.push({ start: timing.start, end: timing.end, lines: timing.text ? [timing.text] : [] })
  }
}

/** A block without a time: a header, a comment, or words that belong to no cue. */
function readOutside(block: Line[], cues: Cue[], notes: string[], problems: ParseProblem[]): void {
  const [head, ...rest] = block
  if (!head) return
  const header = /^\uFEFF?(WEBVTT|NOTE|STYLE|REGION)\b(.*)$/u.exec(head.text)
  if (header) {
    notes.push(
      header[1] === 'STYLE' || header[1] === 'REGION'
        ? head.text
        : (header[2] ?? '').replace(/^\s*-?\s*/u, ''),
    )
    notes.push(...rest.map(({ text }) => text), '')
    return
  }
  const numbered = /^\s*\d+\s*$/u.test(head.text)
  if (numbered && rest.length === 0) return
  if (numbered) {
    problems.push({
      line: head.number,
      message: `Cue ${head.text.trim()} has no times. Its words are kept without them.`,
    })
    cues.push({ start: null, end: null, lines: rest.map(({ text }) => text) })
    return
  }
  for (const { number, text } of block) {
    problems.push({ line: number, message: `${quoted(text)} belongs to no time. It is kept in the notes.` })
    notes.push(text)
  }
}

/** Numbers, hashes and the like; an id made of words is kept. */
const MACHINE_ID = /^(?:cue|id|line|segment)?[-_ ]?[\da-f/-]*\d[\da-f/-]*$/iu

function keepIdentifier(text: string, notes: string[]): void {
  const words = text.replace(/^\uFEFF?WEBVTT\b\s*-?\s*/u, '').trim()
  if (/\p{L}/u.test(words) && !MACHINE_ID.test(words)) notes.push(words)
}

type Timing = { start: number | null; end: number | null; text: string; broken: string[] }

function readTiming(line: string): Timing | undefined {
  const arrow = ARROW.exec(line)
  if (!arrow) return undefined
  const from = line.slice(0, arrow.index).trim()
  const [to, after] = splitOnce(line.slice(arrow.index + arrow[0].length).trimStart())
  if (from.length > LONGEST_TIME || to.length > LONGEST_TIME) return undefined
  const start = readTime(from)
  const end = readTime(to)
  // An arrow between words is no timing; a broken time still has a digit in it.
  if (start === undefined && end === undefined && !/^[^\p{L}]*\d[\d\w:.,?]*$/u.test(from)) return undefined
  const broken = [...(start === undefined ? [from] : []), ...(end === undefined ? [to] : [])]
  return {
    start: start ?? null,
    end: end ?? null,
    text: SETTINGS.test(after) ? '' : after.replace(/^\s*\|\s*/u, ' ').trim(),
    broken: broken.map((time) => time || 'nothing'),
  }
}

/** The first word of a text, and the rest. */
function splitOnce(text: string): [string, string] {
  const end = text.search(/\s/u)
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end)]
}

function toSegments({ cues, notes }: Reading): Segment[] {
  const voiced = cues.some(({ lines }) => lines.some((line) => /<v[\s.]/iu.test(line)))
  const names = voiced ? undefined : findSpeakers(cues.flatMap(({ lines }) => lines.slice(0, 1).map(plain)))
  const segments: Segment[] = []
  // Who speaks is said once; cues without a name go on with the same person.
  let speaker: string | null = null
  let heard = true
  const say = (name: string) => {
    if (!heard && speaker) notes.push(speaker)
    speaker = name
    heard = false
  }
  for (const { start, end, lines } of cues) {
    const add = (text: string) => {
      const words = oneLine(text)
      if (words === '') return
      heard = true
      segments.push({ start, end, speaker, text: words })
    }
    if (names) readNamed(lines, names, say, add)
    else readVoices(lines.join('\n'), say, add)
  }
  if (!heard && speaker) notes.push(speaker)
  return segments
}

function readNamed(
  lines: string[],
  names: Set<string>,
  say: (name: string) => void,
  add: (text: string) => void,
): void {
  let words: string[] = []
  for (const line of lines.map(plain)) {
    const named = splitName(line)
    if (!named || !names.has(named.name)) {
      words.push(line)
      continue
    }
    add(words.join(' '))
    say(named.name)
    words = [named.rest]
  }
  add(words.join(' '))
}

function readVoices(text: string, say: (name: string) => void, add: (text: string) => void): void {
  let from = 0
  for (const match of text.matchAll(VOICE)) {
    add(plain(text.slice(from, match.index)))
    const name = oneLine(decodeEntities(match[1] ?? ''))
    if (name) say(name)
    from = match.index + match[0].length
  }
  add(plain(text.slice(from)))
}

const plain = (text: string): string => decodeEntities(text.replace(TEXT_TAG, ''))
