import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrange } from './arrange.ts'
import { marksByParagraph, piecesOf, type Mark } from './marks.ts'

it('puts cards beside their lines, and below one another where lines are close', () => {
  expect(
    arrange([
      { wanted: 100, height: 50 },
      { wanted: 110, height: 50 },
      { wanted: 400, height: 50 },
    ]),
  ).toEqual([100, 164, 400])
})

it('keeps the card that is read at its line; the one before makes way', () => {
  const cards = [
    { wanted: 100, height: 50 },
    { wanted: 110, height: 50 },
  ]
  expect(arrange(cards, 0, 1)).toEqual([46, 110])
  expect(arrange(cards, 80, 1)).toEqual([80, 144])
})

it('never lays a card over another, nor above the first free line', () => {
  const card = fc.record({ wanted: fc.nat(2_000), height: fc.integer({ min: 10, max: 300 }) })
  fc.assert(
    fc.property(
      fc.array(card, { maxLength: 12 }),
      fc.nat(200),
      fc.integer({ min: -1, max: 11 }),
      (cards, first, reading) => {
        const inOrder = cards.toSorted((a, b) => a.wanted - b.wanted)
        const tops = arrange(inOrder, first, reading)
        tops.forEach((top, index) => {
          const before = index === 0 ? first : (tops[index - 1] ?? 0) + (inOrder[index - 1]?.height ?? 0)
          expect(top).toBeGreaterThanOrEqual(before)
        })
      },
    ),
  )
})

it('cuts a text where marks begin and end, and loses nothing of it', () => {
  const text = 'I may only ask until somebody else has answered twice.'
  const marks: Mark[] = [
    { id: 'a', kind: 'thread', from: 2, to: 14, uncertain: false, first: true },
    { id: 'b', kind: 'highlight', from: 10, to: 54, uncertain: true, first: true },
  ]
  const pieces = piecesOf(text, marks)
  expect(pieces.map((piece) => [piece.text, piece.marks.map(({ id }) => id).join()])).toEqual([
    ['I ', ''],
    ['may only', 'a'],
    [' ask', 'a,b'],
    [' until somebody else has answered twice.', 'b'],
  ])
  expect(piecesOf(text, [])).toEqual([{ from: 0, text, marks: [] }])
})

it('marks a quote in every paragraph that it runs over', () => {
  const segments = ['one two', 'three', 'four'].map((text) => ({ start: 0, end: 0, speaker: null, text }))
  const paragraphs = [
    { first: 0, last: 1, speaker: null, start: 0 },
    { first: 2, last: 2, speaker: null, start: 0 },
  ]
  const span = { from: { segment: 1, offset: 2 }, to: { segment: 2, offset: 2 } }
  const marks = marksByParagraph(
    [{ id: 'a', kind: 'thread', placement: { state: 'exact', segment: 2, span } }],
    paragraphs,
    segments,
  )
  expect([...marks].map(([first, [mark]]) => [first, mark?.from, mark?.to, mark?.first])).toEqual([
    [0, 10, 13, true],
    [2, 0, 2, false],
  ])
})
