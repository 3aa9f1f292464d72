import { expect, it } from 'vitest'
import { fitsFilter, minutesOf, type SessionTemplate } from './guide.ts'

const template: SessionTemplate = {
  id: 'asking-for-a-raise',
  title: 'Asking for a raise',
  purpose: 'You leave with a first sentence.',
  forWhom: 'Anybody who is paid.',
  skills: ['negotiation', 'communication'],
  minutes: 45,
  groupSize: { least: 4, best: 6, most: 8 },
  preparation: { facilitator: [], everybody: [] },
  blocks: [
    { kind: 'write', title: 'My number', minutes: 10, prompt: 'Write a number down.', notes: 'Wait.' },
    { kind: 'close', title: 'Close', minutes: 35, prompt: 'One word each.', notes: 'The secret note.' },
  ],
  after: [],
  sources: [],
}

it('adds up the minutes of blocks', () => {
  expect(minutesOf(template.blocks)).toBe(45)
  expect(minutesOf([])).toBe(0)
})

it('finds a template when every word occurs somewhere that everybody reads', () => {
  expect(fitsFilter(template, {})).toBe(true)
  expect(fitsFilter(template, { words: '  RAISE  number ' })).toBe(true)
  expect(fitsFilter(template, { words: 'negotiation' })).toBe(true)
  expect(fitsFilter(template, { words: 'raise elephant' })).toBe(false)
  expect(fitsFilter(template, { words: 'secret' })).toBe(false)
})

it('narrows by skill and by length', () => {
  expect(fitsFilter(template, { skill: 'communication', minutes: 45 })).toBe(true)
  expect(fitsFilter(template, { skill: 'ethics' })).toBe(false)
  expect(fitsFilter(template, { minutes: 44 })).toBe(false)
})
