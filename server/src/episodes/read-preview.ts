import type { EpisodePreview, ParsedEpisode } from '#shared/episodes.ts'
import { lastMoment, LONGEST_TITLE } from '#shared/episodes.ts'
import { sectionOf } from './parse/document-lines.ts'
import { parseEpisodeText, sniff, type Format } from './parse/parse-episode.ts'
import { joinForReading } from './parse/reading.ts'

const MOST_PROBLEMS = 1_000
const AUDIO =
  /https?:\/\/[^\s<>"')\]]{1,500}\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)(?:\?[^\s<>"')\]]{0,500})?/iu
/** These break lines where a screen ends, not where a thought does. */
const BROKEN_BY_SCREENS = new Set<Format>(['vtt', 'srt', 'json'])

/** What a pasted text or a transcript file is understood as. Of a long one, it is read in a worker. */
export function readPreview(text: string, fileName: string): EpisodePreview {
  const parsed = readForEpisode(text, fileName)
  return {
    ...parsed,
    showTitle: null,
    audioUrl: AUDIO.exec(parsed.notes)?.[0] ?? null,
    pageUrl: null,
    duration: lastMoment(parsed.segments),
    language: null,
    publishedAt: null,
    people: [],
  }
}

/** The text as it will be read by people: whole sentences, a title that fits, and no endless list of problems. */
export function readForEpisode(text: string, fileName: string): ParsedEpisode {
  const { title, chapters, segments, ...parsed } = storable(parseEpisodeText(text, fileName))
  const { problems } = parsed
  const notes = withoutEmptyParts(parsed.notes)
  const more = problems.length - MOST_PROBLEMS
  return {
    title: title.slice(0, LONGEST_TITLE),
    chapters,
    segments: BROKEN_BY_SCREENS.has(sniff(text, fileName)) ? joinForReading(segments) : segments,
    notes: title.length > LONGEST_TITLE ? `${title}\n\n${notes}` : notes,
    problems:
      more <= 0
        ? problems
        : [
            ...problems.slice(0, MOST_PROBLEMS),
            {
              line: problems[MOST_PROBLEMS]?.line ?? 0,
              message: `From here on ${more.toLocaleString('en')} more lines were not understood. They are kept too.`,
            },
          ],
  }
}

/** A database can't hold NUL or half a character; files do, and JSON can write both. */
function storable({ title, notes, chapters, segments, problems }: ParsedEpisode): ParsedEpisode {
  const clean = (some: string) => some.replaceAll('\u0000', '').toWellFormed()
  return {
    title: clean(title),
    notes: clean(notes),
    chapters: chapters.map((one) => ({ ...one, title: clean(one.title) })),
    segments: segments.map((one) => ({
      ...one,
      speaker: one.speaker === null ? null : clean(one.speaker),
      text: clean(one.text),
    })),
    problems: problems.map((one) => ({ ...one, message: clean(one.message) })),
  }
}

/** Without the headings “Timeline” and “Transcript”, below which nothing is left: it became chapters and passages. */
function withoutEmptyParts(notes: string): string {
  const lines = notes.split('\n')
  const isHeading = (line: string | undefined) =>
    ['timeline', 'transcript'].includes(sectionOf(line ?? '') ?? '')
  let last = true
  const kept = lines.toReversed().filter((line) => {
    if (last && isHeading(line)) return false
    if (line.trim() !== '') last = sectionOf(line) !== undefined
    return true
  })
  return kept
    .toReversed()
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}
