import { expect, it } from 'vitest'
import { deedOf, KEYS, keysFor } from './keys.ts'

const press = (key: string, more = {}, overDays = false) =>
  deedOf(
    { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, target: null, ...more },
    overDays,
  )
/** An element that lies in one of these. */
const inside = (...selectors: string[]) => ({
  target: { closest: (wanted: string) => selectors.some((one) => wanted.split(', ').includes(one)) || null },
})

it('L14: every deed of the table has one key', () => {
  expect(KEYS.map(({ key }) => press(key))).toEqual(KEYS.map(({ deed }) => deed))
  expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length)
})

it('L14: keys rest while somebody types, in a dialog, held down, or with another key', () => {
  expect(press('n', inside('textarea'))).toBeUndefined()
  expect(press('n', inside('dialog'))).toBeUndefined()
  expect(press('n', { repeat: true })).toBeUndefined()
  expect(press('n', { ctrlKey: true })).toBeUndefined()
})

it('L14: Space presses the button that has the focus, and pauses the timer elsewhere', () => {
  expect(press(' ', inside('button'))).toBeUndefined()
  expect(press(' ')).toBe('pause')
  expect(press('n', inside('button'))).toBe('next')
})

it('L14, L49: over days only those keys are shown and heard that do something there', () => {
  expect(keysFor(false)).toEqual(KEYS)
  expect(keysFor(true).map(({ label, does }) => [label, does])).toEqual([
    ['N', 'End this part and go on'],
    ['E', 'One more day'],
    ['C', 'Close the session (asks first)'],
    ['?', 'Show these keys'],
  ])
  expect(press('e', {}, true)).toBe('extend')
  for (const key of [' ', 'p', 'r', 's', 't', 'm']) expect(press(key, {}, true)).toBeUndefined()
})
