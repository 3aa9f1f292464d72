import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anchorFromMoment,
  anchorFromSelection,
  placeAnchor,
  segmentAt,
  type Placement,
  type Point,
} from './anchors.ts'
import type { Segment } from './episodes.ts'
import { CONTEXT, LONGEST_QUOTE, type Anchor } from './threads.ts'

const segment = (start: number | null, text: string, speaker: string | null = 'Guest'): Segment => ({
  start,
  end: null,
  speaker,
  text,
})
const talk = [
  segment(658, 'The first month was the hardest. I kept answering, and the team kept waiting for me.'),
  segment(691, 'What changed?', 'Host'),
  segment(694, 'I wrote one rule on a card: I may only ask until somebody else has answered twice.'),
  segment(722, 'So the silence was the work.', 'Host'),
]
const chapters = [
  { start: 0, title: 'Hello' },
  { start: 658, title: 'From solving to asking' },
]

/** The words of a placement, as the transcript has them. */
const wordsOf = (segments: readonly Segment[], { span }: Placement) =>
  span &&
  segments
    .slice(span.from.segment, span.to.segment + 1)
    .map(({ text }, index, all) =>
      text.slice(index === 0 ? span.from.offset : 0, index === all.length - 1 ? span.to.offset : undefined),
    )
    .join(' ')

const select = (segments: readonly Segment[], quote: string): Anchor => {
  const index = segments.findIndex(({ text }) => text.includes(quote))
  const offset = segments[index]?.text.indexOf(quote) ?? 0
  const anchor = anchorFromSelection(
    { segments, chapters },
    { segment: index, offset },
    { segment: index, offset: offset + quote.length },
  )
  return anchor ?? expect.fail(`“${quote}” is not there`)
}

describe('a selection', () => {
  it('keeps the words, what stands around them, who said them and when', () => {
    expect(select(talk, 'until somebody else')).toEqual({
      quote: 'until somebody else',
      prefix: 'one rule on a card: I may only ask '.slice(-CONTEXT),
      suffix: ' has answered twice. So the silence was'.slice(0, CONTEXT),
      speaker: 'Guest',
      start: 694,
      end: 722,
      chapter: 658,
    })
  })

  it('may begin at its end and run over several segments; spaces around it are left out', () => {
    const anchor = anchorFromSelection(
      { segments: talk, chapters },
      { segment: 2, offset: 2 },
      { segment: 0, offset: 75 },
    )
    expect(anchor).toMatchObject({ quote: 'g for me. What changed? I', start: 658, end: 722 })
  })

  it('is nothing when there are no words in it', () => {
    const at = { segment: 1, offset: 4 }
    expect(anchorFromSelection({ segments: talk, chapters }, at, { segment: 1, offset: 5 })).toBeNull()
    expect(anchorFromSelection({ segments: talk, chapters }, at, at)).toBeNull()
  })

  it('is cut at the longest quote, never in the middle of a character', () => {
    const long = [segment(0, `${'x'.repeat(LONGEST_QUOTE - 1)}😀 and more`)]
    const anchor = anchorFromSelection(
      { segments: long, chapters: [] },
      { segment: 0, offset: 0 },
      { segment: 0, offset: 9_999 },
    )
    expect(anchor?.quote).toBe('x'.repeat(LONGEST_QUOTE - 1))
  })
})

