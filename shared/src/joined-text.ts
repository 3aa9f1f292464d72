import search from 'approx-string-match'
import type { Segment } from './episodes.ts'
import { CONTEXT, type Anchor } from './threads.ts'

/** A place between two characters of a transcript. */
export type Point = { segment: number; offset: number }
export type Span = { from: Point; to: Point }

/**
 * Words that may be those of a quote. `context`: how many characters around them agree. `when`: at the moment of the
 * quote, at another one within reach, or at one that nobody can tell. `alone`: in a line that has little besides them.
 */
export type Candidate = {
  start: number
  end: number
  context: number
  when: 'same' | 'other' | 'unknown'
  alone: boolean
}

/** How far from its moment a quote is looked for, and how far it may stray and still be at the same moment. Seconds. */
const SEARCHED = 90
const SAME_MOMENT = 2
/** Which part of a quote may differ for a place to be offered as uncertain. */
const MOST_DIFFERENT = 0.2
/** How many characters people say in a second: how long a last line takes that nobody timed. */
const SPOKEN_IN_A_SECOND = 12
/** In more than that, words that are only much alike are not looked for. */
const LONGEST_SEARCHED = 200_000

type Moment = { from: number; to: number }

/** The words of the segments around a moment (or all of them), as one text in which a space stands between two segments. */
export class JoinedText {
  readonly words: string
  readonly #starts: number[] = []
  readonly #first: number
  readonly #segments: readonly Segment[]
  readonly #times: Times
  readonly #moment: Moment | null

  constructor(segments: readonly Segment[], moment: Moment | null = null) {
    this.#times = timesOf(segments)
    this.#moment = moment
    const last = segments.length - 1
    const within = (at: number) => moment === null || !this.#times.timed || this.#gap(at, at) <= SEARCHED
    let first = 0
    let end = last
    while (first < last && !within(first)) first += 1
    while (end > first && !within(end)) end -= 1
    // What stands before and after is no candidate, and still a witness.
    for (let more = CONTEXT; more > 0 && first > 0; more -= (segments[first]?.text.length ?? 0) + 1)
      first -= 1
    for (let more = CONTEXT; more > 0 && end < last; more -= (segments[end]?.text.length ?? 0) + 1) end += 1
    this.#first = first
    this.#segments = segments.slice(first, end + 1)
    const texts = this.#segments.map(({ text }) => text)
    let length = 0
    for (const text of texts) {
      this.#starts.push(length)
      length += text.length + 1
    }
    this.words = texts.join(' ')
  }

