import { expect, it } from 'vitest'
import { countReactions, sayReaction, sayWho } from './reactions.ts'

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
  const said = (me: string) => countReactions(reactions, me).map(sayReaction)
  expect(said('Ada')).toEqual(['Me too, 3, you too', 'Tried it', 'Thanks, 1'])
  expect(said('Ben')).toEqual(['Me too, 3, you too', 'Tried it', 'Thanks, 1, you'])
  expect(sayWho({ by: [ada, ben, cleo] }, 'Ada')).toBe('Ben, Cleo and you')
  expect(sayWho({ by: [ada] }, 'Ada')).toBe('you')
  expect(sayWho({ by: [ada, ben] }, 'Cleo')).toBe('Ada and Ben')
})
