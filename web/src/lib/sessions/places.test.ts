import { expect, it } from 'vitest'
import { answersFor, placesInWords, standingInWords } from './places.ts'

const now = new Date('2026-11-22T09:00:00Z')
const standing = (mine: Parameters<typeof standingInWords>[0]) => standingInWords(mine, 'Europe/Berlin', now)

it('says how many places are taken, and that people wait', () => {
  const some = { capacity: 8, coming: 5, offered: 1, waiting: 0 }
  expect(placesInWords({ ...some, capacity: null })).toBe('')
  expect(placesInWords(some)).toBe('6 of 8 places are taken')
  expect(placesInWords({ ...some, coming: 7, waiting: 2 })).toBe('All 8 places are taken; 2 people wait')
  expect(placesInWords({ capacity: 1, coming: 1, offered: 0, waiting: 1 })).toBe(
    'The one place is taken; one person waits',
  )
})

it('says where somebody stands', () => {
  expect(standing({ mine: null, offerEndsAt: null, ahead: null })).toBe('')
  expect(standing({ mine: 'waiting', offerEndsAt: null, ahead: 0 })).toContain('You are next in the line.')
  expect(standing({ mine: 'waiting', offerEndsAt: null, ahead: 3 })).toContain('3 people are before you.')
  expect(standing({ mine: 'offered', offerEndsAt: '2026-11-23T09:00:00Z', ahead: null })).toContain(
    'until Mon 23 Nov, 10:00, tomorrow',
  )
})

it('asks what somebody can answer', () => {
  expect(answersFor(null, false).yes).toBe('I’m coming')
  expect(answersFor(null, true).yes).toBe('Wait for a place')
  expect(answersFor('offered', true)).toEqual({ yes: 'Take the place', no: 'Let it go on' })
  expect(answersFor(null, false, true)).toEqual({ yes: 'I take part', no: 'I can’t' })
})
