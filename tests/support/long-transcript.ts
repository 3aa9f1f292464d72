import type { Chapter, Segment } from '#shared/episodes.ts'

/** Some words that stand for any. */
const VOCABULARY =
  'the team was quiet for a long minute and then somebody asked what we had not said because nobody wanted to be first while the plan on the wall looked finished to all but two of us who had tried it'.split(
    ' ',
  )
const CUE = 12
const SECONDS = 5

/** A transcript of so many words, cut into cues as files do it: two people who take turns, a chapter every ten minutes. */
export function longTranscript(words: number): {
  segments: Segment[]
  chapters: Chapter[]
  duration: number
} {
  const segments = Array.from({ length: Math.ceil(words / CUE) }, (_, cue): Segment => {
    const said = Array.from(
      { length: CUE },
      (_word, at) => VOCABULARY[(cue * 7 + at * (1 + (cue % 3))) % VOCABULARY.length] ?? '',
    ).join(' ')
    return {
      start: cue * SECONDS,
      end: (cue + 1) * SECONDS,
      speaker: Math.floor(cue / 11) % 2 ? 'Ines Marwitz' : 'Daniel Okoro',
      text: cue % 4 === 3 ? `${said}.` : said,
    }
  })
  const duration = segments.length * SECONDS
  const chapters = Array.from({ length: Math.ceil(duration / 600) }, (_, at) => ({
    start: at * 600,
    title: `What happened then, part ${at + 1}`,
  }))
  return { segments, chapters, duration }
}
