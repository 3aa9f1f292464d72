import { paragraphAt, type Paragraph, type Section } from '#lib/threads/sections.ts'

/** Where somebody reads: which paragraph stands on top, how to get to another, and where they stopped last time. */

const BELOW_TOP = 60

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

const key = (readerId: string, episodeId: string) => `shortside:stopped:${readerId}:${episodeId}`

export function readStop(readerId: string, episodeId: string): number | undefined {
  try {
    const kept = Number(localStorage.getItem(key(readerId, episodeId)) ?? undefined)
    return kept > 0 ? kept : undefined
  } catch {
    return undefined
  }
}

export function rememberStop(readerId: string, episodeId: string, moment: number | undefined): void {
  try {
    if (moment !== undefined) localStorage.setItem(key(readerId, episodeId), String(Math.floor(moment)))
  } catch {
    // Not remembered, then.
  }
}
