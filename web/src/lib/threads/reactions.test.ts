import { expect, it } from 'vitest'
import { countReactions, sayMine, sayWho } from './reactions.ts'

const [ada, ben, cleo] = ['Ada', 'Ben', 'Cleo'].map((name) => ({ id: name, name })) as [
  { id: string; name: string },
  { id: string; name: string },
  { id: string; name: string },
]

it('says each word with how many said it, and whether I did', () => {
  const reactions = [
    { kind: 'me-too' as const, by: [ada, ben, cleo] },
    { kind: 'thanks' as const, by: [ben] },
  ]
  expect(countReactions(reactions, 'Ada')).toMatchObject([
    { words: 'Me too', count: 3, mine: true },
    { words: 'Tried it', count: 0, mine: false },
    { words: 'Thanks', count: 1, mine: false },
  ])
  expect([3, 1].map((count) => sayMine({ count }))).toEqual(['you too', 'you'])
  expect(sayWho({ by: [ada, ben, cleo] }, 'Ada')).toBe('Ben, Cleo and you')
  expect(sayWho({ by: [ada] }, 'Ada')).toBe('you')
  expect(sayWho({ by: [ada, ben] }, 'Cleo')).toBe('Ada and Ben')
})