  /** Where the very words of a quote stand within reach, the likeliest first. */
  occurrences({ quote, prefix, suffix }: Anchor): Candidate[] {
    const found: Candidate[] = []
    for (let start = this.words.indexOf(quote); start >= 0; start = this.words.indexOf(quote, start + 1))
      found.push(...this.#candidate(start, start + quote.length, prefix, suffix))
    return found.sort(byLikelihood)
  }

  /** Where words much like a quote stand within reach, the likeliest first. Case and kinds of quotation marks are no difference here. */
  lookalikes({ quote, prefix, suffix }: Anchor): Candidate[] {
    if (this.words.length > LONGEST_SEARCHED) return []
    const errors = Math.floor(quote.length * MOST_DIFFERENT)
    const matches = search(fold(this.words), fold(quote), errors).toSorted(
      (a, b) => a.errors - b.errors || a.end - b.end,
    )
    const taken: { start: number; end: number }[] = []
    const best: Candidate[] = []
    let fewest = Infinity
    for (const match of matches) {
      if (match.errors > fewest) break
      // Of matches that overlap, one is enough: they are the same place.
      if (taken.some(({ start, end }) => match.start < end && start < match.end)) continue
      const candidates = this.#candidate(...this.#wholeWords(match.start, match.end), prefix, suffix)
      if (candidates.length === 0) continue
      fewest = match.errors
      taken.push(match)
      best.push(...candidates)
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

  /** None when it is out of reach. */
  #candidate(start: number, end: number, prefix: string, suffix: string): Candidate[] {
    const [from, to] = [this.#at(start), this.#at(Math.max(start, end - 1))]
    const [first, last] = [this.#first + from, this.#first + to]
    if (this.#moment !== null && this.#times.timed && this.#gap(first, last) > SEARCHED) return []
    const lines = this.#segments.slice(from, to + 1).reduce((sum, { text }) => sum + text.length + 1, -1)
    const before = this.words.slice(Math.max(0, start - CONTEXT), start)
    const after = this.words.slice(end, end + CONTEXT)
    return [
      {
        start,
        end,
        context: sameEnd(fold(before), fold(prefix)) + sameStart(fold(after), fold(suffix)),
        when: this.#when(first, last),
        alone: lines - (end - start) <= 4 * CONTEXT,
      },
    ]
  }

  #when(first: number, last: number): Candidate['when'] {
    // A quote without a moment contradicts none.
    if (this.#moment === null) return 'same'
    if (!this.#times.timed) return 'unknown'
    const { from, to } = this.#moment
    const [begin, end] = this.#interval(first, last)
    const near = Math.abs(begin - from) <= SAME_MOMENT
    // A line that was split gives parts within it, and lines that were joined one around them.
    const within = begin >= from - SAME_MOMENT && end <= to + SAME_MOMENT
    const around = begin <= from + SAME_MOMENT && end >= to - SAME_MOMENT
    return near || within || around ? 'same' : 'other'
  }

  /** How many seconds lie between the moment and some lines. */
  #gap(first: number, last: number): number {
    if (this.#moment === null) return 0
    const [begin, end] = this.#interval(first, last)
    return Math.max(0, begin - this.#moment.to, this.#moment.from - end)
  }

  #interval(first: number, last: number): [number, number] {
    const begin = this.#times.begins[first] ?? 0
    return [begin, Math.max(begin, this.#times.ends[last] ?? 0)]
  }

  #wholeWords(start: number, end: number): [number, number] {
    while (start > 0 && isWordPart(this.words[start - 1]) && isWordPart(this.words[start])) start -= 1
    while (end < this.words.length && isWordPart(this.words[end - 1]) && isWordPart(this.words[end])) end += 1
    return [start, end]
  }

  #at(position: number): number {
    let [low, high] = [0, this.#starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= position) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  #point(position: number, isEnd: boolean): Point {
    const index = this.#at(isEnd ? Math.max(0, position - 1) : position)
    const offset = position - (this.#starts[index] ?? 0)
    return { segment: this.#first + index, offset: Math.min(offset, this.#segments[index]?.text.length ?? 0) }
  }
}

/** When each segment begins and ends, as far as one can tell from those around it. */
type Times = { begins: Float64Array; ends: Float64Array; timed: boolean }
const known = new WeakMap<readonly Segment[], Times>()

export function timesOf(segments: readonly Segment[]): Times {
  const before = known.get(segments)
  if (before?.begins.length === segments.length) return before
  const [begins, ends] = [new Float64Array(segments.length), new Float64Array(segments.length)]
  const first = segments.find(({ start }) => start !== null)
  let last = first?.start ?? 0
  for (const [index, { start }] of segments.entries()) begins[index] = last = start ?? last
  let next: number | null = null
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    const { start = null, end = null, text = '' } = segments[index] ?? {}
    const begin = begins[index] ?? 0
    const until = next ?? (first ? begin + text.length / SPOKEN_IN_A_SECOND : begin)
    ends[index] = end !== null && end >= begin ? end : Math.max(begin, until)
    next = start ?? next
  }
  const times = { begins, ends, timed: first !== undefined }
  known.set(segments, times)
  return times
}

const byLikelihood = (a: Candidate, b: Candidate) =>
  b.context - a.context || Number(b.when === 'same') - Number(a.when === 'same')

const isWordPart = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)

/** Letters as small ones, quotation marks and dashes as plain ones. Each character stays one. */
const fold = (text: string): string =>
  text.replace(/[\p{Lu}‘’‚‛“”„‟«»‐‑‒–—\u00A0]/gu, (character) => {
    if (/[‘’‚‛]/.test(character)) return "'"
    if (/[“”„‟«»]/.test(character)) return '"'
    if (/[‐‑‒–—]/.test(character)) return '-'
    if (character === '\u00A0') return ' '
    const small = character.toLowerCase()
    return small.length === character.length ? small : character
  })

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
