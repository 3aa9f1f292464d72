/** In Markdown, words of others are words: nothing in them is a link, a heading or markup. On one line. */
export const plainWords = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~!&]/g, (character) => `\\${character}`)
    .replace(/^([-+])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')

const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * Markdown of others inside a longer one: it keeps its emphasis, lists and links, and neither makes a heading there nor
 * brings HTML along.
 */
export function insideMarkdown(text: string): string {
  let fence = ''
  const lines = text.split(/\r\n?|\n/).map((line) => {
    const [, mark = ''] = FENCE.exec(line) ?? []
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) fence = ''
      return line
    }
    if (mark !== '') {
      fence = mark
      return line
    }
    return line
      .replace(/<(?!(?:https?:\/\/|mailto:)[^\s<>]*>)/g, '\\<')
      .replace(/^([ >]*)(#{1,6}(?:\s|$)|=+\s*$|-{2,}\s*$)/, '$1\\$2')
  })
  // A fence that nobody closed would swallow what comes after it.
  return [...lines, ...(fence === '' ? [] : [fence])].join('\n')
}
