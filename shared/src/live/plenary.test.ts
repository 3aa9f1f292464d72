import { expect, it } from 'vitest'
import { isTellingNext, NO_PLENARY } from './plenary.ts'

it('L44: to tell of their table is the one next thing for its host alone, until they did, or it is their turn to speak', () => {
  const talk = { kind: 'discuss', plenary: NO_PLENARY } as const
  const host = { iHost: true, told: false, isBusy: false }
  expect(isTellingNext(talk, host)).toBe(true)
  expect(isTellingNext(talk, { ...host, iHost: false })).toBe(false)
  expect(isTellingNext(talk, { ...host, told: true })).toBe(false)
  expect(isTellingNext(talk, { ...host, isBusy: true })).toBe(false)
  expect(isTellingNext({ ...talk, plenary: { done: [1], sentences: [] } }, host)).toBe(false)
  expect(isTellingNext({ ...talk, kind: 'check-in' }, host)).toBe(false)
})
