/**
 * Whoever goes by keyboard or screen reader keeps their place: when what has the focus goes away, with what it did or because
 * of somebody else, the focus goes to what it stood in, or else to the heading of the page, and not to its very top. To no
 * button: a key that is pressed twice does one thing. Whoever has gone elsewhere themselves stays there.
 */
export function keepFocus(room: HTMLElement): () => void {
  /** What has the focus, and what it stands in, from the inside out. */
  let at: HTMLElement[] = []

  const note = ({ target }: FocusEvent) => {
    at = []
    for (let one = target as HTMLElement | null; one && one !== room; one = one.parentElement) at.push(one)
  }
  const leave = () => {
    const [left] = at
    // What is taken away loses the focus as well, and is gone a moment later.
    queueMicrotask(() => {
      if (left?.isConnected && left === at[0] && document.activeElement !== left) at = []
    })
  }
  const goOn = () => {
    const [gone, ...around] = at
    if (!gone || gone.isConnected || document.activeElement !== document.body) return
    at = []
    const place = around.find((one) => one.isConnected && one.getClientRects().length > 0)
    const next =
      place && !place.matches('main, aside') ? place : document.querySelector<HTMLElement>('#main h1')
    if (!next) return
    next.tabIndex = -1
    next.focus({ preventScroll: true })
  }

  room.addEventListener('focusin', note)
  room.addEventListener('focusout', leave)
  const changes = new MutationObserver(goOn)
  changes.observe(room, { childList: true, subtree: true })
  return () => {
    room.removeEventListener('focusin', note)
    room.removeEventListener('focusout', leave)
    changes.disconnect()
  }
}
