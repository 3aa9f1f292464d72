import Type, { type Static } from 'typebox'

/**
 * Numbers as ranges, both ends included: `[[1, 4], [6, 6]]`. In order, apart from each other and never touching, so
 * the same numbers are always the same ranges.
 */
export const Ranges = Type.Array(
  Type.Tuple([
    Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  ]),
  { maxItems: 1_000 },
)
export type Ranges = Static<typeof Ranges>

/** Every number in either, however they were written down. A range that ends before it begins is none. */
export function union(...many: readonly Ranges[]): Ranges {
  const all = many
    .flat()
    .filter(([from, to]) => from <= to)
    .toSorted(([one], [other]) => one - other)
  const joined: Ranges = []
  for (const [from, to] of all) {
    const last = joined.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** Every number of the first that is not in the second. */
export function without(ranges: Ranges, taken: Ranges): Ranges {
  let left = union(ranges)
  for (const [from, to] of union(taken))
    left = left.flatMap(([first, last]): Ranges => {
      if (last < from || to < first) return [[first, last]]
      const parts: Ranges = [
        [first, from - 1],
        [to + 1, last],
      ]
      return parts.filter(([start, end]) => start <= end)
    })
  return left
}

export const rangesOf = (numbers: readonly number[]): Ranges =>
  union(numbers.map((number): [number, number] => [number, number]))

/** All numbers up to this one. */
export const upTo = (number: number): Ranges => (number < 1 ? [] : [[1, number]])

export const includes = (ranges: Ranges, number: number): boolean =>
  ranges.some(([from, to]) => from <= number && number <= to)

/** How many numbers there are. */
export const size = (ranges: Ranges): number =>
  union(ranges).reduce((sum, [from, to]) => sum + to - from + 1, 0)

/** Of what is there, the first that was not read. */
export const firstUnread = (there: Ranges, read: Ranges): number | undefined => without(there, read)[0]?.[0]

/** How much of what is there was not read. */
export const countUnread = (there: Ranges, read: Ranges): number => size(without(there, read))
