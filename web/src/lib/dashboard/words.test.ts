import { expect, it } from 'vitest'
import { attendanceInWords, programmeSegments, promiseSegments, promisesInWords } from './words.ts'

const at = (people: number, expected = false) => ({
  id: String(people),
  title: '',
  startsAt: '2026-11-24T16:30:00Z',
  people,
  expected,
})

it('says attendance in a line', () => {
  expect(attendanceInWords([at(8), at(7), at(6, true)], 8)).toBe('8, 7 of 8 came; 6 expected next.')
  expect(attendanceInWords([at(8)], 9)).toBe('8 of 9 came.')
  expect(attendanceInWords([at(3, true)], 4)).toBe('3 expected at the first session.')
  expect(attendanceInWords([], 4)).toBe('')
})

const counts = { done: 5, partly: 0, open: 2, letGo: 1, averageDays: 9.2 }

it('says what was promised and done', () => {
  expect(promisesInWords(counts)).toBe('5 done, 2 open, 1 let go. Average 9 days.')
  expect(promisesInWords({ ...counts, partly: 1, letGo: 0, averageDays: 0.2 })).toBe(
    '5 done, 1 partly, 2 open. Done within a day on average.',
  )
  expect(promiseSegments(counts)).toEqual([...Array<string>(5).fill('done'), 'now', 'now', 'none'])
  const many = promiseSegments({ ...counts, done: 200, open: 1, letGo: 0 })
  expect(many.length).toBeLessThanOrEqual(17)
  expect(many.at(-1)).toBe('now')
})

it('draws the way through the programme', () => {
  const programme = { id: 'p', title: 'P', steps: 4, done: 1, current: 1, following: null }
  expect(programmeSegments(programme)).toEqual(['done', 'now', 'none', 'none'])
  expect(programmeSegments({ ...programme, current: null })).toEqual(['done', 'none', 'none', 'none'])
})
