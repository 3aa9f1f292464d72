import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anchorFromSelection } from './anchors.ts'
import { chapterChanges, differenceOf, placeChanges } from './difference.ts'
import type { Segment } from './episodes.ts'

const said = (start: number, text: string, speaker = 'Guest'): Segment => ({
  start,
  end: null,
  speaker,
  text,
})
const talk: Segment[] = [
  said(0, 'Welcome.', 'Host'),
  said(10, 'The team kept waiting for me.'),
  said(20, 'Yes.', 'Host'),
  said(30, 'So I wrote one rule on a card.'),
  said(40, 'Yes.', 'Host'),
]

it('finds nothing to change between a transcript and itself', () => {
  expect(differenceOf(talk, talk)).toEqual({ same: 5, shifted: 0, changed: [] })
  expect(differenceOf([], [])).toEqual({ same: 0, shifted: 0, changed: [] })
})

it('says what is corrected, new and gone, in reading order, and what only comes later', () => {
  const corrected = said(52, 'The team waited for me.')
  const added = said(90, 'Goodbye.', 'Host')
  const later: Segment[] = talk.map((one) => ({ ...one, start: (one.start ?? 0) + 42 }))
  const ad = said(0, 'Buy this.', 'Ad')
  expect(differenceOf(talk, [ad, ...later.with(1, corrected).slice(0, 4), added])).toEqual({
    same: 3,
    shifted: 3,
    changed: [
      { before: null, after: ad },
      { before: talk[1], after: corrected },
      { before: talk[4], after: added },
    ],
  })
})

it('accounts for every passage, whatever the two transcripts are', () => {
  const transcript = fc
    .array(fc.constantFrom('yes', 'no', 'one', 'two', 'three', 'four', 'five', 'six'), { maxLength: 30 })
    .map((texts) => texts.map((text, index) => said(index, text)))
  fc.assert(
    fc.property(transcript, transcript, (before, after) => {
      const { same, changed } = differenceOf(before, after)
      const texts = (list: (Segment | null)[]) => list.flatMap((one) => (one ? [one.text] : []))
      expect(same + texts(changed.map((one) => one.before)).length).toBe(before.length)
      expect(same + texts(changed.map((one) => one.after)).length).toBe(after.length)
      expect(changed.every((one) => one.before !== null || one.after !== null)).toBe(true)
    }),
  )
})

it('takes a moment for the longest transcripts', () => {
  const long = Array.from({ length: 100_000 }, (_, index) =>
    said(index, index % 3 ? `Passage ${index}` : 'Yes.'),
  )
  const other = long.map((one, index) => (index % 10 ? one : { ...one, text: `Corrected ${index}` }))
  const started = performance.now()
  expect(differenceOf(long, other).same).toBe(90_000)
  expect(performance.now() - started).toBeLessThan(3_000)
})

it('says which threads keep their words, and which move, become uncertain or are lost', () => {
  const select = (segment: number, from: number, to: number) =>
    anchorFromSelection(
      { segments: talk, chapters: [] },
      { segment, offset: from },
      { segment, offset: to },
    ) ?? expect.fail('no words')
  const threads = [
    { id: 'kept', anchor: select(3, 0, 18) },
    { id: 'corrected', anchor: select(1, 0, 28) },
    { id: 'gone', anchor: select(0, 0, 8) },
  ]
  const after = [said(10, 'The team kept waiting for us.'), said(30, 'So I wrote one rule on a card.')]
  expect(
    placeChanges(threads, talk, after).map(({ thread, before, after }) => [thread.id, before, after]),
  ).toEqual([
    ['kept', 'exact', 'exact'],
    ['corrected', 'exact', 'uncertain'],
    ['gone', 'exact', 'lost'],
  ])
})

it('knows chapters by start and title', () => {
  const [a, b, c] = [
    { start: 0, title: 'Hello' },
    { start: 60, title: 'Asking' },
    { start: 61, title: 'Asking' },
  ]
  expect(chapterChanges([a, b], [a, c])).toEqual({ added: [c], gone: [b] })
})
