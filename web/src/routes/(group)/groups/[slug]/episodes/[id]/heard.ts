import { paragraphAt, positionIn, type Section } from '#lib/threads/sections.ts'
import type { Segment } from '#shared/episodes.ts'
import { rangeIn } from './selection.ts'

const NAME = 'heard'

/** Tints the words that are heard now, without touching the document. A browser that can't do that tints nothing. */
export function tintHeard(
  page: HTMLElement | undefined,
  sections: Section[],
  segments: readonly Segment[],
  segment: number | undefined,
): void {
  if (!('highlights' in CSS)) return
  CSS.highlights.delete(NAME)
  const paragraph = segment === undefined ? undefined : paragraphAt(sections, segment)
  const text = page?.querySelector(`[data-paragraph="${paragraph?.first ?? ''}"] [data-text]`)
  if (segment === undefined || !paragraph || !text) return
  const from = positionIn(segments, paragraph, { segment, offset: 0 })
  const range = rangeIn(text, from, from + (segments[segment]?.text.length ?? 0))
  if (range) CSS.highlights.set(NAME, new Highlight(range))
}
