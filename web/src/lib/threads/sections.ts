import type { Chapter, Segment } from '#shared/episodes.ts'
import { chapterAt, type Point } from '#shared/anchors.ts'

/** A run of segments that reads as one: files cut speech into cues of a few words, or even single words. */
export type Paragraph = { first: number; last: number; speaker: string | null; start: number | null }
/** A chapter with what is said in it. Without a chapter: what comes before the first. */
export type Section = { chapter: Chapter | null; paragraphs: Paragraph[] }

const LONG_ENOUGH = 45
const TOO_LONG = 90
/** A segment of this many words was a paragraph already. */
const STANDS_ALONE = 25
const PAUSE = 4

/** The transcript as people read it: chapters of paragraphs, in the order of the segments. */
export function sectionsOf({ segments, chapters }: { segments: Segment[]; chapters: Chapter[] }): Section[] {
  const sections: Section[] = [{ chapter: null, paragraphs: [] }]
  let reached = -1
  let words = 0
  for (const [index, segment] of segments.entries()) {
    const chapter = chapterAt(chapters, segment.start)
    const place = chapter ? chapters.indexOf(chapter) : -1
    const begins = place > reached
    // Chapters in which nothing is said are still shown.
    while (reached < place) sections.push({ chapter: chapters[(reached += 1)] ?? null, paragraphs: [] })

    const paragraphs = sections.at(-1)?.paragraphs ?? []
    const running = begins ? undefined : paragraphs.at(-1)
    const count = wordsIn(segment.text)
    const before = segments[index - 1]
    if (running && before && continues(before, segment, words, count)) {
      running.last = index
      words += count
    } else {
      paragraphs.push({ first: index, last: index, speaker: segment.speaker, start: segment.start })
      words = count
    }
  }
  for (const chapter of chapters.slice(reached + 1)) sections.push({ chapter, paragraphs: [] })
  return sections.filter(({ chapter, paragraphs }) => chapter !== null || paragraphs.length > 0)
}

function continues(before: Segment, next: Segment, words: number, more: number): boolean {
  if (next.speaker !== before.speaker) return false
  if (more >= STANDS_ALONE || words + more > TOO_LONG) return false
  if (words >= STANDS_ALONE && wordsIn(before.text) >= STANDS_ALONE) return false
  const pause = next.start !== null && before.end !== null ? next.start - before.end : 0
  return pause <= PAUSE && !(words >= LONG_ENOUGH && /[.!?…]["”’)]*$/.test(before.text.trimEnd()))
}

export function paragraphAt(sections: Section[], segment: number): Paragraph | undefined {
  return sections
    .flatMap(({ paragraphs }) => paragraphs)
    .find(({ first, last }) => segment >= first && segment <= last)
}

/** A paragraph with those around it: enough to find the words in that somebody means. */
export function stretchAt(sections: Section[], segment: number, more = 2): Paragraph | undefined {
  const all = sections.flatMap(({ paragraphs }) => paragraphs)
  const at = all.findIndex(({ first, last }) => segment >= first && segment <= last)
  const [from, to] = [all[Math.max(0, at - more)], all[Math.min(all.length - 1, at + more)]]
  return at >= 0 && from && to ? { ...from, last: to.last } : undefined
}

/** The words of a paragraph as one text. */
export const textOf = (segments: readonly Segment[], { first, last }: Paragraph): string =>
  segments
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join(' ')

/** A position in the text of a paragraph, as a place in the transcript. */
export function pointIn(segments: readonly Segment[], { first, last }: Paragraph, position: number): Point {
  let [segment, offset] = [first, position]
  while (segment < last && offset > (segments[segment]?.text.length ?? 0)) {
    offset -= (segments[segment]?.text.length ?? 0) + 1
    segment += 1
  }
  return { segment, offset }
}

/** A place in the transcript, as a position in the text of its paragraph. */
export function positionIn(segments: readonly Segment[], { first }: Paragraph, point: Point): number {
  let position = point.offset
  for (let segment = first; segment < point.segment; segment += 1)
    position += (segments[segment]?.text.length ?? 0) + 1
  return position
}

export const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** Paragraphs in groups that end where `cut` says, and never grow long: the browser lays out only those in sight. */
export function inBlocks(paragraphs: Paragraph[], cut: (paragraph: Paragraph) => boolean): Paragraph[][] {
  const MOST = 6
  const blocks: Paragraph[][] = []
  let block: Paragraph[] = []
  for (const paragraph of paragraphs) {
    block.push(paragraph)
    if (block.length < MOST && !cut(paragraph)) continue
    blocks.push(block)
    block = []
  }
  return block.length > 0 ? [...blocks, block] : blocks
}
