import { expect, it } from 'vitest'
import { momentOf } from '#shared/moments.ts'
import { quoteWithTime } from './quote-with-time.ts'

const page = 'https://shortside.example/groups/harbour/episodes/1'
const words = { quote: 'I count to eight.', speaker: 'Ines Marwitz', start: 754.4 }

it('copies the words with who said them, when, and a link that leads there', () => {
  const copied = quoteWithTime(words, { page, title: 'Influence', offset: 0 })
  expect(copied).toBe(`“I count to eight.”\nInes Marwitz, 12:34, Influence\n${page}#t=754`)
  expect(momentOf(new URL(copied.split('\n').at(-1) ?? ''))).toBe(754)
})

it('says the time of my own audio too, when it is another one; the link is the same for everybody', () => {
  const copied = quoteWithTime(words, { page, title: 'Influence', offset: 42 })
  expect(copied).toBe(
    `“I count to eight.”\nInes Marwitz, 12:34 (13:16 in my audio), Influence\n${page}#t=754`,
  )
})

it('copies what has no speaker and no time', () => {
  expect(
    quoteWithTime({ quote: 'Yes.', speaker: null, start: null }, { page, title: 'Influence', offset: 42 }),
  ).toBe(`“Yes.”\nInfluence\n${page}`)
})
