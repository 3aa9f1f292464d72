import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isBlank, notForClosing, readPlusDelta, sayPlusDelta } from './closing.ts'

const close = (closing?: 'one-word' | 'plus-delta') => ({
  kind: 'close' as const,
  options: closing ? { closing } : {},
})

it('L34: plus and delta are one text that reads like a flip chart, and come back as they were', () => {
  expect(sayPlusDelta({ plus: 'The pairs', delta: 'Start on time\nFewer slides' })).toBe(
    '+ The pairs\nΔ Start on time\nΔ Fewer slides',
  )
  expect(readPlusDelta('The pairs')).toEqual({ plus: 'The pairs', delta: '' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (plus, delta) => {
      expect(readPlusDelta(sayPlusDelta({ plus, delta }))).toEqual({ plus, delta })
    }),
  )
})

it('L34: marks alone say nothing, and one word is short', () => {
  expect(isBlank(close('plus-delta'), '+ \nΔ  ')).toBe(true)
  expect(isBlank(close('plus-delta'), 'Δ Start on time')).toBe(false)
  expect(isBlank(close(), ' ')).toBe(true)
  expect(notForClosing(close('one-word'), 'relieved')).toBeUndefined()
  expect(notForClosing(close('one-word'), 'x'.repeat(41))).toMatch(/up to 40/)
  expect(notForClosing(close('one-word'), 'one\ntwo')).toMatch(/One word/)
  expect(notForClosing(close(), 'x'.repeat(41))).toBeUndefined()
})
