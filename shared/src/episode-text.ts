import { LARGEST_DOCUMENT } from './episodes.ts'
import { Refusal } from './refusals.ts'

const MEGABYTE = 1_048_576
/** How much of a file is looked at to see whether it is text. */
const SAMPLE = 8_192

/**
 * The text in a file of unknown encoding: UTF-8, UTF-16 with its mark, or else what old programs write.
 * @throws Refusal when it is too large, empty, or no text: with the sentence that says what to do.
 */
export function decodeText(bytes: Uint8Array): string {
  requireSize(bytes.length)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return readable(new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return readable(new TextDecoder('utf-16be').decode(bytes))
  try {
    return readable(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (problem) {
    if (problem instanceof Refusal) throw problem
    return readable(new TextDecoder('windows-1252').decode(bytes))
  }
}

/**
 * Text that can be read for an episode.
 * @throws Refusal when it is too large, empty, or no text.
 */
export function requireText(text: string): string {
  // A character is at most three bytes, so most texts need no counting.
  if (text.length * 3 > LARGEST_DOCUMENT) requireSize(new TextEncoder().encode(text).length)
  return readable(text)
}

/** @throws Refusal when it is more than can be taken in one go. */
export function requireSize(bytes: number): void {
  if (bytes <= LARGEST_DOCUMENT) return
  throw new Refusal(
    'too-large',
    `This is ${(bytes / MEGABYTE).toFixed(1)} MB, and ${LARGEST_DOCUMENT / MEGABYTE} MB is the most we take at once. Import a part of it, or a transcript without pictures.`,
    'text',
  )
}

function readable(text: string): string {
  if (text.replace(/^\uFEFF/u, '').trim() === '')
    throw new Refusal(
      'invalid',
      'There is nothing to read in it. Paste show notes, a timeline or a transcript, or choose another file.',
      'text',
    )
  const start = text.slice(0, SAMPLE)
  if (start.startsWith('%PDF-'))
    throw new Refusal('invalid', 'That is a PDF. Open it, copy its text and paste it here.', 'text')
  if (start.startsWith('PK\u0003\u0004'))
    throw new Refusal(
      'invalid',
      'That is a Word file or an archive. Open it, copy its text and paste it here.',
      'text',
    )
  const strange = Array.from(start).filter(isStrange).length
  if (text.includes('\0') || strange * 20 > start.length)
    throw new Refusal(
      'invalid',
      'That is not a text file. Choose a transcript (VTT, SRT, JSON, HTML or plain text), or paste its text.',
      'text',
    )
  return text
}

/** Controls and bytes that are no characters stand in pictures and sound, not in text. */
function isStrange(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code === 0xfffd || code < 9 || (code > 13 && code < 32 && code !== 27)
}
