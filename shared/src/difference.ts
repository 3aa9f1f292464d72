import { placeAnchor, type Placement } from './anchors.ts'
import type { Chapter, Segment } from './episodes.ts'
import type { Anchor } from './threads.ts'

/** What importing a transcript again would change, told before anything is changed. */

/** One passage: as it is, and as it would be. Null where it is new, or gone. */
export type Passage = { before: Segment | null; after: Segment | null }
export type TranscriptDifference = {
  /** Passages with the same words, said by the same person: how many, and how many of these at another time. */
  same: number
  shifted: number
  /** Those that change, are new or are gone, in reading order. */
  changed: Passage[]
}

type Anchored = { readonly id: string; readonly anchor: Anchor }
/** What becomes of a thread's place. */
export type PlaceChange<Thread extends Anchored> = {
  thread: Thread
  before: Placement['state']
  after: Placement['state']
}

export function differenceOf(before: readonly Segment[], after: readonly Segment[]): TranscriptDifference {
  const difference: TranscriptDifference = { same: 0, shifted: 0, changed: [] }
  let [one, other] = [0, 0]
  const gap = (oneEnd: number, otherEnd: number) => {
    const length = Math.max(oneEnd - one, otherEnd - other)
    for (let step = 0; step < length; step += 1) {
      const [was, is] = [one + step, other + step]
      difference.changed.push({
        before: (was < oneEnd && before[was]) || null,
        after: (is < otherEnd && after[is]) || null,
      })
    }
  }
  for (const [was, is] of matches(before, after)) {
    gap(was, is)
    difference.same += 1
    if (before[was]?.start !== after[is]?.start) difference.shifted += 1
    one = was + 1
    other = is + 1
  }
  gap(before.length, after.length)
  return difference
}

/** What becomes of each thread that will not stand exactly where it stood before, or does not now. */
export function placeChanges<Thread extends Anchored>(
  threads: readonly Thread[],
  before: readonly Segment[],
  after: readonly Segment[],
): PlaceChange<Thread>[] {
  return threads.map((thread) => ({
    thread,
    before: placeAnchor(thread.anchor, before).state,
    after: placeAnchor(thread.anchor, after).state,
  }))
}

/** Titles of chapters that would come and go. A chapter is its title and its start. */
export function chapterChanges(
  before: readonly Chapter[],
  after: readonly Chapter[],
): { added: Chapter[]; gone: Chapter[] } {
  const key = ({ start, title }: Chapter) => `${start} ${title}`
  const missing = (all: readonly Chapter[], some: readonly Chapter[]) => {
    const known = new Set(some.map(key))
    return all.filter((chapter) => !known.has(key(chapter)))
  }
  return { added: missing(after, before), gone: missing(before, after) }
}

/**
 * Pairs of passages with the same words, in order: first those at both ends, then those whose words are there only once,
 * as many as stand in the same order, and whatever agrees around them.
 */
function matches(before: readonly Segment[], after: readonly Segment[]): [number, number][] {
  const key = ({ speaker, text }: Segment) => `${speaker ?? ''}\u0000${text}`
  const [ones, others] = [before.map(key), after.map(key)]
  const anchors = inSameOrder(pairsOfUnique(ones, others))
  const found: [number, number][] = []
  let [one, other] = [0, 0]
  for (const [was, is] of [...anchors, [ones.length, others.length] as [number, number]]) {
    while (one < was && other < is && ones[one] === others[other]) found.push([one++, other++])
    const back: [number, number][] = []
    let [end, otherEnd] = [was, is]
    while (end > one && otherEnd > other && ones[end - 1] === others[otherEnd - 1])
      back.push([(end -= 1), (otherEnd -= 1)])
    found.push(...back.toReversed())
    if (was < ones.length) found.push([was, is])
    one = was + 1
    other = is + 1
  }
  return found
}

function pairsOfUnique(ones: readonly string[], others: readonly string[]): [number, number][] {
  const places = (all: readonly string[]) => {
    const once = new Map<string, number>()
    // A passage that is there twice is marked, so that it stands for none of its places.
    for (const [index, one] of all.entries()) once.set(one, once.has(one) ? -1 : index)
    return once
  }
  const there = places(others)
  return [...places(ones)].flatMap(([one, was]): [number, number][] => {
    const is = there.get(one) ?? -1
    return was >= 0 && is >= 0 ? [[was, is]] : []
  })
}

/** The longest run of pairs that grow on both sides. */
function inSameOrder(pairs: [number, number][]): [number, number][] {
  const sorted = pairs.toSorted(([a], [b]) => a - b)
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, [, is]] of sorted.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[ends[middle] ?? -1]?.[1] ?? 0) < is) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const run: [number, number][] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = sorted[index]
    if (pair) run.push(pair)
  }
  return run.toReversed()
}
