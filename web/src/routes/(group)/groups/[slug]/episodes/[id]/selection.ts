import type { Point } from '#shared/anchors.ts'

/** What is selected inside an element, as places in the transcript: whatever else the selection touches. */
export function selectedPoints(root: HTMLElement): { from: Point; to: Point; end: DOMRect } | undefined {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(root)) return undefined

  const touched = [...root.querySelectorAll<HTMLElement>('[data-segment]')].filter((one) =>
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
  const point = (element: HTMLElement, offset: number) => ({
    segment: Number(element.dataset.segment),
    offset,
  })
  const rects = range.getClientRects()
  return {
    from: point(first, from),
    to: point(last, to),
    end: rects[rects.length - 1] ?? range.getBoundingClientRect(),
  }
}

/** How many characters of a segment stand before a place in the document. */
function offsetIn(segment: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange()
  before.setStart(segment, 0)
  before.setEnd(node, offset)
  return before.toString().length
}
