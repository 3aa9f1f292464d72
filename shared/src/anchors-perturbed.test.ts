import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorFromSelection, placeAnchor, type Placement } from './anchors.ts'
import { joinLines, splitLine } from './corrections.ts'
import type { Segment } from './episodes.ts'
import type { Anchor } from './threads.ts'

/** The nightly run sets more. */
const runs = { numRuns: Number(process.env.ANCHOR_RUNS ?? 300) }

const REACH = 90
/** Few words, so that they come again and again; and some that break carelessly written code. */
const WORDS = [
  'the',
  'team',
  'yes',
  'I',
  'asked',
  'twice',
  'naïve',
  '😀',
  '“work,”',
  'a.',
  'silence',
  'so',
  'we',
]

/** Someone talks: `words` gives what is said in a line. */
const talkOf = (words: (line: number) => fc.Arbitrary<string>, least = 4) =>
  fc
    .array(fc.record({ length: fc.integer({ min: 5, max: 40 }), ended: fc.boolean(), who: fc.nat(2) }), {
      minLength: least,
      maxLength: 18,
    })
    .chain((lines) =>
      fc.tuple(...lines.map((_line, index) => words(index))).map((texts) => {
        let start = 100
        return lines.map(({ length, ended, who }, index): Segment => {
          const line = {
            start,
            end: ended || index === lines.length - 1 ? start + length : null,
            speaker: ['Host', 'Guest', null][who] ?? null,
            text: texts[index] ?? '',
          }
          start += length
          return line
        })
      }),
    )

const common = talkOf(() =>
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((all) => all.join(' ')),
)
/** Every word is said once only, and is like no other, so there is one right place for each. */
const unique = talkOf((line) =>
  fc
    .integer({ min: 6, max: 12 })
    .map((many) => Array.from({ length: many }, (_, word) => nonsense(line * 100 + word)).join(' ')),
)
const nonsense = (number: number): string =>
  createHash('md5')
    .update(String(number))
    .digest('hex')
    .slice(0, 8)
    .replace(/./g, (digit) => 'etaoinshrdlucmfw'.charAt(Number.parseInt(digit, 16)))

/** Somebody selects some words, in one line or over two. */
const quoted = (talk: fc.Arbitrary<Segment[]>) =>
  talk.chain((segments) =>
    fc
      .record({
        at: fc.nat(segments.length - 1),
        lines: fc.nat(1),
        from: fc.nat(6),
        to: fc.integer({ min: 1, max: 6 }),
      })
      .map(({ at, lines, from, to }) => {
        const last = Math.min(at + lines, segments.length - 1)
        const starts = wordStarts(segments[at]?.text ?? '')
        const lastWords = segments[last]?.text.split(' ') ?? []
        const end = lastWords
          .slice(0, Math.min(lastWords.length, last === at ? from + to : to))
          .join(' ').length
        const anchor = anchorFromSelection(
          { segments, chapters: [] },
          { segment: at, offset: starts[Math.min(from, starts.length - 1)] ?? 0 },
          { segment: last, offset: end },
        )
        return { segments, anchor, at }
      })
      .filter((one): one is { segments: Segment[]; anchor: Anchor; at: number } => one.anchor !== null),
  )

const wordStarts = (text: string): number[] => [...text.matchAll(/\S+/g)].map(({ index }) => index)

/** What becomes of a transcript: somebody else transcribes it, cuts it otherwise, or puts an advertisement in. */
type Change = (segments: Segment[]) => Segment[]
const place = fc.nat(17)
const inPlace =
  (at: number, how: (line: Segment) => Segment): Change =>
  (segments) =>
    segments.map((line, index) => (index === at % segments.length ? how(line) : line))
const rewrite = (how: (text: string) => string) => (at: number) =>
  inPlace(at, (line) => ({ ...line, text: how(line.text) }))
const shifted =
  (by: number): Change =>
  (segments) =>
    segments.map((line) => ({
      ...line,
      start: line.start === null ? null : Math.max(0, line.start + by),
      end: line.end === null ? null : Math.max(0, line.end + by),
    }))
