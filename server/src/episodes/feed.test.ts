import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFeed, type Feed } from './feed.ts'

/** Real files that nobody here wrote; the project passes without them. */
const REAL = '../shared/data/feeds'

describe.skipIf(!existsSync(REAL))('real feeds', () => {
  const read = (file: string): Feed => {
    const feed = readFeed(readFileSync(`${REAL}/${file}`, 'utf8'))
    if ('problem' in feed) throw new Error(feed.problem)
    return feed
  }

  it('give transcripts, chapters and people by the book', () => {
    const { entries } = read('namespace-example.xml')
    expect(entries).toHaveLength(3)
    expect(entries[0]).toMatchObject({
      title: 'Episode 3 - The Future',
      id: 'https://example.com/ep0003',
      notes: 'A look into the future of podcasting and how we get to Podcasting 2.0!',
      transcripts: [{ type: 'text/plain' }],
      chaptersUrl: 'https://example.com/ep3_chapters.json',
      people: [{ name: 'Adam Curry' }, { name: 'Dave Jones', role: 'guest' }, { name: 'Becky Smith' }],
    })
  })

  it.each([
    ['podcasting20.xml', 56],
    ['dk-podcast.xml', 59],
  ])('are read whole: %s', (file, count) => {
    const { entries } = read(file)
    expect(entries).toHaveLength(count)
    for (const { id, audioUrl, notes } of entries) {
      expect(id).not.toBe('')
      expect(audioUrl).toMatch(/^https?:/)
      expect(notes).not.toMatch(/<\w/)
    }
    const dates = entries.map(({ publishedAt }) => publishedAt ?? '')
    expect(dates).toEqual(dates.toSorted().reverse())
  })
})

it('reads Atom feeds too', () => {
  const feed = readFeed(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Talks</title>
    <entry><id>urn:1</id><title>One</title><updated>2026-11-02T08:00:00Z</updated>
    <link rel="enclosure" href="https://cdn.example.org/1.mp3"/><link href="https://example.org/1"/>
    <summary>Notes</summary></entry></feed>`)
  expect(feed).toMatchObject({
    title: 'Talks',
    entries: [
      {
        id: 'urn:1',
        audioUrl: 'https://cdn.example.org/1.mp3',
        pageUrl: 'https://example.org/1',
        notes: 'Notes',
      },
    ],
  })
})
