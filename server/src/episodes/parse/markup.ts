import { Parser } from 'htmlparser2'

/** `&amp;` and its kind, as the characters they stand for. Everything else stays. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  let decoded = ''
  const parser = new Parser({ ontext: (some) => (decoded += some) }, { decodeEntities: true })
  parser.end(text.replaceAll('<', '&lt;'))
  return decoded
}

const LINK = /!?\[([^\][]*)\]\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\))?[^()\s]*)(?:\s+"[^"]*")?\)/gu

/** Markdown's marks taken off a title; says whether words were lost with them (the target of a link). */
export function withoutMarks(title: string): { text: string; lost: boolean } {
  const unlinked = title.replace(LINK, (_link, text: string) => text)
  const text = unlinked
    .replace(/(\*\*|__|~~|`)(?=\S)([^*_~`]+?)\1/gu, '$2')
    .replace(/\s+/gu, ' ')
    .trim()
  return { text, lost: unlinked !== title }
}
