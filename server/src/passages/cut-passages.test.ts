import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Segment } from '#shared/episodes.ts'
import { cutText, cutTranscript } from './cut-passages.ts'

const said = (text: string, speaker: string | null = 'Ada', start = 0): Segment => ({
  start,
  end: null,
  speaker,
  text,
})

describe('a transcript', () => {
  it('is read in passages of one speaker, so a phrase is found across its captions', () => {
    const captions = ['So we lead', 'without any', 'authority.'].map((text, at) => said(text, 'Ada', at * 3))
    expect(cutTranscript([...captions, said('Really?', 'Ben', 9)])).toEqual([
      {
        first: 0,
        last: 2,
        from: null,
        to: null,
        start: 0,
        speaker: 'Ada',
        text: 'So we lead without any authority.',
      },
      { first: 3, last: 3, from: null, to: null, start: 9, speaker: 'Ben', text: 'Really?' },
    ])
  })

  it('ends a passage with the sentence, once it is long enough', () => {
    const cuts = cutTranscript(
      Array.from({ length: 40 }, () => said('Ten words are what this one sentence has in it.')),
    )
    expect(cuts.length).toBeGreaterThan(3)
    for (const { text } of cuts) expect(text).toMatch(/\.$/)
  })

  it('loses no word, whatever it looks like', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.string({ minLength: 1_500, maxLength: 4_000 }),
    )
    const speaker = fc.option(fc.constantFrom('Ada', 'Ben'))
    fc.assert(
      fc.property(fc.array(fc.tuple(text, speaker), { maxLength: 12 }), (lines) => {
        const cuts = cutTranscript(lines.map(([words, name]) => said(words, name)))
        expect(
          cuts
            .map((cut) => cut.text)
            .join('')
            .replaceAll(' ', ''),
        ).toBe(
          lines
            .map(([words]) => words)
            .join('')
            .replaceAll(' ', ''),
        )
      }),
    )
  })
})

describe('a long text', () => {
  it('is cut without a gap, by characters as PostgreSQL counts them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '.', '\n', '😀', '東'), maxLength: 5_000 }),
        (text) => {
          const characters = Array.from(text)
          const cuts = cutText(text)
          expect(cuts.map((cut) => cut.text).join('')).toBe(text)
          for (const { from, to, text: piece } of cuts)
            expect(characters.slice(from, to).join('')).toBe(piece)
        },
      ),
    )
  })
})
