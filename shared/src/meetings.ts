/** Who was together with whom before, and chance that is the same for the same seed. */

/** How often two people were together. */
export type Meetings = Map<string, Map<string, number>>

export function readMeetings(earlier: readonly (readonly string[])[]): Meetings {
  const met: Meetings = new Map()
  for (const table of earlier)
    for (const one of table) {
      const known = met.get(one) ?? new Map<string, number>()
      met.set(one, known)
      for (const other of table) if (one !== other) known.set(other, (known.get(other) ?? 0) + 1)
    }
  return met
}

/** How often somebody sat with these people before. */
export function familiar(met: Meetings, id: string, people: readonly string[], without?: string): number {
  const known = met.get(id)
  if (!known) return 0
  let sum = 0
  for (const other of people) if (other !== id && other !== without) sum += known.get(other) ?? 0
  return sum
}

/** Mulberry32: small, even enough for seating, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Fisher and Yates, in place. */
export function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = items[last] as Item
    items[last] = items[other] as Item
    items[other] = kept
  }
  return items
}
