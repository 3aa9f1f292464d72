/** The key that goes to the next unread post. */
export const NEXT_UNREAD = 'n'

/** Whether a key was meant for us: not typed into something, and not part of a shortcut of the browser. */
export function isNextKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
  repeat,
  defaultPrevented,
  target,
}: KeyboardEvent): boolean {
  if (key !== NEXT_UNREAD || ctrlKey || metaKey || altKey || repeat || defaultPrevented) return false
  const element = target instanceof HTMLElement ? target : undefined
  return (
    !element?.isContentEditable && !element?.closest('input, textarea, select, dialog[open], [role="dialog"]')
  )
}
