import { expect, it } from 'vitest'
import type { SearchFound } from '#shared/search.ts'
import { PEOPLE } from '#tests/privacy-people.ts'
import { READERS } from '#tests/privacy-words.ts'
import { canariesIn, openWorld } from '#tests/privacy-world.ts'

/** So many fit into one search. */
const TOGETHER = 8

it('P1–P3, P10, Q1, Q4: whatever anybody looks for, search gives nobody a word that they do not read elsewhere, and none to the log', async () => {
  const lines: string[] = []
  const world = await openWorld({
    log: { write: (line) => void lines.push(line) },
    settings: { logLevel: 'trace' },
  })
  const words = [...READERS.keys()]
  const wrong: string[] = []
  const found = new Set<string>()
  for (const who of PEOPLE) {
    for (let at = 0; at < words.length; at += TOGETHER) {
      const asked = new URLSearchParams({
        words: words.slice(at, at + TOGETHER).join(' or '),
        typing: 'true',
      })
      const answer = await world.people[who].request({ url: `/api/search?${asked}` })
      if (answer.statusCode !== 200) continue
      const { count, places } = answer.json<SearchFound>()
      const heard = canariesIn(answer.body)
      for (const word of heard) if (!READERS.get(word)?.includes(who)) wrong.push(`${who} finds ${word}`)
      // A count tells of words, too.
      if (heard.length === 0 && count > 0) wrong.push(`${who} is told of ${count}`)
      for (const { hits } of places)
        for (const { parts } of hits)
          for (const part of parts) if (part.marked) for (const word of canariesIn(part.text)) found.add(word)
    }
  }
  expect(wrong).toEqual([])
  expect(found.size).toBeGreaterThan(10)
  expect(canariesIn(lines.join(''))).toEqual([])
}, 240_000)
