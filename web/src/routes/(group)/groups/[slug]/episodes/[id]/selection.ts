import { paragraphAt, pointIn, type Section } from '#lib/threads/sections.ts'
import type { Point } from '#shared/anchors.ts'
import type { Segment } from '#shared/episodes.ts'

/** What is selected inside an element, as places in the transcript: whatever else the selection touches. */
export function selectedPoints(
  root: HTMLElement,
  sections: Section[],
  segments: readonly Segment[],
): { from: Point; to: Point; end: DOMRect } | undefined {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(root)) return undefined

  const touched = [...root.querySelectorAll<HTMLElement>('[data-text]')].filter((one) =>
    range.intersectsNode(one),
  )
  const [first, last] = [touched[0], touched.at(-1)]
  if (!first || !last) return undefined
  const from = first.contains(range.startContainer)
    ? offsetIn(first, range.startContainer, range.startOffset)
    : 0
  const to = last.contains(range.endContainer)
    ? offsetIn(last, range.endContainer, range.endOffset)
    : (last.textContent ?? '').length
  const point = (element: HTMLElement, offset: number): Point | undefined => {
    const paragraph = paragraphAt(sections, paragraphOf(element))
    return paragraph && pointIn(segments, paragraph, offset)
  }
  const [begins, ends] = [point(first, from), point(last, to)]
  if (!begins || !ends) return undefined
  const rects = range.getClientRects()
  return { from: begins, to: ends, end: rects[rects.length - 1] ?? range.getBoundingClientRect() }
}

/** The first segment of the paragraph that something stands in. */
export const paragraphOf = (element: Element): number =>
  Number(element.closest<HTMLElement>('[data-paragraph]')?.dataset.paragraph)

/** How many characters of a text stand before a place in the document. */
function offsetIn(text: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(node, offset)
  return before.toString().length
}

/** A stretch of a text in the document, whatever marks cut it. */
export function rangeIn(text: Element, from: number, to: number): Range | undefined {
  const range = document.createRange()
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  let passed = 0
  let begun = false
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (!begun && from < passed + length) {
      range.setStart(node, from - passed)
      begun = true
    }
    if (begun && to <= passed + length) {
      range.setEnd(node, to - passed)
      return range
    }
    passed += length
  }
  return undefined
}
