import { expect, it } from 'vitest'
import { listOf, minutesTaken, tookInWords } from './words.ts'

const times = (took: number | null, sessions = 5) => ({ key: 'a', title: 'A', minutes: 10, took, sessions })

it('K5: says how long a block took, and of how many sessions', () => {
  expect(tookInWords(times(14, 1))).toBe('This block took you 14 of 10 minutes, last time.')
  expect(tookInWords(times(14))).toBe(
    'This block took you 14 of 10 minutes, at the median of the last 5 sessions.',
  )
  expect(tookInWords(times(10, 2))).toMatch(/took you its 10 minutes/)
  expect(tookInWords(times(null, 0))).toBeUndefined()
})

it('K5: adds up what a session would take, when that is something else', () => {
  expect(minutesTaken([times(14), times(null)])).toBe(24)
  expect(minutesTaken([times(10), times(null)])).toBeUndefined()
})

it('reads a list from lines', () => {
  expect(listOf(' one \n\ntwo')).toEqual(['one', 'two'])
})