const joined =
  (at: number): Change =>
  (segments) => {
    const [one, other] = [segments[at % segments.length], segments[(at % segments.length) + 1]]
    return one && other ? segments.toSpliced(at % segments.length, 2, joinLines(one, other)) : segments
  }
const split =
  (at: number, word: number): Change =>
  (segments) => {
    const index = at % segments.length
    const line = segments[index]
    const parts =
      line && splitLine(line, wordStarts(line.text)[word] ?? 0, segments[index + 1]?.start ?? null)
    return parts ? segments.toSpliced(index, 1, ...parts) : segments
  }
const renamed: Change = (segments) =>
  segments.map((line) => ({ ...line, speaker: line.speaker === 'Host' ? 'Ann Lee' : line.speaker }))
const advertised =
  (at: number, length: number): Change =>
  (segments) => {
    const index = at % segments.length
    // Before a line without a time it begins when what was said last began: times never go back.
    const start = segments.slice(0, index + 1).findLast((line) => line.start !== null)?.start ?? 0
    const ad = { start, end: start + length, speaker: 'Ad', text: 'Buy this, and buy it twice.' }
    return [...segments.slice(0, index), ad, ...shifted(length)(segments.slice(index))]
  }

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(place, fc.constantFrom(...WORDS))
    .map(([at, word]) => rewrite((text) => text.replace(/\S+/, word))(at)),
  fc
    .tuple(place, fc.constantFrom(...WORDS))
    .map(([at, word]) => rewrite((text) => text.replace(/\S+$/, word))(at)),
  place.map(rewrite((text) => text.toUpperCase())),
  place.map(rewrite((text) => text.toLowerCase())),
  place.map(rewrite((text) => text.replace(/[“”]/g, '"').replace(/'/g, '’'))),
  place.map(rewrite((text) => text.replaceAll(' ', '  '))),
  place.map(rewrite((text) => text.replaceAll(' ', '\u00A0'))),
  place.map(rewrite((text) => text.normalize('NFD'))),
  place.map(
    (at): Change =>
      (segments) =>
        segments.toSpliced(at % segments.length, 1),
  ),
  place.map(
    (at): Change =>
      (segments) =>
        segments.map((line, index) => (index === at ? { ...line, start: null, end: null } : line)),
  ),
  place.map(joined),
  fc.tuple(place, fc.integer({ min: 1, max: 8 })).map(([at, word]) => split(at, word)),
  fc.constant(renamed),
  fc.tuple(place, fc.integer({ min: 5, max: 120 })).map(([at, length]) => advertised(at, length)),
  fc.integer({ min: -120, max: 120 }).map(shifted),
)
const changes = fc.array(change, { minLength: 1, maxLength: 5 }).map(
  (all): Change =>
    (segments) =>
      all.reduce((text, each) => each(text), segments),
)

const wordsOf = (segments: readonly Segment[], { span }: Placement) =>
  span &&
  segments
    .slice(span.from.segment, span.to.segment + 1)
    .map(({ text }, index, all) =>
      text.slice(index === 0 ? span.from.offset : 0, index === all.length - 1 ? span.to.offset : undefined),
    )
    .join(' ')

/** Seconds between what was meant and what was found. Lines without a time are heard between their neighbours. */
function distance(segments: readonly Segment[], anchor: Anchor, { span }: Placement): number {
  const timed = segments.filter(({ start }) => start !== null)
  if (!span || anchor.start === null || timed.length === 0) return 0
  const begin = segments.slice(0, span.from.segment + 1).findLast(({ start }) => start !== null)?.start
  const end = segments.slice(span.to.segment + 1).find(({ start }) => start !== null)?.start
  const last = segments[span.to.segment]?.end
  return Math.max(
    0,
    (begin ?? 0) - (anchor.end ?? anchor.start),
    anchor.start - Math.max(last ?? 0, end ?? Infinity),
  )
}

describe('however a transcript is changed', () => {
  it('no quote is called exact or moved where the words differ, exact at another moment, or found out of reach', () => {
    fc.assert(
      fc.property(fc.oneof(quoted(common), quoted(unique)), changes, ({ segments, anchor }, how) => {
        const text = how(segments)
        const placement = placeAnchor(anchor, text)
        const { state } = placement
        if (state === 'exact' || state === 'moved') expect(wordsOf(text, placement)).toBe(anchor.quote)
        if (state === 'exact') expect(distance(text, anchor, placement)).toBeLessThanOrEqual(2)
        if (state === 'lost') expect(placement.span).toBeNull()
        else expect(distance(text, anchor, placement)).toBeLessThanOrEqual(REACH)
      }),
      runs,
    )
  })

  it('a quote is found exactly, where it is, when lines are only joined or split, and moved at most when both', () => {
    const joins = place.map(joined)
    const splits = fc.tuple(place, place).map(([at, word]) => split(at, word))
    const all = (some: fc.Arbitrary<Change>) =>
      fc.array(some).map(
        (each): Change =>
          (segments) =>
            each.reduce((text, one) => one(text), segments),
      )
    const states = (how: fc.Arbitrary<Change>, allowed: Placement['state'][]) =>
      fc.assert(
        fc.property(quoted(unique), how, ({ segments, anchor }, cut) => {
          const text = renamed(cut(segments))
          const placement = placeAnchor(anchor, text)
          expect(allowed).toContain(placement.state)
          expect(wordsOf(text, placement)).toBe(anchor.quote)
        }),
        runs,
      )
    states(all(joins), ['exact'])
    states(all(splits), ['exact'])
    states(all(fc.oneof(joins, splits)), ['exact', 'moved'])
  })

  it('unchanged words are found when all comes up to 90 seconds sooner or later, and lost when it is more', () => {
    fc.assert(
      fc.property(quoted(unique), fc.integer({ min: -99, max: 260 }), ({ segments, anchor }, by) => {
        const text = shifted(by)(segments)
        const placement = placeAnchor(anchor, text)
        if (Math.abs(by) <= REACH) {
          expect(placement.state).toBe(Math.abs(by) <= 2 ? 'exact' : 'moved')
          expect(wordsOf(text, placement)).toBe(anchor.quote)
        }
        // Longer than reach and quote together: there is nothing of it near its moment any more.
        if (Math.abs(by) > REACH + 80) expect(placement.state).toBe('lost')
      }),
      runs,
    )
    fc.assert(
      fc.property(quoted(common), fc.integer({ min: -90, max: 90 }), ({ segments, anchor }, by) => {
        expect(placeAnchor(anchor, shifted(by)(segments)).state).not.toBe('lost')
      }),
      runs,
    )
  })

  it('the same words elsewhere are never taken silently, and beyond reach not at all', () => {
    fc.assert(
      fc.property(quoted(unique), fc.nat(17), fc.boolean(), ({ segments, anchor, at }, other, far) => {
        const elsewhere = other % segments.length
        fc.pre(Math.abs(elsewhere - at) > 2)
        const text = segments.map((line, index): Segment => {
          if (Math.abs(index - at) <= 1) return { ...line, text: `Here is said something else, ${index}.` }
          if (index !== elsewhere) return line
          const [begin, ...rest] = line.text.split(' ')
          const start = far ? (line.start ?? 0) + 1_000 : line.start
          return { ...line, start, end: null, text: `${begin} and ${anchor.quote} or ${rest.join(' ')}` }
        })
        const placement = placeAnchor(anchor, text)
        expect(['uncertain', 'lost']).toContain(placement.state)
        if (far && elsewhere > at) expect(placement.state).toBe('lost')
      }),
      runs,
    )
  })

  it('of two places with the same words and the same surroundings none is taken when neither is at its moment', () => {
    fc.assert(
      fc.property(quoted(unique), fc.integer({ min: 10, max: 40 }), ({ segments, anchor }, by) => {
        const text = [...shifted(-by)(segments), ...shifted(by)(segments)]
        expect(['uncertain', 'lost']).toContain(placeAnchor(anchor, text).state)
      }),
      runs,
    )
  })

  it('whoever speaks may be called otherwise: nothing moves', () => {
    fc.assert(
      fc.property(quoted(common), ({ segments, anchor }) => {
        expect(placeAnchor(anchor, renamed(segments))).toEqual(placeAnchor(anchor, segments))
      }),
      runs,
    )
  })
})
