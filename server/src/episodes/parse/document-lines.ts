import type { Line } from './lines.ts'
import { splitName } from './speakers.ts'
import { readTime } from './times.ts'

/** What a line of a document looks like by itself. */
export type Read = Line &
  (
    | { kind: 'blank' }
    | { kind: 'heading'; section: Section; deep: boolean }
    /** A time, perhaps an end, and words. */
    | {
        kind: 'timed'
        start: number
        end: number | null
        piped: boolean
        rest: string
        /** A second time that is none. */
        broken: string | undefined
        /** The target of a link around the time, when it is more than the time again. */
        target: string | undefined
      }
    /** A time, or a name and a time, above the words. */
    | { kind: 'header'; start: number; end: number | null; name: string | undefined }
    | { kind: 'broken'; time: string }
    | { kind: 'text' }
  )

export type Section = 'timeline' | 'transcript' | 'other'

const TIME = String.raw`(\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)(?![\d:])`
const BULLET = String.raw`^\s*(?:(?:[-*+•·–—]|\d{1,3}[.)])\s+)?`
const OPENING = String.raw`[^\p{L}\p{N}]{0,8}?`
const CLOSING = String.raw`[\])>*_~]{0,6}`
const TARGET = String.raw`(?:\]\(([^()\s]{0,500})\))?`
const RANGE = String.raw`(?:\s*(?:-{1,2}>|[-–—−]|…)\s*[[(]?${TIME}${TARGET}${CLOSING})?`
const TIMED = new RegExp(`${BULLET}${OPENING}${TIME}${TARGET}${CLOSING}${RANGE}`, 'u')
const SUSPECT =
  /^(?:\s*(?:[-*+•·–—]|\d{1,3}[.)])\s+)?[^\p{L}\p{N}]{0,8}?((?=[^\s|]*\d)[\d?x]{1,3}[:;][\d?x][\d?x:.;,]{1,12})(?=[\s|\])–—-]|$)/iu
const NAME_TIME = new RegExp(`^\\s*(.{1,80}?)\\s*[[(]?${TIME}[\\])]?:?\\s*$`, 'u')
/** How much of a line is looked at for a time. */
const HEAD = 700

const TIMELINE =
  /^(?:(?:episode|show|podcast|video)\s+)?(?:time\s?lines?|time\s?stamps?|time\s?codes?|chapters?|chapter (?:markers|marks|list)|kapitel|kapitelmarken|zeitmarken)$/iu
const TRANSCRIPT =
  /^(?:(?:full|episode|complete|show|the|podcast|auto-?generated)\s+)*(?:transcripts?|transcription|transkript|mitschrift)$/iu
const OTHER =
  /^(?:about(?: (?:the )?\w+(?: \w+){0,3})?|(?:show |episode )?notes|(?:useful |related |show )?links?|resources|references|credits|sponsors?|biograph(?:y|ies)|bio|description|summary|guests?|hosts?|further reading|mentioned(?: in this episode)?|contact|subscribe)$/iu

export function readLine(line: Line): Read {
  const { text } = line
  if (text.trim() === '') return { ...line, kind: 'blank' }
  const section = sectionOf(text)
  if (section) return { ...line, kind: 'heading', section, deep: /^\s*#{3,}/u.test(text) }
  return { ...line, ...readTimed(text) }
}

/** Whether a line is the heading of a part, and of which. */
export function sectionOf(text: string): Section | undefined {
  if (text.length > 200) return undefined
  const marked = /^\s*#{1,6}\s/u.test(text)
  const words = text.replace(/^[\s#*_=–—-]+|[\s#*_:=–—-]+$/gu, '')
  if (TIMELINE.test(words)) return 'timeline'
  if (TRANSCRIPT.test(words)) return 'transcript'
  if (marked && !TIMED.test(words)) return 'other'
  return OTHER.test(words) ? 'other' : undefined
}

type Timed = Read extends infer R ? (R extends Read ? Omit<R, keyof Line> : never) : never

function readTimed(text: string): Timed {
  const head = text.slice(0, HEAD)
  const match = TIMED.exec(head)
  if (!match) return readHeaderOrText(head, text)
  const [all, from = '', fromTarget, to, toTarget] = match
  const after = text.slice(all.length)
  // “10:30 am” is the time of a day, “3:16pm” too, and what a letter follows is no time at all.
  if (/^\s*(?:[ap]\.?m\b|uhr\b|o['’]clock)/iu.test(after) || /^[\p{L}\p{N}]/u.test(after))
    return { kind: 'text' }
  const start = readTime(from)
  const end = to === undefined ? null : readTime(to)
  if (start === undefined) return { kind: 'broken', time: from }
  if (end === undefined) return { kind: 'broken', time: to ?? '' }

  const [separator = ''] = /^\s*(?:[|:·•]|[-–—−]{1,2}>?|\.(?=\s))?\s*/u.exec(after) ?? []
  const rest = after.slice(separator.length).trim()
  const piped = separator.includes('|')
  if (!/[\p{L}\p{N}]/u.test(rest)) return { kind: 'header', start, end, name: undefined }
  const broken = /[-–—−]/u.test(separator) && end === null ? SUSPECT.exec(rest)?.[1] : undefined
  if (broken !== undefined)
    return { kind: 'timed', start, end, ...afterBroken(rest, broken), broken, target: target(fromTarget) }
  return { kind: 'timed', start, end, piped, rest, broken, target: target(fromTarget) ?? target(toTarget) }
}

/** What follows an end that is no time: its words, without it. */
function afterBroken(rest: string, broken: string): { piped: boolean; rest: string } {
  const after = rest.slice(rest.indexOf(broken) + broken.length)
  return { piped: /^\s*[\])]?\s*\|/u.test(after), rest: after.replace(/^[\s\])]*[|:–—-]?\s*/u, '') }
}

function readHeaderOrText(head: string, text: string): Timed {
  const broken = SUSPECT.exec(head)?.[1]
  if (broken !== undefined && !/^\d+[.,]\d+$/u.test(broken)) return { kind: 'broken', time: broken }
  const [, name, time] = (text.length <= 120 && NAME_TIME.exec(text)) || []
  const start = time === undefined ? undefined : readTime(time)
  // Only a name that a colon could follow is one: “we met at 10:30” is not.
  const known = name === undefined ? undefined : nameAbove(name.replace(/[\s:–—|-]+$/u, ''), text)
  if (start !== undefined && known) return { kind: 'header', start, end: null, name: known }
  return { kind: 'text' }
}

/** A name above the words; “Smith, Bob” too, when a gap sets it off from its time as meeting software does. */
function nameAbove(name: string, line: string): string | undefined {
  const plain = splitName(`${name}: .`)?.name
  if (plain !== undefined || !/^\p{Lu}[^,.!?]*, \p{Lu}[^,.!?]*$/u.test(name)) return plain
  const apart = /\s{2}|\t/u.test(line.slice(line.indexOf(name) + name.length))
  return apart && splitName(`${name.replace(',', '')}: .`) ? name : undefined
}

/** A link that only leads to the same time says nothing new. */
const target = (url: string | undefined): string | undefined =>
  url && !/^#t=[\d:.,]*$/u.test(url) ? url : undefined
