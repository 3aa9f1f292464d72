import { Parser } from 'htmlparser2'

/** Deeper than any feed is, and shallow enough for every parser. */
const DEEPEST = 64
/** More than any show has. */
const MOST_ITEMS = 20_000

/** Why something is no feed that we read. A page may name its feed. */
export type NoFeed =
  { problem: 'page'; feedUrl: string | undefined } | { problem: 'doctype' | 'deep' | 'many' | 'unknown' }

/** What a feed must not be is seen before anything is built from it. */
export function lookAtFeed(xml: string): NoFeed | undefined {
  const start = xml.replace(/^\uFEFF/u, '').slice(0, 4_096)
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html)\b/iu.test(start))
    return { problem: 'page', feedUrl: feedOfPage(xml) }
  let depth = 0
  let items = 0
  let found: NoFeed | undefined
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        if (/^!doctype/iu.test(name)) found = { problem: 'doctype' }
      },
      onopentagname(name) {
        depth += 1
        if (depth > DEEPEST) found = { problem: 'deep' }
        if (name === 'item' || name === 'entry') items += 1
        if (items > MOST_ITEMS) found = { problem: 'many' }
      },
      onclosetag() {
        depth -= 1
      },
    },
    { xmlMode: true },
  )
  // In pieces, so that a hostile file is left early.
  for (let at = 0; at < xml.length && !found; at += 65_536) parser.write(xml.slice(at, at + 65_536))
  return found
}

/** The first feed that a page names; one of comments only when there is no other. */
function feedOfPage(html: string): string | undefined {
  const named: { href: string; comments: boolean }[] = []
  const parser = new Parser({
    onopentag(name, { type, href, rel, title }) {
      if (
        name === 'link' &&
        href &&
        /^application\/(?:rss|atom)\+xml\b/iu.test(type ?? '') &&
        /\balternate\b/iu.test(rel ?? '')
      )
        named.push({ href, comments: /comment/iu.test(`${title ?? ''} ${href}`) })
    },
  })
  parser.end(html)
  return (named.find(({ comments }) => !comments) ?? named[0])?.href
}
