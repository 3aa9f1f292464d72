import type { Segment } from '#shared/episodes.ts'

/**
 * A stretch of text that is found as one: long enough for words that belong together, short enough to be shown. `from`
 * and `to` count characters as PostgreSQL does.
 */
export type Cut = {
  first: number
  last: number
  from: number | null
  to: number | null
  start: number | null
  speaker: string | null
  text: string
}

/** From so many characters on a passage ends with the sentence, and at the most with the word. */
const ENOUGH = 450
const LONGEST = 1_200

/** Passages of a transcript. Each is of one speaker; captions of a few words are read together. */
export function cutTranscript(segments: readonly Segment[]): Cut[] {
  const cuts: Cut[] = []
  let open: Cut | undefined
  for (const [position, { start, speaker, text }] of segments.entries()) {
    if (text.length > LONGEST) {
      open = undefined
      for (const piece of cutText(text))
        cuts.push({ ...piece, first: position, last: position, start, speaker })
      continue
    }
    if (!open || open.speaker !== speaker || open.text.length + text.length > LONGEST) {
      open = { first: position, last: position, from: null, to: null, start, speaker, text }
      cuts.push(open)
    } else {
      open.text = `${open.text} ${text}`
      open.last = position
      open.start ??= start
    }
    if (open.text.length >= ENOUGH && endsSentence(open.text)) open = undefined
  }
  return cuts
}

/** A long text is cut after a line or a sentence if there is one, or between two words. */
export function cutText(text: string): { from: number; to: number; text: string }[] {
  const cuts: { from: number; to: number; text: string }[] = []
  for (let at = 0, from = 0; at < text.length;) {
    const rest = text.slice(at, at + LONGEST)
    const piece = rest.length < LONGEST ? rest : rest.slice(0, endOf(rest))
    const to = from + Array.from(piece).length
    cuts.push({ from, to, text: piece })
    at += piece.length
    from = to
  }
  return cuts
}

function endOf(text: string): number {
  const ends = [...text.matchAll(/\n|[.!?…]["”’»)]*(?:\s|$)|[。！？]/gu)]
  const sentence = ends.findLast(({ index }) => index >= ENOUGH)
  if (sentence) return sentence.index + sentence[0].length
  const gap = text.search(/\s\S*$/u)
  return gap > 0 ? gap + 1 : withoutHalf(text)
}

/** Not between the two halves of a character. */
const withoutHalf = (text: string) => (/[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length)

const endsSentence = (text: string) => /[.!?…。！？]["”’»)]*\s*$/u.test(text)
