import { Parser } from 'htmlparser2'

const PARAGRAPHS = new Set(['p', 'div', 'ul', 'ol', 'blockquote', 'table', 'section', 'article', 'pre', 'hr'])
const MARKS: Record<string, string> = { b: '**', strong: '**', i: '_', em: '_' }
/** Pages nest less than this, and the parser's time grows with the square of it. */
const DEEPEST = 500
const PIECE = 65_536
const UNREAD = new Set(['script', 'style', 'iframe', 'object', 'noscript', 'template', 'svg'])

/** Show notes as publishers send them, made into Markdown: text, links, lists and emphasis; nothing that can act. */
export function htmlToMarkdown(html: string): string {
  if (!/<[a-z!/]|&[a-z#\d]+;/iu.test(html)) return html.trim()
  let out = ''
  let hidden = 0
  let depth = 0
  const links: (string | undefined)[] = []
  const parser = new Parser(
    {
      onopentag(name, { href, alt }) {
        depth += 1
        if (UNREAD.has(name)) hidden += 1
        else if (name === 'br') out += '\n'
        else if (name === 'li') out += '\n- '
        else if (/^h[1-6]$/u.test(name)) out += '\n\n### '
        else if (PARAGRAPHS.has(name)) out += '\n\n'
        else if (name === 'tr') out += '\n'
        else if (name === 'img' && alt?.trim()) out += ` ${alt.trim()} `
        else if (name === 'a') {
          links.push(isWeb(href) ? href : undefined)
          if (links.at(-1) !== undefined) out += '['
        } else out += MARKS[name] ?? ''
      },
      ontext(text) {
        if (hidden === 0) out += text.replace(/\s+/gu, ' ')
      },
      onclosetag(name) {
        depth -= 1
        if (UNREAD.has(name)) hidden -= 1
        else if (name === 'a') {
          const href = links.pop()
          if (href !== undefined)
            out += `](${href.replace(/[()\s]/gu, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`)})`
        } else if (/^h[1-6]$/u.test(name) || PARAGRAPHS.has(name)) out += '\n\n'
        else out += MARKS[name] ?? ''
      },
    },
    { decodeEntities: true },
  )
  for (let at = 0; at < html.length; at += PIECE) {
    parser.write(html.slice(at, at + PIECE))
    if (depth > DEEPEST) return html.replace(/<[^<>]*>/gu, ' ').trim()
  }
  parser.end()
  return out
    .replace(/\[\s*\]\([^()]*\)/gu, '')
    .replace(/(?:\*\*|_)\s*(?:\*\*|_)(?=\s|$)/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}

const isWeb = (href: string | undefined): href is string => /^(?:https?|mailto):/iu.test(href ?? '')
