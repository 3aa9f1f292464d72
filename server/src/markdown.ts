import { LRUCache } from 'lru-cache'
import markdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { mentionInHtml, showMentions } from '#shared/mentions.ts'

/** Above this, text is shown as it is: formatting it would keep everybody else waiting. */
const LONGEST_FORMATTED = 200_000

const markdown = markdownIt({ html: false, linkify: true, breaks: true })
// What has no place in a post loses no words: a table stays as it was typed, and a picture is a link to it.
markdown.disable('table')
markdown.renderer.rules.image = (tokens, index) => {
  const { escapeHtml } = markdown.utils
  const picture = tokens[index]
  return `<a href="${escapeHtml(String(picture?.attrGet('src') ?? ''))}">${escapeHtml(picture?.content ?? '')}</a>`
}
// Somebody's headings stand inside our page, which has its own order of headings.
markdown.renderer.rules.heading_open = () => '<p><strong>'
markdown.renderer.rules.heading_close = () => '</strong></p>\n'

/**
 * Markdown that somebody wrote, as HTML that is safe to show.
 * @param names of those whom a post may mention; without them nobody is mentioned
 */
export function renderMarkdown(text: string, names?: ReadonlyMap<string, string>): string {
  if (text.length > LONGEST_FORMATTED)
    return `<p>${markdown.utils.escapeHtml(text).replaceAll('\n', '<br>')}</p>`
  const key = names ? JSON.stringify([text, ...names]) : text
  const known = rendered.get(key)
  if (known !== undefined) return known
  const html = render(text, names)
  rendered.set(key, html)
  return html
}

/** What was rendered last: a page of posts is read far more often than one of them changes. Up to 16 million characters. */
const rendered = new LRUCache<string, string>({
  maxSize: 16_000_000,
  sizeCalculation: (html, text) => html.length + text.length + 1,
})

function render(text: string, names: ReadonlyMap<string, string> | undefined): string {
  return sanitizeHtml(markdown.render(text), {
    allowedTags: ['p', 'br', 'strong', 'em', 's', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'hr'],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener nofollow ugc' }) },
    // After the sanitising, so nobody else's HTML looks like a mention.
    ...(names
      ? { textFilter: (words: string) => showMentions(words, (id) => mentionInHtml(id, names.get(id))) }
      : {}),
  })
}
