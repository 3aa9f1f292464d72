import { paragraphAt, type Paragraph, type Section } from '#lib/threads/sections.ts'

import { momentOf } from '#shared/moments.ts'

/** Where somebody reads: which paragraph stands on top, and how to get to another. */

const BELOW_TOP = 60

/** The moment that the address of the page leads to. */
export const momentOfAddress = (): number | undefined => momentOf(new URL(location.href))

export function paragraphOnTop(page: HTMLElement | undefined, sections: Section[]): Paragraph | undefined {
  // Blocks first: what is out of sight is not laid out, and should not be for this.
  const below = (element: Element) => element.getBoundingClientRect().bottom > BELOW_TOP
  const block = [...(page?.querySelectorAll('[data-block]') ?? [])].find(below)
  const paragraph = [...(block?.querySelectorAll<HTMLElement>('[data-paragraph]') ?? [])].find(below)
  return paragraphAt(sections, Number(paragraph?.dataset.paragraph))
}

/** Brings a paragraph into sight, and the focus to it or to something in it; or only follows the voice. */
export function scrollToParagraph(
  page: HTMLElement | undefined,
  sections: Section[],
  segment: number,
  focus?: HTMLElement | null,
  when: 'always' | 'if out of sight' = 'always',
): void {
  const first = paragraphAt(sections, segment)?.first
  const paragraph = page?.querySelector<HTMLElement>(`[data-paragraph="${first ?? ''}"]`)
  if (!paragraph) return
  if (when === 'if out of sight') {
    const { top, bottom } = paragraph.getBoundingClientRect()
    if (top > 80 && bottom < innerHeight * 0.7) return
    paragraph.scrollIntoView({ block: 'center', behavior: still() ? 'auto' : 'smooth' })
    return
  }
  paragraph.scrollIntoView({ block: 'center' })
  ;(focus ?? paragraph.querySelector('button'))?.focus({ preventScroll: true })
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
