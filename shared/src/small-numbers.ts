/** Fewer people than this are never told of as a number. */
export const FEWEST_PEOPLE = 5

/** One row of a column of counts: what is counted, and which different people it is about. */
export type Count = { readonly number: number; readonly people: readonly string[] }
/** Numbers that may be told; nothing stands where one may not. */
export type Told = { rows: (number | null)[]; total: number | null }

/**
 * Leaves out every number that is about too few people, and as many others as it takes that none of them can be computed
 * from the total and the rest.
 *
 * What the total tells beyond the rows that are told is one number about everybody in the rows that are not. So it has to
 * be about enough people, of two rows at least, and leave open how many are in which. While it does not, one more row is
 * left out; once there is none, the total is.
 */
export function leaveOutSmall(counts: readonly Count[]): Told {
  const hidden = new Set(counts.keys().filter((index) => isSmall(counts[index])))
  const everybody = union(counts)
  let showTotal = everybody.size === 0 || everybody.size >= FEWEST_PEOPLE
  while (showTotal && hidden.size > 0 && !isVague(counts.filter((_, index) => hidden.has(index)))) {
    // The next in order, whatever its number is: a choice by size would tell of the size.
    const next = counts.findIndex(({ people }, index) => people.length > 0 && !hidden.has(index))
    if (next === -1) showTotal = false
    else hidden.add(next)
  }
  // Without the total nothing can be computed, so only what is small itself is left out.
  const left = showTotal ? hidden : new Set(counts.keys().filter((index) => isSmall(counts[index])))
  return {
    rows: counts.map(({ number }, index) => (left.has(index) ? null : number)),
    total: showTotal ? counts.reduce((sum, { number }) => sum + number, 0) : null,
  }
}

/** Nobody is nobody: that tells of no person. */
const isSmall = (count: Count | undefined): boolean =>
  count !== undefined && count.people.length > 0 && new Set(count.people).size < FEWEST_PEOPLE

const union = (counts: readonly Count[]): Set<string> => new Set(counts.flatMap(({ people }) => people))

/**
 * Whether the sum of what is left out says of none of its rows how much it is. Where all of them are small, a sum as low
 * or as high as such a sum can be would say it of all.
 */
function isVague(counts: readonly Count[]): boolean {
  if (counts.length < 2 || union(counts).size < FEWEST_PEOPLE) return false
  if (!counts.every(isSmall)) return true
  const sum = counts.reduce((people, count) => people + new Set(count.people).size, 0)
  return sum > counts.length && sum < counts.length * (FEWEST_PEOPLE - 1)
}
