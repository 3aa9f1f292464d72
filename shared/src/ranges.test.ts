import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  countUnread,
  firstUnread,
  includes,
  rangesOf,
  size,
  union,
  upTo,
  without,
  type Ranges,
} from './ranges.ts'

const LARGEST = 60
const number = fc.integer({ min: 1, max: LARGEST })
/** As somebody may send them: in any order, over each other, touching, also the wrong way round. */
const ranges: fc.Arbitrary<Ranges> = fc.array(fc.tuple(number, number), { maxLength: 12 })
const numbersIn = (some: Ranges): Set<number> =>
  new Set(
    Array.from({ length: LARGEST }, (_, index) => index + 1).filter((one) =>
      some.some(([from, to]) => from <= one && one <= to),
    ),
  )
const isTidy = (some: Ranges) =>
  some.every(([from, to], at) => from <= to && (at === 0 || from > (some[at - 1]?.[1] ?? 0) + 1))

it('a union is what is in either, in order, apart and never touching', () => {
  fc.assert(
    fc.property(ranges, ranges, (one, other) => {
      const both = union(one, other)
      expect(isTidy(both)).toBe(true)
      expect(numbersIn(both)).toEqual(numbersIn(one).union(numbersIn(other)))
    }),
  )
})

it('the same numbers are the same ranges, in whatever order and however often they came', () => {
  fc.assert(
    fc.property(ranges, ranges, ranges, (a, b, c) => {
      expect(union(union(c, a), union(b, a))).toEqual(union(a, b, c))
      expect(rangesOf([...numbersIn(a)])).toEqual(union(a))
    }),
  )
})

it('what is taken out is gone, and nothing else', () => {
  fc.assert(
    fc.property(ranges, ranges, (one, taken) => {
      const left = without(one, taken)
      expect(isTidy(left)).toBe(true)
      expect(numbersIn(left)).toEqual(numbersIn(one).difference(numbersIn(taken)))
    }),
  )
})

it('counts and finds the first unread as somebody would with a finger on the page', () => {
  fc.assert(
    fc.property(ranges, ranges, (there, read) => {
      const open = [...numbersIn(there)].filter((one) => !numbersIn(read).has(one))
      expect(countUnread(there, read)).toBe(open.length)
      expect(firstUnread(there, read)).toBe(open[0])
      expect(size(there)).toBe(numbersIn(there).size)
      for (let one = 1; one <= LARGEST; one += 1) expect(includes(there, one)).toBe(numbersIn(there).has(one))
    }),
  )
})

it('all that was read leaves nothing unread, and reading more never makes more unread', () => {
  fc.assert(
    fc.property(ranges, ranges, ranges, (there, read, more) => {
      expect(countUnread(there, union(there, read))).toBe(0)
      expect(countUnread(there, union(read, more))).toBeLessThanOrEqual(countUnread(there, read))
    }),
  )
})

it('up to none is none', () => {
  expect([upTo(0), upTo(3), union([[5, 2]])]).toEqual([[], [[1, 3]], []])
})
