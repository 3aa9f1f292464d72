import fc from 'fast-check'
import { expect, it } from 'vitest'
import { freePlaces, isFull, offerEnd, OFFER_HOLDS } from './session-places.ts'

const now = new Date('2026-11-22T09:00:00Z')
const hours = (number: number) => number * 3_600_000
const heldFor = (left: number) => {
  const end = offerEnd(now, new Date(now.getTime() + left))
  return end && end.getTime() - now.getTime()
}

it('an offer holds a day, or half of what is left, or a quarter of an hour', () => {
  expect(heldFor(hours(24 * 14))).toBe(hours(24))
  expect(heldFor(hours(48))).toBe(hours(24))
  expect(heldFor(hours(10))).toBe(hours(5))
  expect(heldFor(hours(0.4))).toBe(hours(0.25))
  expect(heldFor(hours(0.1))).toBe(hours(0.1))
})

it('nothing is offered once a session begins', () => {
  expect(heldFor(0)).toBeUndefined()
  expect(heldFor(-1)).toBeUndefined()
})

it('whenever it is made, an offer ends after now, not after the start, and within a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: hours(24 * 400) }), (left) => {
      const held = heldFor(left) ?? 0
      expect(held).toBeGreaterThan(0)
      expect(held).toBeLessThanOrEqual(Math.min(left, OFFER_HOLDS))
    }),
  )
})

it('an offered place is not free, and without a capacity there is always one', () => {
  expect(freePlaces(8, { coming: 6, offered: 1 })).toBe(1)
  expect(freePlaces(8, { coming: 9, offered: 0 })).toBe(0)
  expect(freePlaces(null, { coming: 250, offered: 0 })).toBe(Infinity)
})

it('a session is full when nothing is free, or when somebody waits for what is', () => {
  const some = { capacity: 8, coming: 6, offered: 0, waiting: 0 }
  expect(isFull(some)).toBe(false)
  expect(isFull({ ...some, offered: 2 })).toBe(true)
  expect(isFull({ ...some, waiting: 1 })).toBe(true)
  expect(isFull({ ...some, waiting: 1, capacity: null })).toBe(false)
})
