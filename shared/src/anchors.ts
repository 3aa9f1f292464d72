import search from 'approx-string-match'
import type { Chapter, Segment } from './episodes.ts'
import { CONTEXT, LONGEST_QUOTE, type Anchor } from './threads.ts'

/** A place between two characters of a transcript. */
export type Point = { segment: number; offset: number }
export type Span = { from: Point; to: Point }
export type Transcript = { segments: readonly Segment[]; chapters: readonly Chapter[] }

/**
 * Where a thread stands in a transcript. `exact`: these words, at this moment. `moved`: these words, at another
 * moment. `uncertain`: words much like them, or one of several such places. `lost`: not there any more.
 * `segment` is where to show it, also when it is lost; `span` are its words, when it has some.
 */
export type Placement = {
  state: 'exact' | 'moved' | 'uncertain' | 'lost'
  segment: number | null
  span: Span | null
}

/** How far from its moment a quote is looked for, and how far it may stray and still be at the same moment. Seconds. */
const SEARCHED = 90
const SAME_MOMENT = 2
/** Which part of a quote may differ for a place to be offered as uncertain. */
const MOST_DIFFERENT = 0.2
/** Shorter quotes are found anywhere: they need their surroundings as a witness. */
const SHORT_QUOTE = 16

type Candidate = { start: number; end: number; context: number; distance: number }

export function placeAnchor(anchor: Anchor, segments: readonly Segment[]): Placement {
  if (segments.length === 0)
    return { state: anchor.quote === '' ? 'exact' : 'lost', segment: null, span: null }
  const near = segmentAt(segments, anchor.start ?? anchor.chapter ?? 0)
  if (anchor.quote === '') return { state: 'exact', segment: near, span: null }

  const text = new JoinedText(segments, anchor.start, anchor.end ?? anchor.start)
  const place = (state: Placement['state'], { start, end }: Candidate): Placement => {
    const span = text.span(start, end)
    return { state, segment: span.to.segment, span }
  }
  // Without surroundings that agree, a few common words are no evidence.
  const witnessed = ({ context }: Candidate) =>
    anchor.quote.length >= SHORT_QUOTE || context >= (anchor.prefix.length + anchor.suffix.length) / 2

  const [best, second] = text.occurrences(anchor)
  if (best) {
    const here = best.distance <= SAME_MOMENT
    const tie = second?.context === best.context && second.distance <= SAME_MOMENT === here
    if (witnessed(best) && !tie) return place(here ? 'exact' : 'moved', best)
    if (here || witnessed(best)) return place('uncertain', best)
  } else {
    const [likeliest, other] = text.lookalikes(anchor)
    const tie = other?.context === likeliest?.context
    if (likeliest && witnessed(likeliest) && !tie) return place('uncertain', likeliest)
  }
  return { state: 'lost', segment: near, span: null }
}

/** What to store for words that somebody selected; null when there are none between the two points. */
export function anchorFromSelection(
  { segments, chapters }: Transcript,
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
    end: last?.end ?? last?.start ?? null,
    chapter: chapterAt(chapters, first?.start ?? null)?.start ?? null,
  }
}

