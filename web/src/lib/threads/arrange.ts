/** A card in the margin: the line that it belongs to, and how tall it is. In pixels. */
export type Card = { wanted: number; height: number }

const GAP = 14

/**
 * Where cards stand in the margin: each beside its line if there is room, in reading order, never over one another.
 * The one that is being read stays at its line; the others make way.
 */
export function arrange(cards: readonly Card[], first = 0, reading = -1): number[] {
  const tops: number[] = []
  let free = first
  for (const [index, { wanted, height }] of cards.entries()) {
    const top = Math.max(wanted, free)
    tops.push(top)
    free = top + height + GAP
    if (index === reading && top > wanted) free = makeWay(cards, tops, first) + height + GAP
  }
  return tops
}

/** Moves the cards before the last one up, as far as there is room, so that it comes closer to its line. */
function makeWay(cards: readonly Card[], tops: number[], first: number): number {
  const last = tops.length - 1
  const above = cards.slice(0, last).reduce((sum, { height }) => sum + height + GAP, first)
  let limit = Math.max(cards[last]?.wanted ?? 0, above)
  tops[last] = limit
  for (let index = last - 1; index >= 0; index -= 1) {
    limit -= (cards[index]?.height ?? 0) + GAP
    tops[index] = Math.min(tops[index] ?? 0, limit)
    limit = tops[index] ?? 0
  }
  return tops[last] ?? 0
}
