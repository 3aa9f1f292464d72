import { expect, it } from 'vitest'
import { count, lengthInWords, speakersOf, wordCount } from './words.ts'

it('says lengths the way people do', () => {
  expect([12, 1860, 3600, 3723].map(lengthInWords)).toEqual(['1 min', '31 min', '1 h', '1 h 2 min'])
})

it('counts in words', () => {
  expect(count(1, 'chapter')).toBe('1 chapter')
  expect(count(5331, 'word')).toBe('5,331 words')
  expect(wordCount(['Hello  there,', '', 'you'])).toBe(3)
})

it('says who speaks how often, and counts what nobody is named for', () => {
  const said = (speaker: string | null) => ({ start: null, end: null, speaker, text: 'x' })
  expect(speakersOf([said('Ann'), said(null), said('Ben'), said('Ben')])).toEqual([
    { name: 'Ben', times: 2 },
    { name: 'Ann', times: 1 },
    { name: null, times: 1 },
  ])
})
