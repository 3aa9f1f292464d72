import { expect, it } from 'vitest'
import { readForEpisode } from './read-preview.ts'

it('keeps no heading in the notes below which nothing is left, and every other word', () => {
  const { notes, chapters, segments } = readForEpisode(
    'A talk\n\nAbout asking.\n\nEpisode Timeline\n0:00 - Hello\n\nTranscript\n0:00 | Ann: Hello.\n\nAbout the author\nAnn writes.',
    '',
  )
  expect([chapters.length, segments.length]).toEqual([1, 1])
  expect(notes).toBe('About asking.\n\nAbout the author\nAnn writes.')

  const words = readForEpisode('A talk\n\nTimeline\nNo time in it.\n\nTranscript', '').notes
  expect(words).toBe('Timeline\nNo time in it.')
})
