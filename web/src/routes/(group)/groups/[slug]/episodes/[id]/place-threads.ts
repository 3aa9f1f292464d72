import { pointIn, type Paragraph } from '#lib/threads/sections.ts'
import { anchorFromSelection, placeAnchor, type Placement } from '#shared/anchors.ts'
import type { Episode, Segment } from '#shared/episodes.ts'
import type { Anchor, AnchoredThread } from '#shared/threads.ts'

export type Placed = { thread: AnchoredThread; placement: Placement }

/** Places threads in a transcript, each anchor once: neither of the two changes while the page is open. */
export function placer(segments: readonly Segment[]): (threads: readonly AnchoredThread[]) => Placed[] {
  const known = new WeakMap<Anchor, Placement>()
  const place = (anchor: Anchor) => {
    const placement = known.get(anchor) ?? placeAnchor(anchor, segments)
    known.set(anchor, placement)
    return placement
  }
  return (threads) =>
    threads.map((thread) => ({ thread, placement: place(thread.anchor) })).toSorted(inReadingOrder)
}

function inReadingOrder(one: Placed, other: Placed): number {
  const where = ({ placement: { segment, span }, thread: { anchor } }: Placed) =>
    [segment ?? -1, span?.from.segment ?? segment ?? -1, span?.from.offset ?? 0, anchor.start ?? 0] as const
  const [a, b] = [where(one), where(other)]
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0)
  return 0
}

/** What to store for a part of the text of a paragraph, or of several as one. */
export const anchorOfPart = (
  episode: Episode,
  paragraph: Paragraph | undefined,
  from: number,
  to: number,
): Anchor | null =>
  paragraph
    ? anchorFromSelection(
        episode,
        pointIn(episode.segments, paragraph, from),
        pointIn(episode.segments, paragraph, to),
      )
    : null
