/** Brings a post into sight and puts the focus on it. Says whether it stands on this page. */
export function goToPost(postId: string): boolean {
  const element = document.getElementById(`post-${postId}`)
  if (!element) return false
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'nearest' })
  return true
}

/** Which post of a thread the reader has selected words of, as their page shows it; mentions by id. */
export function selectedWords(within: HTMLElement | undefined): string {
  const selection = getSelection()
  if (!within || !selection || selection.isCollapsed || selection.rangeCount === 0) return ''
  const range = selection.getRangeAt(0)
  if (!within.contains(range.commonAncestorContainer)) return ''
  const words = range.cloneContents()
  for (const mention of words.querySelectorAll<HTMLElement>('bdi[data-account]'))
    mention.textContent = `@{${mention.dataset.account ?? ''}}`
  for (const end of words.querySelectorAll('p, li, br, pre, blockquote')) end.after(' ')
  return (words.textContent ?? '').replace(/\s+/g, ' ').trim()
}
