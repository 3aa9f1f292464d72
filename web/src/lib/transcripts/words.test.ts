import { expect, it } from 'vitest'
import type { Segment } from '#shared/episodes.ts'
import { deedInWords, exactTime, readTime } from './words.ts'

it('writes times so that they are read as they are, to the thousandth', () => {
  for (const seconds of [0, 0.86, 59.999, 754, 754.5, 3_661.123])
    expect(readTime(exactTime(seconds))).toBe(seconds)
  expect(exactTime(754.5)).toBe('12:34.5')
  expect(exactTime(null)).toBe('')
  expect(readTime(' 12:34,5 ')).toBe(754.5)
  expect(readTime('')).toBeNull()
  expect(readTime('soon')).toBeUndefined()
})

it('says what somebody did', () => {
  const line: Segment = { start: 754, end: null, speaker: 'Host', text: 'Hello.' }
  const change = (after: Partial<Segment>) => ({
    kind: 'line' as const,
    undoes: null,
    record: { kind: 'line' as const, segment: 0, before: [line], after: [{ ...line, ...after }] },
  })
  expect(deedInWords(change({ text: 'Hallo.' }))).toBe('corrected the words of a line at 12:34')
  expect(deedInWords(change({ text: 'Hallo.', start: 1, speaker: null }))).toBe(
    'corrected the words, the time and the speaker of a line at 12:34',
  )
  const named = {
    kind: 'speaker' as const,
    from: null,
    to: 'Ann',
    ranges: [[0, 0] as [number, number]],
    lines: 1,
  }
  expect(deedInWords({ kind: 'speaker', undoes: null, record: named })).toBe(
    'named the speaker of 1 line “Ann”',
  )
  expect(deedInWords({ kind: 'line', undoes: 3, record: null })).toBe('took change 3 back')
})
