const FURTHEST = 10_000

/** Where a page of the trail begins, from its address; whatever is no number is the beginning. */
export function offsetIn({ searchParams }: URL): number {
  const offset = Number(searchParams.get('offset') ?? 0)
  return Number.isInteger(offset) && offset > 0 ? Math.min(offset, FURTHEST) : 0
}
