/** So near to an edge what is dragged pulls the page along; at the bottom a bar may stand over it. */
const EDGE = 120
const FASTEST = 12

/** How far a page that is seen from top to bottom moves in a frame, while something is held at this height. */
export function edgeStep(y: number, top: number, bottom: number): number {
  const edge = Math.min(EDGE, (bottom - top) / 4)
  const share = (depth: number) => Math.min(1, Math.max(0, depth / edge))
  const step = FASTEST * (share(y - (bottom - edge)) - share(top + edge - y))
  return step > 0 ? Math.ceil(step) : Math.floor(step)
}

/** What scrolls around an element: a part of the page, or all of it. */
export function scrollerOf(element: Element): Element {
  for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement)
    if (outer.scrollHeight > outer.clientHeight && /auto|scroll/.test(getComputedStyle(outer).overflowY))
      return outer
  return document.scrollingElement ?? document.documentElement
}

/** Moves it by one frame, when what is held is near its edge; says whether it moved. */
export function scrollAtEdge(scroller: Element, y: number): boolean {
  const whole = scroller === document.scrollingElement
  const { top, bottom } = scroller.getBoundingClientRect()
  const before = scroller.scrollTop
  scroller.scrollTop += edgeStep(
    y,
    whole ? 0 : Math.max(0, top),
    whole ? innerHeight : Math.min(innerHeight, bottom),
  )
  return scroller.scrollTop !== before
}
