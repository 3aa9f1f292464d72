import type { Placement, Span } from '#shared/anchors.ts'
import type { Segment } from '#shared/episodes.ts'
import { positionIn, type Paragraph } from './sections.ts'

/** Stands for the thread that is being written. */
export const NEW = 'new'

/** Words of one paragraph that a thread is about, or that somebody marked for themselves. */
export type Mark = {
  id: string
  kind: 'thread' | 'highlight'
  from: number
  to: number
  uncertain: boolean
  /** Whether the words begin here: those that run over several paragraphs have a mark in each. */
  first: boolean
}
/** A piece of a paragraph's text, and what it is marked with. */
export type Piece = { from: number; text: string; marks: Mark[] }
/** What is to be marked: a thread or a highlight, and where its words stand. */
export type Marked = Pick<Mark, 'id' | 'kind'> & { placement: Placement }

/** The marks of each paragraph, by its first segment: words that run over several have one in each. */
export function marksByParagraph(
  marked: Iterable<Marked>,
  paragraphs: readonly Paragraph[],
  segments: readonly Segment[],
): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>()
  for (const { id, kind, placement } of marked) {
    const { span, state } = placement
    if (!span) continue
    let first = true
    for (const paragraph of paragraphs) {
      if (paragraph.last < span.from.segment || paragraph.first > span.to.segment) continue
      const { from, to } = within(span, paragraph, segments)
      if (to <= from) continue
      const known = marks.get(paragraph.first) ?? []
      known.push({ id, kind, from, to, uncertain: state === 'uncertain', first })
      marks.set(paragraph.first, known)
      first = false
    }
  }
  return marks
}

function within({ from, to }: Span, paragraph: Paragraph, segments: readonly Segment[]) {
  const end = { segment: paragraph.last, offset: segments[paragraph.last]?.text.length ?? 0 }
  return {
    from: from.segment < paragraph.first ? 0 : positionIn(segments, paragraph, from),
    to: positionIn(segments, paragraph, to.segment > paragraph.last ? end : to),
  }
}

/** A text, cut where marks begin and end. */
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
