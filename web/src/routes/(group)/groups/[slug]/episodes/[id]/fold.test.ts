import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sectionsOf } from '#lib/threads/sections.ts'
import { foldAfter, readOnTo } from './fold.ts'

const cue = (start: number | null, speaker: string) => ({ start, end: start, speaker, text: 'word' })
const chapters = [
  { start: 0, title: 'One' },
  { start: 100, title: 'Two' },
  { start: 200, title: 'Three' },
]
const segments = [cue(0, 'a'), cue(50, 'b'), cue(100, 'a'), cue(150, 'b'), cue(null, 'a'), cue(200, 'b')]
const fold = (reached: number) => {
  const { sections, next, chapters: folded } = foldAfter(sectionsOf({ segments, chapters }), reached)
  return [sections.flatMap(({ paragraphs }) => paragraphs.map(({ first }) => first)).join(), next, folded]
}

it('shows what was reached, and folds the rest', () => {
  expect(fold(0)).toEqual(['0', 50, 2])
  expect(fold(60)).toEqual(['0,1', 100, 2])
  expect(fold(100)).toEqual(['0,1,2', 150, 1])
  // Without a time of its own it stands with what was said before.
  expect(fold(150)).toEqual(['0,1,2,3,4', 200, 1])
  expect(fold(1000)).toEqual(['0,1,2,3,4,5', null, 0])
})

it('never shows more for having reached less, and reading on always leads on', () => {
  fc.assert(
    fc.property(fc.nat(260), fc.nat(260), (one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      const count = (reached: number) => String(fold(reached)[0]).length
      expect(count(less)).toBeLessThanOrEqual(count(more))
      const { next } = foldAfter(sectionsOf({ segments, chapters }), less)
      if (next !== null) expect(count(readOnTo(chapters, next, 260))).toBeGreaterThan(count(less))
    }),
  )
})
