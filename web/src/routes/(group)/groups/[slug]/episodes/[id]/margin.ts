import type { Attachment } from 'svelte/attachments'
import { arrange } from '#lib/threads/arrange.ts'

/** Distance of the first card from the buttons above it, and how far a card reaches above its line. */
const BELOW_BUTTONS = 8
const ABOVE_LINE = 14
/** Words with a thread stand in the last paragraph of their block: about so far above its end. */
const LAST_LINES = 90

/**
 * Keeps the cards (`[data-card]`) beside the words they are about (`[data-thread]`, by name; where there are none,
 * `data-near`, a selector). Where the page is
 * too narrow for a margin, CSS leaves the cards in the text and nothing is done. `reading` names the card in use.
 */
export function margin(reading: () => string | undefined): Attachment<HTMLElement> {
  return (page) => {
    let asked = 0
    const settle = () => {
      cancelAnimationFrame(asked)
      asked = requestAnimationFrame(() => arrangeCards(page, reading(), watch))
    }
    const sizes = new ResizeObserver(settle)
    const watched = new WeakSet<Element>()
    // Whatever is watched anew is told at once, which would never end.
    const watch = (card: Element) => {
      if (watched.has(card)) return
      watched.add(card)
      sizes.observe(card)
    }
    const changes = new MutationObserver(settle)
    sizes.observe(page)
    changes.observe(page, { childList: true, subtree: true })
    settle()
    return () => {
      cancelAnimationFrame(asked)
      sizes.disconnect()
      changes.disconnect()
    }
  }
}

function arrangeCards(page: HTMLElement, reading: string | undefined, watch: (card: Element) => void): void {
  const cards = [...page.querySelectorAll<HTMLElement>('[data-card]')]
  const [any] = cards
  if (!any || getComputedStyle(any).position !== 'absolute') {
    for (const card of cards) card.style.top = ''
    page.style.minHeight = ''
    return
  }
  // All is measured before anything is moved.
  const origin = page.getBoundingClientRect().top
  const buttons = page.querySelector<HTMLElement>('[data-buttons]')
  const first = (buttons?.offsetHeight ?? 0) + BELOW_BUTTONS
  const lines = linesIn(page)
  const measured = cards.map((card) => {
    watch(card)
    const line = lines.get(card.dataset.card ?? '') ?? page.querySelector(card.dataset.near ?? '')
    const top = topOf(line ?? card.parentElement)
    return { card, height: card.offsetHeight, wanted: top - origin - ABOVE_LINE }
  })
  measured.sort((a, b) => a.wanted - b.wanted)
  const tops = arrange(
    measured,
    first,
    measured.findIndex(({ card }) => card.dataset.card === reading),
  )
  let bottom = 0
  for (const [index, { card, height }] of measured.entries()) {
    const top = tops[index] ?? 0
    moveTo(card, top)
    bottom = Math.max(bottom, top + height)
  }
  const height = `${Math.round(bottom + BELOW_BUTTONS)}px`
  if (page.style.minHeight !== height) page.style.minHeight = height
}

/** Where the words of each thread begin: one look at the text for all of them. */
function linesIn(page: HTMLElement): Map<string, HTMLElement> {
  const lines = new Map<string, HTMLElement>()
  for (const line of page.querySelectorAll<HTMLElement>('[data-thread]'))
    for (const id of line.dataset.thread?.split(' ') ?? []) if (!lines.has(id)) lines.set(id, line)
  return lines
}

/** What stays where it is costs no layout. */
function moveTo(card: HTMLElement, top: number): void {
  const place = `${Math.round(top)}px`
  if (card.style.top !== place) card.style.top = place
}

/** Where lines stand in blocks that were laid out before. */
const depths = new WeakMap<Element, number>()

/**
 * Where a line stands. Blocks out of sight are not laid out, and asking for a line in one would do that, at the cost of
 * a stutter: there the place that it had is told, or about where it will be.
 */
function topOf(line: Element | null): number {
  const block = line?.closest('[data-block]')
  if (!line || !block) return line?.getBoundingClientRect().top ?? 0
  const { top, height } = block.getBoundingClientRect()
  if (!line.checkVisibility({ contentVisibilityAuto: true }))
    return top + Math.min(depths.get(line) ?? Infinity, Math.max(0, height - LAST_LINES))
  const depth = line.getBoundingClientRect().top - top
  depths.set(line, depth)
  return top + depth
}
