import { expect, it } from 'vitest'
import { inTextOrder, keepsItsWord } from './writing.ts'

it('L24: once people write, a block keeps what they were told about their names and the reveal', () => {
  const began = new Date('2026-11-22T10:00:00Z')
  const block = (options = {}, kind: 'write' | 'close' | 'discuss' = 'write') => ({ kind, options })
  const writing = { ...block({ anonymous: true }), startedAt: began }
  expect(keepsItsWord(writing, block({ anonymous: true }))).toBe(true)
  expect(keepsItsWord(writing, block({ anonymous: true }, 'close'))).toBe(true)
  expect(keepsItsWord(writing, block())).toBe(false)
  expect(keepsItsWord(writing, block({ anonymous: true, stayHidden: true }))).toBe(false)
  expect(keepsItsWord(writing, block({ anonymous: true }, 'discuss'))).toBe(false)
  expect(keepsItsWord({ ...block(), startedAt: began }, block({ anonymous: true }))).toBe(false)
  expect(keepsItsWord({ ...writing, startedAt: null }, block())).toBe(true)
  expect(keepsItsWord({ ...block({}, 'discuss'), startedAt: began }, block())).toBe(true)
})

it('L24: the order of what nobody wrote is that of its letters', () => {
  expect(['b', 'a', 'ä', 'B', ''].toSorted(inTextOrder)).toEqual(['', 'B', 'a', 'b', 'ä'])
})
