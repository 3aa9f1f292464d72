import { lineWords } from '#shared/corrections.ts'
import type { Segment } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Correction } from '#shared/transcripts.ts'
import type { Editing } from './open-transcript.svelte.ts'
import { exactTime, readTime } from './words.ts'

/** How far a name reaches that somebody writes at a line. */
export type Scope = 'line' | 'turn' | 'everywhere'

/** A line as a form shows it. */
export const editOf = (was: Segment, segment: number): Editing => ({
  segment,
  was,
  text: was.text,
  start: exactTime(was.start),
  end: exactTime(was.end),
  speaker: was.speaker ?? '',
})

/**
 * What has to be corrected so that a line says what somebody wrote. What they did not touch stays as it is now, also when
 * somebody else changed it since. @throws Refusal for what is no time.
 */
export function correctionsOf(
  { segment, was, ...written }: Editing,
  now: Segment,
  scope: Scope,
): Correction[] {
  const time = (field: 'start' | 'end') => {
    if (written[field] === exactTime(was[field])) return now[field]
    const read = readTime(written[field])
    if (read === undefined)
      throw new Refusal(
        'invalid',
        'Write a time as minutes and seconds, such as 12:34, or leave it empty.',
        field,
      )
    return read
  }
  const text = lineWords(written.text) === lineWords(was.text) ? now.text : lineWords(written.text)
  const name = lineWords(written.speaker) || null
  const speaker = name === was.speaker ? now.speaker : name
  const line = {
    start: time('start'),
    end: time('end'),
    text,
    speaker: scope === 'line' ? speaker : now.speaker,
  }
  const changed = (['start', 'end', 'text', 'speaker'] as const).some((field) => line[field] !== now[field])
  return [
    ...(changed ? [{ kind: 'line' as const, segment, ...line }] : []),
    ...(scope !== 'line' && speaker !== now.speaker
      ? [{ kind: 'speaker' as const, segment, to: speaker, scope }]
      : []),
  ]
}
