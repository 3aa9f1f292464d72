import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wordDifference } from './word-difference.ts'

const text = fc
  .array(
    fc.constantFrom(
      'the',
      'team',
      'waited',
      'for',
      'me',
      ',',
      '.',
      ' ',
      '  ',
      '\n',
      'é',
      'e\u0301',
      '@{',
      '🙂',
    ),
  )
  .map((words) => words.join(''))
const without = (kind: 'before' | 'after', before: string, after: string) =>
  wordDifference(before, after)
    .filter((stretch) => stretch.kind !== kind)
    .map(({ words }) => words)
    .join('')

it('holds both wordings, every character of them', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), fc.oneof(text, fc.string()), (before, after) => {
      expect(without('after', before, after)).toBe(before)
      expect(without('before', before, after)).toBe(after)
    }),
    { numRuns: 500 },
  )
})

it('reads as runs of words that were changed', () => {
  expect(wordDifference('Tried it on Monday.', 'Tried it twice on Tuesday.')).toEqual([
    { kind: 'same', words: 'Tried it ' },
    { kind: 'after', words: 'twice ' },
    { kind: 'same', words: 'on ' },
    { kind: 'before', words: 'Monday' },
    { kind: 'after', words: 'Tuesday' },
    { kind: 'same', words: '.' },
  ])
  expect(wordDifference('one two three', 'four five six')).toEqual([
    { kind: 'before', words: 'one two three' },
    { kind: 'after', words: 'four five six' },
  ])
  expect(wordDifference('same', 'same')).toEqual([{ kind: 'same', words: 'same' }])
  expect(wordDifference('', 'new')).toEqual([{ kind: 'after', words: 'new' }])
})

it('takes the longest post', () => {
  const [before, after] = ['a '.repeat(4_000), 'b '.repeat(4_000)]
  expect(without('after', before, after)).toBe(before)
  expect(without('before', before, after)).toBe(after)
})
