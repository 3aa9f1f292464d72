import { tick } from 'svelte'

/**
 * For a button that goes away with what it did: whoever pressed it goes on at the heading of the page, and not at its very
 * top. Whoever has gone elsewhere meanwhile stays there.
 */
export function handOnFocus(button: HTMLElement): () => void {
  let pressed = false
  const press = () => (pressed = true)
  button.addEventListener('click', press)
  return () => {
    button.removeEventListener('click', press)
    if (pressed) void goOnAtHeading()
  }
}

async function goOnAtHeading(): Promise<void> {
  await tick()
  if (document.activeElement !== document.body) return
  const heading = document.querySelector<HTMLElement>('#main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
