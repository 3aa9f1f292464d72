import { tick } from 'svelte'

/**
 * For a button that goes away with what it did: whoever pressed it goes on at the heading of the page, and not at its very
 * top. Whoever has gone elsewhere meanwhile stays there.
 */
export const handOnFocus = handOnFocusIn(() => undefined)

/** The same, and goes on at the next button of a part of the page, as long as that has one. */
export function handOnFocusIn(part: () => HTMLElement | undefined) {
  return (button: HTMLElement): (() => void) => {
    let pressed = false
    const press = () => (pressed = true)
    button.addEventListener('click', press)
    return () => {
      button.removeEventListener('click', press)
      if (pressed) void goOn(part)
    }
  }
}

async function goOn(part: () => HTMLElement | undefined): Promise<void> {
  await tick()
  if (document.activeElement !== document.body) return
  const next = part()?.querySelector('button')
  if (next) return next.focus({ preventScroll: true })
  const heading = document.querySelector<HTMLElement>('#main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
