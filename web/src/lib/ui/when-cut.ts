/** Less than a line is not missed. */
const A_LINE = 12

/** For an element that scrolls: tells whether it holds more than it shows, now and whenever that changes. */
export const whenCut =
  (tell: (cut: boolean) => void) =>
  (element: HTMLElement): (() => void) => {
    const seen = new ResizeObserver(() => tell(element.scrollHeight > element.clientHeight + A_LINE))
    for (const one of [element, ...element.children]) seen.observe(one)
    return () => seen.disconnect()
  }
