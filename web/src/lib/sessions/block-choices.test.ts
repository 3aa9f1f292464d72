import { expect, it } from 'vitest'
import { optionsFor } from './block-choices.ts'

it('keeps what fits another kind of block, and forgets the rest', () => {
  expect(optionsFor('close', { anonymous: true, groupTogether: true, minutesEach: 2 })).toEqual({
    anonymous: true,
    minutesEach: 2,
  })
  expect(optionsFor('discuss', { votes: 3, confidence: true, byTopic: true })).toEqual({ byTopic: true })
  expect(optionsFor('vote', { goRound: true, closing: 'one-word', votes: 3 })).toEqual({ votes: 3 })
  expect(optionsFor('check-in', { goRound: true, lastTime: true })).toEqual({ goRound: true, lastTime: true })
  expect(optionsFor('close', { goRound: true, closing: 'one-word' })).toEqual({ closing: 'one-word' })
})
