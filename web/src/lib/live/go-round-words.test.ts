import { expect, it } from 'vitest'
import { placeInWords } from './go-round-words.ts'

const place = {
  me: 'Ada',
  waiting: ['Ada', 'Ben', 'Cleo'],
  speaking: undefined,
  isMyTurn: false,
  isNew: true,
  isOver: false,
  had: false,
  aside: null,
  isIn: true,
  nameOf: (id: string) => id,
}

it('L31: everybody reads where they are in the go-round', () => {
  expect(placeInWords(place)).toBe('You begin.')
  expect(placeInWords({ ...place, isNew: false })).toBe('It is your turn.')
  expect(placeInWords({ ...place, speaking: 'Dan' })).toBe('You are next, after Dan.')
  expect(placeInWords({ ...place, me: 'Ben' })).toBe('You come after Ada.')
  expect(placeInWords({ ...place, me: 'Cleo' })).toBe('You are 3rd from now, after Ben.')
  expect(placeInWords({ ...place, speaking: 'Ada', isMyTurn: true })).toBe('You have the floor.')
  expect(placeInWords({ ...place, me: 'Eve', had: true })).toBe('You have spoken. Now you listen.')
  expect(placeInWords({ ...place, me: 'Eve', aside: 'passed' })).toBe('You passed.')
  expect(placeInWords({ ...place, me: 'Eve', aside: 'skipped' })).toBe('You were passed over for now.')
  expect(placeInWords({ ...place, waiting: [], had: true, isOver: true })).toBe('Everybody had a turn.')
  expect(placeInWords({ ...place, waiting: [], isIn: false })).toBe('You listen.')
})

it('L31: whoever speaks in between, about something else, reads where their own turn is', () => {
  const between = { ...place, isNew: false, speaking: 'Ada' }
  expect(placeInWords(between)).toBe('Your own turn comes next.')
  expect(placeInWords({ ...between, waiting: ['Ben', 'Ada'] })).toBe('You come after Ben.')
  expect(placeInWords({ ...between, waiting: ['Ben'], had: true })).toBe('You have had your turn.')
})
