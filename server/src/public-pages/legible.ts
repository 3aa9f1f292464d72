import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The parts of the two typefaces that pictures are drawn with; names in other scripts have no letters in them. */
export const PARTS = {
  fraunces: ['latin', 'latin-ext', 'vietnamese'],
  inter: ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'],
} as const

/** More letters than one in three that can't be drawn make a text that nobody can read. */
const MOST_LOST = 1 / 3

let known: readonly (readonly [number, number])[] | undefined

/** The text without what can't be drawn; nothing when too little of it is left. */
export function legible(text: string): string | undefined {
  const graphemes = [...new Intl.Segmenter('en').segment(text.normalize('NFC'))].map(({ segment }) => segment)
  const drawn = graphemes.filter((one) => Array.from(one).every(isDrawn))
  const written = (all: string[]) => all.filter((one) => /[\p{L}\p{N}]/u.test(one)).length
  const left = drawn.join('').replace(/\s+/g, ' ').trim()
  if (written(drawn) === 0 || written(drawn) < written(graphemes) * (1 - MOST_LOST)) return undefined
  return left
}

function isDrawn(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (/\p{Cc}|\p{Cf}/u.test(character)) return false
  known ??= readRanges()
  return known.some(([from, to]) => code >= from && code <= to)
}

/** As the package of the typeface says it: "U+0460-052F,U+20B4". */
function readRanges(): (readonly [number, number])[] {
  const all = JSON.parse(readFileSync(require.resolve('@fontsource/inter/unicode.json'), 'utf8')) as Record<
    string,
    string
  >
  return PARTS.inter
    .flatMap((part) => (all[part] ?? '').split(','))
    .flatMap((range) => {
      const [from = '', to = from] = range.replace('U+', '').split('-')
      return from ? [[Number.parseInt(from, 16), Number.parseInt(to, 16)] as const] : []
    })
}
