import type { Chapter, Segment } from './episodes.ts'
import { JoinedText, timesOf, type Candidate, type Point, type Span } from './joined-text.ts'
import { CONTEXT, LONGEST_QUOTE, type Anchor } from './threads.ts'

export type { Point, Span } from './joined-text.ts'
export type Transcript = {
  segments: readonly Segment[]
  chapters: readonly Chapter[]
  /** Of the text that is quoted from. */
  revision?: number
}

/**
 * Where a thread stands in a transcript. `exact`: these words, at this moment. `moved`: these words, at another
 * moment, with what stood around them. `uncertain`: words much like them, or one of several such places, or these words
 * where nothing else speaks for them. `lost`: not there any more. `segment` is where to show it, also when it is lost;
 * `span` are its words, when it has some.
 */
export type Placement = {
  state: 'exact' | 'moved' | 'uncertain' | 'lost'
  segment: number | null
  span: Span | null
}

/** Shorter quotes are found anywhere: they need their surroundings as a witness. */
const SHORT_QUOTE = 16
/** Nobody says that much twice by chance: half of its surroundings are enough. */
const LONG_QUOTE = 80

export function placeAnchor(anchor: Anchor, segments: readonly Segment[]): Placement {
  if (segments.length === 0)
    return { state: anchor.quote === '' ? 'exact' : 'lost', segment: null, span: null }
  const near = segmentAt(segments, anchor.start ?? anchor.chapter ?? 0)
  if (anchor.quote === '') return { state: 'exact', segment: near, span: null }

  const text = new JoinedText(segments, momentOf(anchor))
  const found = judge(anchor, text.occurrences(anchor)) ?? judgeLookalikes(anchor, text.lookalikes(anchor))
  if (!found) return { state: 'lost', segment: near, span: null }
  const span = text.span(found.candidate.start, found.candidate.end)
  return { state: found.state, segment: span.to.segment, span }
}

type Judged = { state: 'exact' | 'moved' | 'uncertain'; candidate: Candidate } | undefined

/**
 * Which of the places with the very words is meant. A place counts when what stands around it agrees: the words alone
 * are taken without a doubt only in a line that has little else, at the moment where they were.
 */
function judge(anchor: Anchor, all: readonly Candidate[]): Judged {
  const [best] = all
  if (!best) return undefined
  const whole = anchor.prefix.length + anchor.suffix.length
  const enough = whole * (anchor.quote.length >= LONG_QUOTE ? 0.5 : 0.75)
  const strong = all.filter(({ context }) => context >= enough)
  const [same, ...rivals] = strong.filter(({ when }) => when === 'same')
  if (same) {
    const sure = same.context >= best.context && !rivals.some(({ context }) => context >= same.context)
    return { state: sure ? 'exact' : 'uncertain', candidate: same }
  }
  if (strong.length > 0)
    return { state: strong.length === 1 && best.when === 'other' ? 'moved' : 'uncertain', candidate: best }

  const here = all.find(({ when }) => when === 'same')
  const long = anchor.quote.length >= SHORT_QUOTE
  if (here && long && all.length === 1 && here.alone) return { state: 'exact', candidate: here }
  if (here) return { state: 'uncertain', candidate: here }
  return long || best.context >= whole / 2 ? { state: 'uncertain', candidate: best } : undefined
}

/** Words that are not the same are never more than uncertain, and nothing at all when there are two such places. */
function judgeLookalikes({ quote, prefix, suffix }: Anchor, [best, second]: readonly Candidate[]): Judged {
  if (!best || second?.context === best.context) return undefined
  const witnessed = quote.length >= SHORT_QUOTE || best.context >= (prefix.length + suffix.length) / 2
  return witnessed ? { state: 'uncertain', candidate: best } : undefined
}

const momentOf = ({ start, end }: Anchor) =>
  start === null ? null : { from: start, to: Math.max(start, end ?? start) }

/** What to store for words that somebody selected; null when there are none between the two points. */
export function anchorFromSelection(
  { segments, chapters, revision }: Transcript,
  one: Point,
  other: Point,
): Anchor | null {
  const [from, to] = isBefore(one, other) ? [one, other] : [other, one]
  const text = new JoinedText(segments)
  const selected = text.words.slice(text.index(from), text.index(to))
  const start = text.index(from) + (selected.length - selected.trimStart().length)
  const quote = clipEnd(selected.trim(), LONGEST_QUOTE)
  if (quote === '') return null

  const span = text.span(start, start + quote.length)
  const first = segments[span.from.segment]
  const last = segments[span.to.segment]
  return {
    quote,
    prefix: clipStart(text.words.slice(0, start), CONTEXT),
    suffix: clipEnd(text.words.slice(start + quote.length), CONTEXT),
    speaker: first?.speaker?.slice(0, 200) ?? null,
    start: first?.start ?? null,
    end: last?.start == null ? (last?.end ?? null) : (timesOf(segments).ends[span.to.segment] ?? null),
    chapter: chapterAt(chapters, first?.start ?? null)?.start ?? null,
    ...(revision === undefined ? {} : { revision }),
  }
}

/** What to store for a moment without words: of the audio, or the start of a chapter. */
export function anchorFromMoment({ segments, chapters, revision }: Transcript, start: number): Anchor {
  const segment = segments[segmentAt(segments, start) ?? -1]
  return {
    quote: '',
    prefix: '',
    suffix: '',
    speaker: segment?.speaker?.slice(0, 200) ?? null,
    start,
    end: null,
    chapter: chapterAt(chapters, start)?.start ?? null,
    ...(revision === undefined ? {} : { revision }),
  }
}

/** The segment that is heard at a moment: the last one that has begun, or the first. Null when none has a time. */
export function segmentAt(segments: readonly Segment[], moment: number): number | null {
  let found = -1
  // Times go backwards in the wild, so this looks at all of them.
  for (const [index, { start }] of segments.entries())
    if (start !== null && start <= moment && start >= (segments[found]?.start ?? 0)) found = index
  if (found < 0) found = segments.findIndex(({ start }) => start !== null)
  return found < 0 ? null : found
}

/** The chapter that is running at a moment. */
export function chapterAt(chapters: readonly Chapter[], moment: number | null): Chapter | undefined {
  return moment === null ? undefined : chapters.findLast(({ start }) => start <= moment)
}

const isBefore = (a: Point, b: Point) =>
  a.segment < b.segment || (a.segment === b.segment && a.offset <= b.offset)

/** At most so many characters, without half a character at the cut. */
const clipEnd = (text: string, length: number) => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
const clipStart = (text: string, length: number) =>
  text.slice(Math.max(0, text.length - length)).replace(/^[\uDC00-\uDFFF]/, '')
