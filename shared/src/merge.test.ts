import { expect, it } from 'vitest'
import type { Episode, EpisodePreview } from './episodes.ts'
import { choicesOf, merge } from './merge.ts'

/** As it came from a feed: with audio, people and notes, and without a transcript. */
const episode: Episode = {
  id: 'one',
  title: 'Influence at any level',
  showTitle: 'Sample talks',
  notes: 'About asking.',
  notesHtml: '<p>About asking.</p>',
  audioUrl: 'https://cdn.example.org/1.mp3',
  pageUrl: null,
  artworkId: null,
  duration: 1_800,
  language: 'en',
  people: [{ name: 'Ann Lee', role: 'host' }],
  chapters: [
    { start: 0, title: 'Hello' },
    { start: 60, title: 'Asking' },
  ],
  segments: [],
  publishedAt: '2026-11-02T08:00:00.000Z',
  importedAt: '2026-11-22T09:00:00.000Z',
  revision: 1,
  mayChange: true,
}
const pasted: EpisodePreview = {
  title: 'influence transcript final',
  showTitle: null,
  audioUrl: 'https://elsewhere.example.org/other.mp3',
  pageUrl: 'https://example.org/1',
  notes: 'A line that was not understood.',
  duration: 1_234,
  language: null,
  publishedAt: null,
  people: [],
  chapters: [{ start: 0, title: 'Start' }],
  segments: [{ start: 0, end: 4, speaker: 'Ann', text: 'Welcome.' }],
  problems: [{ line: 7, message: 'Not understood.' }],
}

it('keeps what the episode has, takes what it lacks, and drops no line of the pasted text', () => {
  expect(merge(episode, pasted)).toEqual({
    title: episode.title,
    showTitle: 'Sample talks',
    audioUrl: episode.audioUrl,
    pageUrl: 'https://example.org/1',
    notes: 'About asking.\n\nA line that was not understood.',
    duration: 1_800,
    language: 'en',
    publishedAt: episode.publishedAt,
    people: episode.people,
    chapters: episode.chapters,
    segments: pasted.segments,
    problems: pasted.problems,
  })
})

it('says of which parts the pasted text has something else, in words, and what it would choose', () => {
  expect(choicesOf(episode, pasted).map(({ part, suggested }) => [part, suggested])).toEqual([
    ['title', 'ours'],
    ['audioUrl', 'ours'],
    ['pageUrl', 'theirs'],
    ['chapters', 'ours'],
    ['notes', 'both'],
    ['segments', 'theirs'],
  ])
  expect(choicesOf(episode, pasted).find(({ part }) => part === 'chapters')).toMatchObject({
    ours: '2 chapters: 00:00 Hello, 01:00 Asking',
    theirs: '1 chapter: 00:00 Start',
  })
  const { id: _id, ...same } = episode
  expect(choicesOf(episode, { ...same, problems: [] })).toEqual([])
})

it('lets somebody choose otherwise, part by part', () => {
  const merged = merge(episode, pasted, {
    title: 'theirs',
    audioUrl: 'theirs',
    chapters: 'theirs',
    notes: 'ours',
    segments: 'ours',
  })
  expect(merged).toMatchObject({
    title: pasted.title,
    audioUrl: pasted.audioUrl,
    duration: 1_234,
    chapters: pasted.chapters,
    notes: episode.notes,
    segments: [],
  })
  expect(merge(episode, pasted, { notes: 'theirs' }).notes).toBe(pasted.notes)
})

it('takes more chapters and more people than there were', () => {
  const richer = {
    ...pasted,
    people: [{ name: 'Ann Lee' }, { name: 'Ben May' }],
    chapters: [...episode.chapters, { start: 90, title: 'Goodbye' }],
  }
  expect(merge(episode, richer)).toMatchObject({ people: richer.people, chapters: richer.chapters })
})
