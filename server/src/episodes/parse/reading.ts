import type { Segment } from '#shared/episodes.ts'

const LONGEST_PAUSE = 2
const LONGEST_PARAGRAPH = 600
const ENDS_SENTENCE = /[.!?…。！？]["'”’»)\]]*$/u
const NO_SPACE_BEFORE = /^[.,!?;:…%)\]}”’»、。，！？]+(?:\s|$)/u
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/**
 * Transcripts break where a screen ends, or after each word. For reading, what one person says is joined until a
 * sentence ends, they pause, or the paragraph is long. No word is lost or changed.
 */
export function joinForReading(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const last = joined.at(-1)
    if (last && goesOn(last, segment)) {
      last.text = joinWords(last.text, segment.text)
      last.end = segment.end ?? last.end
    } else joined.push({ ...segment })
  }
  return joined
}

function goesOn(last: Segment, next: Segment): boolean {
  if (last.speaker !== next.speaker || (last.start === null) !== (next.start === null)) return false
  if (NO_SPACE_BEFORE.test(next.text) && /^\P{L}+$/u.test(next.text)) return true
  if (ENDS_SENTENCE.test(last.text) || last.text.length + next.text.length > LONGEST_PARAGRAPH) return false
  if (last.start === null || next.start === null) return true
  const pause = next.start - (last.end ?? last.start)
  return pause <= LONGEST_PAUSE && next.start >= last.start
}

function joinWords(before: string, after: string): string {
  const close =
    NO_SPACE_BEFORE.test(after) ||
    (WITHOUT_SPACES.test(before.at(-1) ?? '') && WITHOUT_SPACES.test(after.at(0) ?? ''))
  return close ? before + after : `${before} ${after}`
}
