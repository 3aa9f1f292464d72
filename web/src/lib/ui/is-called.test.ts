import { expect, it } from 'vitest'
import { isCalled } from './is-called.ts'

it('finds a name without its accents, in any case, and with everything when nothing is typed', () => {
  expect(['ozt', 'ÖZT', ' öz ', ''].map((typed) => isCalled('Greta Öztürk', typed))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isCalled('Greta Öztürk', 'gretel')).toBe(false)
})
