import type { Section } from '#lib/threads/sections.ts'
import type { Chapter } from '#shared/episodes.ts'

/** What is folded away because its reader has not got there yet: the text as far as they got, and where it goes on. */
export type Folded = { sections: Section[]; next: number | null; chapters: number }

/** A paragraph that has begun is shown to its end; one without a time stands with the one before. */
export function foldAfter(sections: Section[], reached: number): Folded {
  const shown: Section[] = []
  let next: number | null = null
  let chapters = 0
  for (const { chapter, paragraphs } of sections) {
    if (next === null && chapter !== null && chapter.start > reached) next = chapter.start
    if (next !== null) {
      if (chapter) chapters += 1
      continue
    }
    const end = paragraphs.findIndex(({ start }) => start !== null && start > reached)
    shown.push({ chapter, paragraphs: end < 0 ? paragraphs : paragraphs.slice(0, end) })
    if (end >= 0) next = paragraphs[end]?.start ?? null
  }
  return { sections: shown, next, chapters }
}

/** How far reading on goes: to the end of the chapter that comes next, or ten minutes on where there are none. */
export function readOnTo(chapters: readonly Chapter[], next: number, end: number): number {
  const LONGEST = 600
  const then = chapters.find(({ start }) => start > next)?.start ?? end
  return chapters.length > 0 ? Math.max(next, then - 0.001) : Math.min(next + LONGEST, Math.max(next, end))
}
