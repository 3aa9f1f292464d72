/** Whether the key / opens search: kept in this browser, on until somebody switches it off. */
const NAME = 'search-key'

export function isKeyOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== 'off'
  } catch {
    return true
  }
}

export function switchKey(on: boolean): void {
  try {
    if (on) localStorage.removeItem(NAME)
    else localStorage.setItem(NAME, 'off')
  } catch {
    // A browser that keeps nothing keeps the key on.
  }
}

/** Whether a key was meant for us: not typed into something, and not part of a shortcut of the browser. */
export function isSearchKey(event: KeyboardEvent): boolean {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return false
  const target = event.target instanceof HTMLElement ? event.target : undefined
  return (
    !target?.isContentEditable && !target?.closest('input, textarea, select, dialog[open], [role="dialog"]')
  )
}
