/** The words that its reader has selected in a post, as their page shows it, mentions by id; empty for none of it. */
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
