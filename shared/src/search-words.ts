/** Words as search reads them: what is written, what is looked for, and what of a text is marked. */

/** Languages whose words PostgreSQL knows to bend, since version 15. Others are found as they are written. */
const CONFIGURATIONS: Record<string, string> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/** The configuration of PostgreSQL for a tag such as "en" or "pt-BR"; `simple` where there is none. */
export const configurationOf = (tag: string | null | undefined): string =>
  CONFIGURATIONS[tag?.trim().toLowerCase().split(/[-_]/)[0] ?? ''] ?? 'simple'

/** A word, or one sign of a script that puts no spaces between words. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[[\p{L}\p{N}\p{M}\u{AD}\u{200B}-\u{200D}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+/gv
/** Letters of their own that people without such a keyboard write otherwise. */
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' }
/** PostgreSQL passes over what is much longer, and nobody looks for it. */
const LONGEST_WORD = 100

/** Without case and accents: "Café" is found as "cafe". Marks of other scripts than the Latin one are letters, and stay. */
const foldWord = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, LONGEST_WORD)
    .toWellFormed()

/** The words of a text, folded. */
export const wordsOf = (text: string): string[] =>
  (text.match(WORD) ?? []).map(foldWord).filter((word) => word !== '')

/** Only letters and digits, so that nothing in it is an operator: what PostgreSQL is given of a text. */
export const foldWords = (text: string): string => wordsOf(text).join(' ')

/** One thing looked for: a word, or several in this order. */
export type Term = { words: string[]; not: boolean; quoted: boolean }

/** How many words are heard. */
export const MOST_TERMS = 20
/** Shorter ones say too little. One sign of Chinese says enough. */
const SHORTEST_TERM = 2

/** What somebody typed: terms, all of which are wanted; between alternatives stands "or". */
export type Asked = { alternatives: Term[][] }

/** Understands words, "words in this order", -without and or. Takes anything. */
export function understand(typed: string): Asked {
  const alternatives: Term[][] = [[]]
  let heard = 0
  for (const [piece, minus = '', quoted, bare = ''] of typed.matchAll(
    /([-−–]?)["“”„«»]([^"“”„«»]*)["“”«»]?|(\S+)/gu,
  )) {
    if (piece.toLowerCase() === 'or') {
      if (alternatives.at(-1)?.some(({ not }) => !not)) alternatives.push([])
      continue
    }
    const not = minus !== '' || /^[-−–]/u.test(bare)
    const words = wordsOf(quoted ?? bare)
    if (words.length === 0 || heard >= MOST_TERMS) continue
    heard += 1
    alternatives.at(-1)?.push({ words, not, quoted: quoted !== undefined })
  }
  return { alternatives: alternatives.filter((terms) => terms.some(({ not }) => !not)) }
}

export const positiveTerms = ({ alternatives }: Asked): Term[] =>
  alternatives.flatMap((terms) => terms.filter(({ not }) => !not))

/** Whether there is anything to go by. */
export const saysEnough = (asked: Asked): boolean =>
  asked.alternatives.length > 0 &&
  asked.alternatives.every((terms) =>
    terms.some(
      ({ words, not }) => !not && (words.join('').length >= SHORTEST_TERM || isSign(words[0] ?? '')),
    ),
  )

const isSign = (word: string) => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(word)

/** The same for `websearch_to_tsquery`. Each word is quoted, so none is taken for an operator. */
export const asWebsearch = ({ alternatives }: Asked): string =>
  alternatives
    .map((terms) => terms.map(({ words, not }) => `${not ? '-' : ''}"${words.join(' ')}"`).join(' '))
    .join(' or ')

/** The word that somebody is still typing: the last one, when nothing follows it. */
export function unfinishedWord(typed: string, asked: Asked): string | undefined {
  const last = asked.alternatives.at(-1)?.at(-1)
  if (!last || last.not || last.quoted || last.words.length !== 1 || /\s$/u.test(typed)) return undefined
  const [word = ''] = last.words
  return word.length >= 3 ? word : undefined
}

/** A piece of a text, and whether it was looked for. Never HTML. */
export type MarkedPart = { text: string; marked: boolean }

/**
 * Marks what was looked for.
 * @param sought for each term its word stems in order, as PostgreSQL gives them
 * @param stemOf the stem of a folded word; undefined for one too common to count
 */
export function markWords(
  text: string,
  sought: readonly (readonly string[])[],
  stemOf: (word: string) => string | undefined,
): MarkedPart[] {
  const found = [...text.matchAll(WORD)].flatMap((match) => {
    const stem = stemOf(foldWord(match[0]))
    return stem === undefined ? [] : [{ from: match.index, to: match.index + match[0].length, stem }]
  })
  const marked: { from: number; to: number }[] = []
  for (let at = 0; at < found.length; at += 1) {
    const length = Math.max(
      0,
      ...sought.map((stems) =>
        stems.length > 0 && stems.every((stem, further) => found[at + further]?.stem === stem)
          ? stems.length
          : 0,
      ),
    )
    for (const [further, { from, to }] of found.slice(at, at + length).entries()) {
      const before = marked.at(-1)
      if (before && from <= before.to) before.to = Math.max(before.to, to)
      // Between the words of a phrase, and of a script without spaces, the mark goes on.
      else if (before && further > 0 && !/\n/.test(text.slice(before.to, from))) before.to = to
      else marked.push({ from, to })
    }
  }
  return partsOf(text, marked)
}

function partsOf(text: string, marked: readonly { from: number; to: number }[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  let at = 0
  for (const { from, to } of marked) {
    if (from > at) parts.push({ text: text.slice(at, from), marked: false })
    parts.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}

/** How many characters of a text are shown around what was found. */
const SHOWN_BEFORE = 90
const SHOWN = 280
/** With what says that it goes on. */
export const LONGEST_EXCERPT = SHOWN + 4

/** A short piece of a text around its first mark, cut at words. */
export function excerptOf(parts: readonly MarkedPart[]): MarkedPart[] {
  const whole = parts.map(({ text }) => text).join('')
  if (whole.length <= SHOWN) return [...parts]
  const first = parts.findIndex(({ marked }) => marked)
  const before = parts.slice(0, Math.max(0, first)).reduce((sum, { text }) => sum + text.length, 0)
  const from = startOfWord(whole, Math.max(0, Math.min(before - SHOWN_BEFORE, whole.length - SHOWN)))
  const to = endOfWord(whole, from + SHOWN)
  const cut: MarkedPart[] = []
  let at = 0
  for (const { text, marked } of parts) {
    const piece = text.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (piece) cut.push({ text: piece, marked })
    at += text.length
  }
  const [head] = cut
  if (from > 0 && head) head.text = `… ${head.text.trimStart()}`
  const tail = cut.at(-1)
  if (to < whole.length && tail) tail.text = `${tail.text.trimEnd()} …`
  return cut
}

/** A word that is longer than that is cut. */
const FAR = 40

function startOfWord(text: string, at: number): number {
  if (at === 0) return 0
  const gap = text.slice(at, at + FAR).search(/\s/)
  return wellFormedAt(text, gap === -1 ? at : at + gap + 1)
}

function endOfWord(text: string, at: number): number {
  if (at >= text.length) return text.length
  const gap = text.slice(at - FAR, at).search(/\s\S*$/)
  return wellFormedAt(text, gap === -1 ? at : at - FAR + gap)
}

/** Not between the two halves of a character. */
const wellFormedAt = (text: string, at: number) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at)
