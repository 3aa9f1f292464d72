/**
 * A mention stands in the words of a post as `@{id of the account}`, never as a name: a new name shows at once, and that
 * of somebody who left is in nobody's words. In a field it is written as `@name`.
 */

/** Somebody who can be mentioned, as a field offers them. */
export type Person = { id: string; name: string }

/** How many people one post mentions. */
export const MOST_MENTIONS = 20
/** What stands for somebody who is not there any more. */
export const SOMEBODY_WHO_LEFT = 'somebody who left'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const MENTION = new RegExp(`@\\{(${UUID})\\}`, 'g')
const SHOWN = new RegExp(`<bdi data-account="(${UUID})">[^<]*</bdi>`, 'g')
/** Parts a mention from what would be read together with it. Nobody sees it, and it is never stored. */
const APART = '\u200b'
/** How far behind an @ the name is still being typed. */
const LONGEST_QUERY = 40

export const mentionOf = (id: string): string => `@{${id}}`

/** Whom these words mention, each once. */
export const mentionedIn = (words: string): string[] => [
  ...new Set([...words.matchAll(MENTION)].flatMap(([, id]) => (id ? [id] : []))),
]

/** Words in which each mention stands as what `show` makes of it. */
export const showMentions = (words: string, show: (id: string) => string): string =>
  words.replace(MENTION, (_all, id: string) => show(id))

/** Words in parts, each mention one of its own. */
export function partsOf(words: string): (string | { id: string })[] {
  const parts = words.split(new RegExp(MENTION.source, 'g'))
  return parts.map((part, index) => (index % 2 === 0 ? part : { id: part })).filter((part) => part !== '')
}

/** A mention in the HTML of a post; its name is kept apart, whichever way it is written. */
export const mentionInHtml = (id: string, name: string | undefined): string =>
  `<bdi data-account="${id}">@${escapeHtml(name ?? SOMEBODY_WHO_LEFT)}</bdi>`

/** The HTML of a post, once somebody is gone. */
export const withoutName = (html: string, accountId: string): string =>
  html.replace(SHOWN, (all, id: string) => (id === accountId ? mentionInHtml(id, undefined) : all))

/** The words that the HTML of a post shows, mentions by id, on one line: what can be quoted of it. */
export function wordsIn(html: string): string {
  const plain = html
    .replace(SHOWN, (_all, id: string) => mentionOf(id))
    .replace(/<(br|hr|\/p|\/li|\/pre|\/blockquote)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
  return onOneLine(plain.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity))
}

export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** How a field names people: two of one name are told apart by a number. */
export function labelsOf(people: readonly Person[]): Map<string, string> {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id, name } of people) {
    // What would not survive a field, or would be read as something else there.
    const plain =
      onOneLine(name.replace(/[@{}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')) || 'member'
    let label = plain
    for (let number = 2; taken.has(label); number += 1) label = `${plain} (${number})`
    taken.add(label)
    labels.set(id, label)
  }
  return labels
}

/** What a field shows of words: names in place of ids. What was typed as text stays text when it is read again. */
export function toField(words: string, people: readonly Person[]): string {
  const labels = labelsOf(people)
  const named = (before: string, after: string) =>
    showMentions(words, (id) => {
      const label = labels.get(id)
      return label === undefined ? mentionOf(id) : `${before}@${label}${after}`
    })
  const plain = named('', '')
  if (fromField(plain, people) === words) return plain
  return showMentions(words.replace(/@(?!\{)/g, `@${APART}`), (id) => {
    const label = labels.get(id)
    return label === undefined ? mentionOf(id) : `${APART}@${label}${APART}`
  })
}

/** The words of what was typed: each whole name behind an @ is a mention. */
export function fromField(typed: string, people: readonly Person[]): string {
  const ids = new Map([...labelsOf(people)].map(([id, label]) => [label, id]))
  const one = [...ids.keys()]
    // Of two names that begin alike, the longer is meant.
    .toSorted((a, b) => b.length - a.length)
    .map((label) => label.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|')
  if (one === '') return typed.replaceAll(`@${APART}`, '@')
  const mention = new RegExp(
    `${APART}@(${one})${APART}|(?<![\\p{L}\\p{N}_@])@(${one})(?![\\p{L}\\p{N}_])|@${APART}`,
    'gu',
  )
  return typed.replace(mention, (_all, apart?: string, label?: string) => {
    const id = ids.get(apart ?? label ?? '')
    return id === undefined ? '@' : mentionOf(id)
  })
}

/** The name that is being typed: where its @ stands, and what stands behind it. */
export type Query = { at: number; words: string }

export function queryAt(typed: string, caret: number): Query | null {
  const before = typed.slice(0, caret)
  const at = before.lastIndexOf('@')
  if (at < 0 || caret - at > LONGEST_QUERY || /[\p{L}\p{N}_@]$/u.test(before.slice(0, at))) return null
  const words = before.slice(at + 1)
  return /^\s|[\n\u200b]/.test(words) ? null : { at, words }
}

/** Who is meant by what is typed so far: whoever has a word in their name that begins so. */
export function offer(people: readonly Person[], { words }: Pick<Query, 'words'>): Person[] {
  const labels = labelsOf(people)
  const wanted = comparable(words)
  return people.filter(({ id }) => {
    const label = comparable(labels.get(id) ?? '')
    return label.startsWith(wanted) || label.includes(` ${wanted}`)
  })
}

const comparable = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (character) => Object.keys(ENTITIES).find((key) => ENTITIES[key] === character) ?? '',
  )
