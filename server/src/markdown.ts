import markdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

/** Above this, text is shown as it is: formatting it would keep everybody else waiting. */
const LONGEST_FORMATTED = 200_000

const markdown = markdownIt({ html: false, linkify: true, breaks: true })
// Somebody's headings stand inside our page, which has its own order of headings.
markdown.renderer.rules.heading_open = () => '<p><strong>'
markdown.renderer.rules.heading_close = () => '</strong></p>\n'

/** Markdown that somebody wrote, as HTML that is safe to show. */
export function renderMarkdown(text: string): string {
  if (text.length > LONGEST_FORMATTED)
    return `<p>${markdown.utils.escapeHtml(text).replaceAll('\n', '<br>')}</p>`
  return sanitizeHtml(markdown.render(text), {
    allowedTags: ['p', 'br', 'strong', 'em', 's', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'hr'],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener nofollow ugc' }) },
  })
}
