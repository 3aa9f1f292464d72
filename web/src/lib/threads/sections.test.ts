import { expect, it } from 'vitest'
import type { Segment } from '#shared/episodes.ts'
import { inBlocks, paragraphAt, pointIn, sectionsOf, textOf } from './sections.ts'

const cue = (start: number | null, text: string, speaker: string | null = 'Ann'): Segment => ({
  start,
  end: start === null ? null : start + 1,
  speaker,
  text,
})
const said = (count: number) => Array.from({ length: count }, () => 'word').join(' ')
const ranges = (segments: Segment[], chapters: { start: number; title: string }[] = []) =>
  sectionsOf({ segments, chapters }).map(({ chapter, paragraphs }) => [
    chapter?.title ?? null,
    ...paragraphs.map(({ first, last }) => `${first}–${last}`),
  ])

it('joins cues of one speaker, and begins anew with another', () => {
  expect(ranges([cue(0, 'So'), cue(1, 'tell me.'), cue(2, 'Well,', 'Ben'), cue(3, 'it was', 'Ben')])).toEqual(
    [[null, '0–1', '2–3']],
  )
})

it('keeps paragraphs of a document as they are', () => {
  expect(ranges([cue(0, said(60)), cue(30, said(40)), cue(50, 'Yes.')])).toEqual([
    [null, '0–0', '1–1', '2–2'],
  ])
})

it('ends a long paragraph with its sentence, and at the latest after ninety words', () => {
  const ten = Array.from({ length: 12 }, (_, index) => cue(index, index === 5 ? `${said(9)} end.` : said(10)))
  expect(ranges(ten)).toEqual([[null, '0–5', '6–11']])
  const endless = Array.from({ length: 12 }, (_, index) => cue(index, said(10)))
  expect(ranges(endless)).toEqual([[null, '0–8', '9–11']])
})

it('begins a chapter where it begins, and shows chapters in which nothing is said', () => {
  const chapters = [
    { start: 0, title: 'Hello' },
    { start: 10, title: 'Music' },
    { start: 20, title: 'Talk' },
    { start: 90, title: 'Bye' },
  ]
  expect(ranges([cue(1, 'Hi.'), cue(25, 'So.'), cue(26, 'Here.')], chapters)).toEqual([
    ['Hello', '0–0'],
    ['Music'],
    ['Talk', '1–2'],
    ['Bye'],
  ])
})

it('goes on in the running chapter when times go backwards or are missing', () => {
  const chapters = [
    { start: 0, title: 'One' },
    { start: 10, title: 'Two' },
  ]
  const segments = [cue(1, 'a', 'x'), cue(12, 'b', 'y'), cue(5, 'c', 'x'), cue(null, 'd', 'y')]
  expect(ranges(segments, chapters)).toEqual([
    ['One', '0–0'],
    ['Two', '1–1', '2–2', '3–3'],
  ])
})

it('finds a position in the text of a paragraph again in its segments', () => {
  const segments = [cue(0, 'So tell'), cue(1, 'me more'), cue(2, 'please.')]
  const paragraph = paragraphAt(sectionsOf({ segments, chapters: [] }), 1) ?? expect.fail('no paragraph')
  expect(textOf(segments, paragraph)).toBe('So tell me more please.')
  expect(pointIn(segments, paragraph, 3)).toEqual({ segment: 0, offset: 3 })
  expect(pointIn(segments, paragraph, 8)).toEqual({ segment: 1, offset: 0 })
  expect(pointIn(segments, paragraph, 23)).toEqual({ segment: 2, offset: 7 })
})

it('puts paragraphs into blocks that end where a thread stands', () => {
  const [{ paragraphs } = { paragraphs: [] }] = sectionsOf({
    segments: Array.from({ length: 30 }, (_, index) => cue(index, 'word', index % 2 ? 'Ann' : 'Ben')),
    chapters: [],
  })
  expect(inBlocks(paragraphs, ({ first }) => first === 4).map((block) => block.length)).toEqual([
    5, 6, 6, 6, 6, 1,
  ])
})