describe('a quote', () => {
  it('is found again where it was', () => {
    const placement = placeAnchor(select(talk, 'the team kept waiting for me'), talk)
    expect(placement).toMatchObject({ state: 'exact', segment: 0 })
    expect(wordsOf(talk, placement)).toBe('the team kept waiting for me')
  })

  it('stays exact when only its surroundings were corrected', () => {
    const corrected = talk.with(
      0,
      segment(658, 'My first year was hard: the team kept waiting for me, always.'),
    )
    expect(placeAnchor(select(talk, 'the team kept waiting for me'), corrected).state).toBe('exact')
  })

  it('has moved when an advertisement was put in before it', () => {
    const later = [
      segment(600, 'Buy this.', 'Ad'),
      ...talk.map((one) => ({ ...one, start: (one.start ?? 0) + 42 })),
    ]
    const placement = placeAnchor(select(talk, 'I may only ask'), later)
    expect(placement).toMatchObject({ state: 'moved', segment: 3 })
  })

  it('is lost, not guessed, when it moved further than we look', () => {
    const muchLater = talk.map((one) => ({ ...one, start: (one.start ?? 0) + 400 }))
    expect(placeAnchor(select(talk, 'I may only ask'), muchLater)).toMatchObject({
      state: 'lost',
      span: null,
    })
  })

  it('is uncertain when its words were corrected', () => {
    const corrected = talk.with(
      2,
      segment(694, 'I wrote one rule on a card: I may only ask till somebody has answered.'),
    )
    const placement = placeAnchor(select(talk, 'I may only ask until somebody'), corrected)
    expect(placement.state).toBe('uncertain')
    expect(wordsOf(corrected, placement)).toBe('I may only ask till somebody')
  })

  it('is lost when other words stand in its place', () => {
    const other = talk.with(
      2,
      segment(694, 'Nothing of the kind was ever said by anybody in that room at all.'),
    )
    expect(placeAnchor(select(talk, 'I may only ask until somebody'), other)).toEqual({
      state: 'lost',
      segment: 2,
      span: null,
    })
  })

  it('of a few common words is told from its lookalikes by what stands around', () => {
    const many = [segment(10, 'Yes. I said yes. She said yes to me. Yes.')]
    const anchor =
      anchorFromSelection(
        { segments: many, chapters },
        { segment: 0, offset: 26 },
        { segment: 0, offset: 29 },
      ) ?? expect.fail('no anchor')
    expect(placeAnchor(anchor, many).span?.from).toEqual({ segment: 0, offset: 26 })
    const rewritten = [
      segment(10, 'Whoever asked her got the same answer, and it was yes every single time.'),
    ]
    expect(placeAnchor(anchor, rewritten).state).toBe('uncertain')
    expect(placeAnchor(anchor, [segment(60, rewritten[0]?.text ?? '')]).state).toBe('lost')
  })

  it('is found in a transcript without times', () => {
    const untimed = talk.map((one) => ({ ...one, start: null }))
    expect(placeAnchor(select(untimed, 'the silence was'), untimed)).toMatchObject({
      state: 'exact',
      segment: 3,
    })
  })

  it('has no place where there is no transcript', () => {
    expect(placeAnchor(select(talk, 'the silence was'), [])).toEqual({
      state: 'lost',
      segment: null,
      span: null,
    })
  })
})

it('stands beside the segment that is heard, when a moment is meant', () => {
  const anchor = anchorFromMoment({ segments: talk, chapters }, 700)
  expect(anchor).toMatchObject({ quote: '', start: 700, chapter: 658, speaker: 'Guest' })
  expect(placeAnchor(anchor, talk)).toEqual({ state: 'exact', segment: 2, span: null })
  expect(segmentAt(talk, 1)).toBe(0)
  expect(segmentAt([], 1)).toBeNull()
})

const words = fc.array(
  fc.constantFrom('the', 'team', 'yes', 'asked', 'twice', 'naïve', '😀', 'silence', 'work,', 'I', 'a.'),
  { minLength: 1, maxLength: 12 },
)
const transcript = fc
  .array(words, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((each, index) => segment(index * 15, each.join(' '))))
const selection = transcript.chain((segments) => {
  const point = fc
    .nat(segments.length - 1)
    .chain((index): fc.Arbitrary<Point> =>
      fc.nat(segments[index]?.text.length ?? 0).map((offset) => ({ segment: index, offset })),
    )
  return fc.record({ segments: fc.constant(segments), one: point, other: point })
})
/** The same talk, transcribed by somebody else: other words, cut elsewhere, at other times. */
const perturbed = fc.record({
  shift: fc.integer({ min: -120, max: 120 }),
  dropped: fc.nat(12),
  replaced: fc.nat(12),
  by: words,
})

describe('whatever is selected', () => {
  it('is found exactly, in the same place, in the same transcript', () => {
    fc.assert(
      fc.property(selection, ({ segments, one, other }) => {
        const anchor = anchorFromSelection({ segments, chapters }, one, other)
        if (!anchor) return
        expect(anchor.prefix.length).toBeLessThanOrEqual(CONTEXT)
        expect(anchor.suffix.length).toBeLessThanOrEqual(CONTEXT)
        expect(anchor.prefix.isWellFormed() && anchor.suffix.isWellFormed()).toBe(true)
        const placement = placeAnchor(anchor, segments)
        expect(['exact', 'uncertain']).toContain(placement.state)
        expect(wordsOf(segments, placement)).toBe(anchor.quote)
      }),
    )
  })

  it('is never called exact or moved where the words differ', () => {
    fc.assert(
      fc.property(selection, perturbed, ({ segments, one, other }, { shift, dropped, replaced, by }) => {
        const anchor = anchorFromSelection({ segments, chapters }, one, other)
        if (!anchor) return
        const changed = segments
          .map((each, index) => (index === replaced ? { ...each, text: by.join(' ') } : each))
          .filter((_each, index) => index !== dropped)
          .map((each) => ({ ...each, start: Math.max(0, (each.start ?? 0) + shift) }))
        const placement = placeAnchor(anchor, changed)
        const found = wordsOf(changed, placement)
        if (placement.state === 'exact' || placement.state === 'moved') expect(found).toBe(anchor.quote)
        if (placement.state === 'lost') expect(found).toBeNull()
      }),
    )
  })
})
