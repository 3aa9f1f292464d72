import { expect, it } from 'vitest'
import {
  leftInWords,
  promptSize,
  restInWords,
  spareInWords,
  wallFill,
  writtenInWords,
  fewNames,
} from './words.ts'

it('L13: says what is spare, and does not count the hours of a rehearsal', () => {
  expect([0, 59, 130, -60, -61, 26 * 3600, -26 * 3600].map(spareInWords)).toEqual([
    'just fits',
    'just fits',
    '2 min spare',
    '1 min over',
    '2 min over',
    'plenty of time',
    'long over',
  ])
})

it('L3: says what is left, what ran over, and in hours what nobody closed', () => {
  expect([388, 0, -42, -3599, -3600, -86_000].map(leftInWords)).toEqual([
    '6:28',
    '0:00',
    '+0:42',
    '+59:59',
    '+1 h',
    '+23 h',
  ])
})

it('gives a prompt of several lines less size than one of a single line', () => {
  expect(promptSize('Where is your short side?')).toBe('huge')
  const lines =
    'Write your pitch to that first person, in four sentences.\nWhat you see today.\nWhat it could be.'
  expect(promptSize(lines.replaceAll('\n', ' '))).toBe('large')
  expect(promptSize(`${lines}\nWhat they gain.\nWhat you ask.`)).toBe('medium')
})

it('counts who has written', () => {
  expect([0, 1, 2].map(writtenInWords)).toEqual(['nobody is done yet', '1 has written', '2 have written'])
})

it('names a few of many', () => {
  const names = ['Ada', 'Ben', 'Cleo', 'Dan']
  expect(fewNames(names, 2)).toBe('Ada, Ben and 2 more')
  expect(fewNames(names, 3)).toBe('Ada, Ben, Cleo and Dan')
})

it('L50: what is said stands closer together on the wall the more there is of it', () => {
  const block = (bodies: string[]) => ({
    ...{ kind: 'write' as const, revealedAt: '2026-11-23T18:00:00Z', count: null, discussion: null },
    answers: bodies.map((body, id) => ({ id: String(id), accountId: null, body })),
  })
  const long = 'x'.repeat(200)
  expect([0, 1, 3, 8].map((many) => wallFill(block(Array<string>(many).fill(long)), []))).toEqual([
    '',
    '',
    'many',
    'full',
  ])
})

it('L50: says where the rest is of what a wall can’t hold', () => {
  const answers = Array.from({ length: 240 }, (_, at) => ({ id: String(at), accountId: null, body: 'A' }))
  const revealedAt = '2026-11-22T12:00:00.000Z'
  expect(restInWords({ answers, revealedAt }, 0)).toBe(
    '240 answers: you have all of them on your own screen.',
  )
  expect(restInWords({ answers: [], revealedAt: null }, 82)).toBe('82 places: yours is on your own screen.')
  expect(restInWords({ answers: [], revealedAt: null }, 0)).toBe('You have all of it on your own screen.')
})
