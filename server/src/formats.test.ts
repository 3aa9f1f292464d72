import { describe, expect, it } from 'vitest'
import { isDay, isId, isInstant } from './formats.ts'

describe('a day', () => {
  it.each(['2026-12-01', '2028-02-29', '1900-01-01', '2999-12-31'])('is %s', (text) => {
    expect(isDay(text)).toBe(true)
  })
  it.each([
    '0000-01-01',
    '1899-12-31',
    '3000-01-01',
    '2026-02-29',
    '2026-13-01',
    '26-1-1',
    '+275760-09-13',
    '',
  ])('is not %s', (text) => {
    expect(isDay(text)).toBe(false)
  })
})

describe('an instant', () => {
  it.each(['2026-12-01T17:30:00Z', '2026-12-01T17:30:00.123Z', '2026-12-01T17:30:00+05:45'])(
    'is %s',
    (text) => {
      expect(isInstant(text)).toBe(true)
    },
  )
  it.each([
    '2026-12-31T23:59:60Z',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '2026-12-01',
    '2026-12-01T25:00:00Z',
    '2026-12-01T17:30:00',
    '2026-12-01T17:30:00\u0000Z',
  ])('is not %s', (text) => {
    expect(isInstant(text)).toBe(false)
  })
})

describe('an id', () => {
  const id = '0b9d2f6e-3c1a-4e57-9d8f-1a2b3c4d5e6f'
  it('is spelled in one way', () => {
    expect(isId(id)).toBe(true)
    for (const other of [
      id.toUpperCase(),
      `urn:uuid:${id}`,
      `{${id}}`,
      id.replaceAll('-', ''),
      `${id}\n`,
      '',
    ])
      expect(isId(other)).toBe(false)
  })
})
