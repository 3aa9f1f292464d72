import { expect, it } from 'vitest'
import { keyAction, KEYS } from './keys.ts'

const pressed = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  ...more,
})
/** Something on the page that stands in elements with these names. */
const on = (...names: string[]) => ({
  closest: (selector: string) =>
    names.some((name) => new RegExp(`(^|[ ,])${name}([ ,\\[]|$)`).test(selector)) ? ({} as Element) : null,
})

it('every key of the list does what the list says', () => {
  const named: Record<string, string> = { Space: ' ', Left: 'ArrowLeft', Right: 'ArrowRight' }
  for (const { keys, action } of KEYS)
    for (const key of keys) expect([key, keyAction(pressed(named[key] ?? key), on())]).toEqual([key, action])
})

it('rests while somebody types, and where a key has its own meaning', () => {
  for (const { keys } of KEYS)
    for (const key of keys) expect(keyAction(pressed(key), on('textarea'))).toBeUndefined()
  expect(keyAction(pressed(' '), on('button'))).toBeUndefined()
  expect(keyAction(pressed('m'), on('button'))).toBe('mark')
  expect(keyAction(pressed('ArrowLeft'), on('input'))).toBeUndefined()
})

it('leaves the shortcuts of the browser alone', () => {
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }])
    expect(keyAction(pressed('c', more), on())).toBeUndefined()
})
