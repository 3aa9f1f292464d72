import { expect, it } from 'vitest'
import { inMinutes, lengthInWords, minutesByCompany, optionsInWords, sizeInWords } from './words.ts'

it('says what a block asks for as somebody would say it', () => {
  expect(optionsInWords({ goRound: true, minutesEach: 1.5 })).toEqual(['Everybody in turn, 1½ minutes each'])
  expect(optionsInWords({ groupsOf: 3, minutesEach: 5, roles: ['buyer', 'seller', 'observer'] })).toEqual([
    'In threes, 5 minutes each',
    'Roles: buyer, seller, observer',
  ])
  expect(optionsInWords({ groupsOf: 5, votes: 1 })).toEqual(['In groups of 5', '1 dot each'])
  expect(optionsInWords({})).toEqual([])
  expect(optionsInWords({ goRound: true, stayHidden: true })).toEqual([
    'Everybody in turn',
    'What is written stays with its writer, there is no reveal',
  ])
  expect(optionsInWords({ goRound: true, closing: 'one-word' })).toEqual(['One word each'])
  expect(optionsInWords({ lastTime: true })).toEqual(['What was promised last time stands on every screen'])
})

it('writes short times in seconds', () => {
  expect([0.25, 0.5, 1, 2.5, 12].map(inMinutes)).toEqual([
    '15 seconds',
    '30 seconds',
    '1 minute',
    '2½ minutes',
    '12 minutes',
  ])
})

it('adds up whom people are with', () => {
  const block = { title: 'x', prompt: 'x', notes: 'x' }
  expect(
    minutesByCompany([
      { ...block, kind: 'welcome', minutes: 5 },
      { ...block, kind: 'write', minutes: 4 },
      { ...block, kind: 'pairs', minutes: 10 },
      { ...block, kind: 'close', minutes: 3 },
    ]),
  ).toEqual([
    { company: 'together', words: '8 minutes all together' },
    { company: 'small', words: '10 minutes in small groups' },
    { company: 'alone', words: '4 minutes alone' },
  ])
})

it('gives sizes and lengths in words', () => {
  expect(sizeInWords({ least: 4, best: 8, most: 12 })).toBe('4 to 12 people, best with 8')
  expect(sizeInWords({ least: 3, best: 3, most: 3 })).toBe('3 people')
  expect(lengthInWords({ sessions: 8, rhythm: 'fortnightly', openEnded: false })).toBe(
    '8 sessions, every two weeks: about 3 months',
  )
  expect(lengthInWords({ sessions: 4, rhythm: 'weekly', openEnded: false })).toBe(
    '4 sessions, every week: about 4 weeks',
  )
  expect(lengthInWords({ sessions: 2, rhythm: 'fortnightly', openEnded: true })).toBe(
    'Meets every two weeks, for as long as you like',
  )
})
