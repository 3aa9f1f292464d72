import { expect, it } from 'vitest'
import { showGuid } from './show-guid.ts'

it('is what the feed states, else made of its address without scheme and trailing slashes', () => {
  const known = '917393e3-1b1e-5cef-ace4-edaa54e1f810'
  expect(showGuid(null, 'https://mp3s.nashownotes.com/pc20rss.xml')).toBe(known)
  expect(showGuid(null, 'http://mp3s.nashownotes.com/pc20rss.xml//')).toBe(known)
  expect(showGuid('not one', 'https://mp3s.nashownotes.com/pc20rss.xml')).toBe(known)
  expect(showGuid(known.toUpperCase(), 'https://example.org/feed')).toBe(known)
})
