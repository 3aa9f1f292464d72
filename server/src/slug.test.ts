import { expect, it } from 'vitest'
import { asciiOf, slugsFor } from './slug.ts'

it.for([
  ['Führung & Café', 'fuhrung-cafe'],
  ['Straße', 'strasse'],
  ['  --  ', 'group'],
  ['学習', 'group'],
  ['x'.repeat(80), 'x'.repeat(50)],
])('makes %s an address', ([name = '', address]) => {
  expect(asciiOf(name)).toBe(address)
})

it('does not let anybody guess the address of a group that is not public', () => {
  const [first, second] = [...slugsFor('Tuesday circle', false).take(2)]
  expect(first).toMatch(/^tuesday-circle-[a-z2-9]{6}$/)
  expect(first).not.toBe(second)
})
