import { expect, it } from 'vitest'
import {
  blocksOfPlan,
  bodyOf,
  matchBlocks,
  median,
  templateOf,
  timesOf,
  withKeys,
  withoutSecrets,
  type AnyBlock,
} from './template-blocks.ts'
import type { TemplateBody } from './templates.ts'

const block = (title: string, more: Partial<AnyBlock> = {}) => ({
  ...{
    kind: 'discuss' as const,
    title,
    minutes: 10,
    prompt: `Words of ${title}`,
    notes: 'Mine',
    options: {},
  },
  ...more,
})

it('K12: gives each block a key of its own, from its title, and keeps those that are there', () => {
  const drawn = '0f1e2d3c-0000-4000-8000-000000000000'
  const keyed = withKeys([
    block('Öffnen, bitte'),
    block('Talk'),
    block('Talk'),
    block('Third', { key: 'talk' }),
    block('New', { key: drawn }),
  ])
  expect(keyed.map(({ key }) => key)).toEqual(['offnen-bitte', 'talk-2', 'talk-3', 'talk', 'new'])
  expect(withKeys(keyed)).toEqual(keyed)
})

it('K12: matches blocks by key first, then by likeness within their kind', () => {
  const ones = [
    block('Check-in', { key: 'a' }),
    block('What happened', { key: 'b' }),
    block('Close', { key: 'c', kind: 'close' }),
  ]
  const others = [
    block('Close', { kind: 'discuss' }),
    block('What has happened', { prompt: 'Words of What happened' }),
    block('Arrive', { key: 'a' }),
  ]
  expect([...matchBlocks(ones, others)]).toEqual([
    [0, 2],
    [1, 1],
  ])
})

it('K2: a plan leaves the questions of members and the parts of an episode behind', () => {
  const [kept] = blocksOfPlan([
    block('An open question', {
      prompt: 'Why is Ben never heard?',
      notes: 'The thread: https://example.org/threads/1',
      options: { threads: ['0f1e2d3c-0000-4000-8000-000000000000'], part: { start: 3 }, goRound: true },
    }),
  ])
  expect(kept).toMatchObject({ prompt: 'A question of the group.', notes: '', options: { goRound: true } })
  expect(JSON.stringify(kept)).not.toMatch(/Ben|threads|start/)
})

const body: TemplateBody = {
  ...{ title: 'T', purpose: 'P', forWhom: 'F', skills: [], after: [], sources: [] },
  groupSize: { least: 2, best: 4, most: 8 },
  preparation: { facilitator: ['Read the cards.'], everybody: ['Come.'] },
  blocks: blocksOfPlan([
    block('Play', { options: { roles: ['Kim'], cards: [{ role: 'Kim', words: 'Secret' }] } }),
    block('Rest', { prompt: '', notes: '' }),
  ]),
}

it('K3: notes, role cards and what the facilitator prepares are taken out together or apart', () => {
  expect(JSON.stringify(withoutSecrets(body))).not.toMatch(/Mine|Secret|Read the cards/)
  expect(JSON.stringify(withoutSecrets(body, { notes: true, cards: false }))).not.toMatch(/Secret/)
  expect(JSON.stringify(withoutSecrets(body, { notes: false, cards: true }))).toMatch(/Secret/)
  expect(withoutSecrets(body, { notes: true, cards: true })).toEqual(body)
})

it('K7: as a file of the guide and back, a template says the same', () => {
  const file = templateOf(body, 'play')
  expect(file.blocks[1]).toMatchObject({
    prompt: 'No prompt was written for this block.',
    notes: 'No notes were written for this block.',
  })
  expect(bodyOf(file)).toEqual(body)
})

it('K5: says how long a block took: the middle of the last five, whatever it was called then', () => {
  const sessions = [14, 9, 30, 12, 16, 100].map((took, at) => [
    { ...block(at === 0 ? 'Play again' : 'Play', { prompt: 'Words of Play' }), took },
  ])
  expect(timesOf(body.blocks, sessions)).toEqual([
    { key: 'play', title: 'Play', minutes: 10, took: 14, sessions: 5 },
    { key: 'rest', title: 'Rest', minutes: 10, took: null, sessions: 0 },
  ])
  expect([median([]), median([3]), median([4, 1])]).toEqual([undefined, 3, 2.5])
})
