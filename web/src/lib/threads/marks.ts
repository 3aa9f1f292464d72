import type { Placement } from '#shared/anchors.ts'
import type { Segment } from '#shared/episodes.ts'

/** Stands for the thread that is being written. */
export const NEW = 'new'

/** Words of one segment that a thread is about. */
export type Mark = {
  threadId: string
  from: number
  to: number
  uncertain: boolean
  /** Whether the quote begins here: one that runs over several segments has a mark in each. */
  first: boolean
}
/** A piece of a segment's text, and the threads that are about it. */
export type Piece = { from: number; text: string; marks: Mark[] }

/** The marks of each segment: a quote that runs over several has one in each. */
export function marksBySegment(
  placed: Iterable<readonly [threadId: string, Placement]>,
  segments: readonly Segment[],
): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>()
  for (const [threadId, { span, state }] of placed) {
    if (!span) continue
    for (let index = span.from.segment; index <= span.to.segment; index += 1) {
      const from = index === span.from.segment ? span.from.offset : 0
      const to = index === span.to.segment ? span.to.offset : (segments[index]?.text.length ?? 0)
      const first = index === span.from.segment
      const mark = { threadId, from, to, uncertain: state === 'uncertain', first }
      if (to > from) marks.set(index, [...(marks.get(index) ?? []), mark])
    }
  }
  return marks
}

/** A segment's text, cut where marks begin and end. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const cuts = [...new Set([0, ...marks.flatMap(({ from, to }) => [from, to]), text.length])]
    .filter((cut) => cut <= text.length)
    .sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length
    return {
      from,
      text: text.slice(from, to),
      marks: marks.filter((mark) => mark.from <= from && mark.to >= to),
    }
  })
}
