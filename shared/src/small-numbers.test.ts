import { assert, array, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { FEWEST_PEOPLE, leaveOutSmall, type Count } from './small-numbers.ts'

/** Rows of so many different people each. */
const rowsOf = (numbers: readonly number[]): Count[] =>
  numbers.map((number, row) => ({
    number,
    people: Array.from({ length: number }, (_, index) => `${row}-${index}`),
  }))
const told = (numbers: readonly number[]) => leaveOutSmall(rowsOf(numbers))

it('tells what is about enough people, and what is about nobody', () => {
  expect(told([])).toEqual({ rows: [], total: 0 })
  expect(told([0, 7, 5])).toEqual({ rows: [0, 7, 5], total: 12 })
})

it('leaves out a small number, and another one when the total would give it away', () => {
  expect(told([8, 3, 9])).toEqual({ rows: [null, null, 9], total: 20 })
  expect(told([3, 3, 9])).toEqual({ rows: [null, null, 9], total: 15 })
  expect(told([9, 2, 2])).toEqual({ rows: [null, null, null], total: 13 })
  expect(told([3])).toEqual({ rows: [null], total: null })
  expect(told([2, 2])).toEqual({ rows: [null, null], total: null })
  expect(told([0, 3])).toEqual({ rows: [0, null], total: null })
})

it('goes by different people, not by how often they were there', () => {
  const people = ['a', 'b', 'c', 'd']
  // Four people who came five times each, in both of two groups: never more than four.
  const same = { number: 20, people }
  expect(leaveOutSmall([same, same])).toEqual({ rows: [null, null], total: null })
  const many = { number: 30, people: ['e', 'f', 'g', 'h', 'i', 'j'] }
  expect(leaveOutSmall([same, same, many])).toEqual({ rows: [null, null, null], total: 70 })
})

it('H2: no number about too few people is told', () => {
  assert(
    property(array(integer({ min: 0, max: 20 }), { maxLength: 8 }), (numbers) => {
      const { rows, total } = told(numbers)
      for (const one of [...rows, total]) expect(one === null || one === 0 || one >= FEWEST_PEOPLE).toBe(true)
      expect(rows).toEqual(numbers.map((number, row) => (rows[row] === null ? null : number)))
    }),
  )
})

it('H2: what the total adds to the rows that are told is about enough people, of two groups at least', () => {
  const row = array(integer({ min: 0, max: 15 }).map(String), { maxLength: 12 })
  assert(
    property(array(row, { maxLength: 8 }), (lists) => {
      const counts = lists.map((people) => ({ number: people.length, people: [...new Set(people)] }))
      const { rows, total } = leaveOutSmall(counts)
      const left = counts.filter((_, index) => rows[index] === null)
      if (total === null || left.length === 0) return
      expect(left.length).toBeGreaterThanOrEqual(2)
      expect(new Set(left.flatMap(({ people }) => people)).size).toBeGreaterThanOrEqual(FEWEST_PEOPLE)
    }),
  )
})

/** Every other table that somebody who knows this rule could have in front of them. */
function* consistent(shown: ReturnType<typeof told>, row = 0, so: number[] = []): Generator<number[]> {
  const { rows, total } = shown
  const sum = so.reduce((all, one) => all + one, 0)
  if (total !== null && sum > total) return
  if (row === rows.length) {
    if (JSON.stringify(told(so)) === JSON.stringify(shown)) yield so
    return
  }
  const known = rows[row]
  const most = total ?? 2 * FEWEST_PEOPLE
  for (let guess = known ?? 0; guess <= (known ?? most); guess += 1)
    yield* consistent(shown, row + 1, [...so, guess])
}

it('H2: whoever knows the rule, and sees all that is told, can work out no number that is left out', () => {
  assert(
    property(array(integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), (numbers) => {
      const shown = told(numbers)
      const open = new Map(
        shown.rows.flatMap((one, row) => (one === null ? [[row, new Set<number>()] as const] : [])),
      )
      for (const guess of consistent(shown)) {
        for (const [row, values] of open) values.add(guess[row] ?? 0)
        if ([...open.values()].every(({ size }) => size >= 2)) return
      }
      expect(
        [...open.values()].every(({ size }) => size >= 2),
        String(numbers),
      ).toBe(true)
    }),
    { numRuns: 300 },
  )
})