/** What to store for a moment without words: of the audio, or the start of a chapter. */
export function anchorFromMoment({ segments, chapters }: Transcript, start: number): Anchor {
  const segment = segments[segmentAt(segments, start) ?? -1]
  return {
    quote: '',
    prefix: '',
    suffix: '',
    speaker: segment?.speaker?.slice(0, 200) ?? null,
    start,
    end: null,
    chapter: chapterAt(chapters, start)?.start ?? null,
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

/** The words of the segments around a moment (or all of them), as one text in which a space stands between two segments. */
class JoinedText {
  readonly words: string
  readonly #starts: number[] = []
  readonly #first: number
  readonly #segments: readonly Segment[]
  readonly #moment: number | null

  constructor(segments: readonly Segment[], moment: number | null = null, until = moment) {
    const inReach = ({ start, end }: Segment) =>
      moment === null ||
      start === null ||
      (start <= (until ?? moment) + SEARCHED &&
        (end === null || end < start ? start : end) >= moment - SEARCHED)
    this.#first = Math.max(0, segments.findIndex(inReach))
    this.#segments = segments.slice(this.#first, segments.findLastIndex(inReach) + 1)
    this.#moment = moment
    let words = ''
    for (const { text } of this.#segments) {
      this.#starts.push(words.length)
      words += `${text} `
    }
    this.words = words.slice(0, -1)
  }

  /** Where the very words of a quote stand, the likeliest first. */
  occurrences({ quote, prefix, suffix }: Anchor): Candidate[] {
    const found: Candidate[] = []
    for (let start = this.words.indexOf(quote); start >= 0; start = this.words.indexOf(quote, start + 1))
      found.push(this.#candidate(start, start + quote.length, prefix, suffix))
    return found.sort(byLikelihood)
  }

  /** Where words much like a quote stand, the likeliest first. */
  lookalikes({ quote, prefix, suffix }: Anchor): Candidate[] {
    const errors = Math.floor(quote.length * MOST_DIFFERENT)
    const matches = search(this.words, quote, errors).toSorted((a, b) => a.errors - b.errors || a.end - b.end)
    const fewest = matches[0]?.errors ?? 0
    const best: Candidate[] = []
    for (const match of matches) {
      // Of matches that overlap, one is enough: they are the same place.
      const known = best.some(({ start, end }) => match.start < end && start < match.end)
      if (match.errors > fewest || known) continue
      best.push(this.#candidate(...this.#wholeWords(match.start, match.end), prefix, suffix))
    }
    return best.sort(byLikelihood)
  }

  /** Positions in `words`, as places in the transcript. */
  span(start: number, end: number): Span {
    return { from: this.#point(start, false), to: this.#point(end, true) }
  }

  index({ segment, offset }: Point): number {
    const text = this.#segments[segment - this.#first]?.text ?? ''
    // Not in the middle of a character that takes two.
    const whole = (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset
    return (this.#starts[segment - this.#first] ?? 0) + Math.min(Math.max(0, whole), text.length)
  }

  #candidate(start: number, end: number, prefix: string, suffix: string): Candidate {
    const before = this.words.slice(Math.max(0, start - CONTEXT), start)
    const after = this.words.slice(end, end + CONTEXT)
    return {
      start,
      end,
      context: sameEnd(before, prefix) + sameStart(after, suffix),
      distance: this.#distance(start),
    }
  }

  /** How many seconds the segment at a position is away from the moment; none when there are no times. */
  #distance(position: number): number {
    const { start, end } = this.#segments[this.#at(position)] ?? { start: null, end: null }
    if (this.#moment === null || start === null) return 0
    return Math.abs(start - this.#moment) <= SAME_MOMENT
      ? 0
      : Math.max(start - this.#moment, this.#moment - Math.max(start, end ?? start), 0)
  }

  #wholeWords(start: number, end: number): [number, number] {
    while (start > 0 && isWordPart(this.words[start - 1]) && isWordPart(this.words[start])) start -= 1
    while (end < this.words.length && isWordPart(this.words[end - 1]) && isWordPart(this.words[end])) end += 1
    return [start, end]
  }

  #at(position: number): number {
    return Math.max(
      0,
      this.#starts.findLastIndex((start) => start <= position),
    )
  }

  #point(position: number, isEnd: boolean): Point {
    const index = this.#at(isEnd ? Math.max(0, position - 1) : position)
    const offset = position - (this.#starts[index] ?? 0)
    return { segment: this.#first + index, offset: Math.min(offset, this.#segments[index]?.text.length ?? 0) }
  }
}

const byLikelihood = (a: Candidate, b: Candidate) => b.context - a.context || a.distance - b.distance

const isBefore = (a: Point, b: Point) =>
  a.segment < b.segment || (a.segment === b.segment && a.offset <= b.offset)

const isWordPart = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)

function sameStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1
  return length
}

function sameEnd(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length))
    length += 1
  return length
}

/** At most so many characters, without half a character at the cut. */
const clipEnd = (text: string, length: number) => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
const clipStart = (text: string, length: number) =>
  text.slice(Math.max(0, text.length - length)).replace(/^[\uDC00-\uDFFF]/, '')
