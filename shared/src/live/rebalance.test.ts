import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_KINDS } from '../words.ts'
import { leastMinutes, madeToFit, sharedOut } from './rebalance.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const block = fc.record({
  kind: fc.constantFrom(...BLOCK_KINDS),
  minutes: fc.integer({ min: 1, max: 60 }),
  options: fc.oneof(
    fc.constant({}),
    fc.record({ goRound: fc.constant(true), minutesEach: fc.constantFrom(0.5, 1, 2) }),
    fc.record({ groupsOf: fc.constantFrom(2, 3), minutesEach: fc.constantFrom(1, 3) }),
  ),
})
const plan = fc.array(block, { minLength: 1, maxLength: 12 })
const people = fc.integer({ min: 0, max: 12 })
const stays = ({ kind }: { kind: string }) => kind === 'commit' || kind === 'close'

describe('L36: a plan that is made to fit', () => {
  it('fits, unless commitments and close alone are too long', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 300 }), people, (blocks, target, here) => {
        const minutes = madeToFit(blocks, target, here)
        const least = blocks.filter(stays).map((one) => leastMinutes(one, here))
        expect(sum(minutes)).toBeLessThanOrEqual(Math.max(target, sum(least)))
      }),
    )
  })

  it('makes nothing shorter than its least or longer than it was, and keeps the order', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 300 }), people, (blocks, target, here) => {
        const minutes = madeToFit(blocks, target, here)
        expect(minutes).toHaveLength(blocks.length)
        for (const [at, one] of blocks.entries()) {
          const to = minutes[at] ?? -1
          expect(to).toBeLessThanOrEqual(one.minutes)
          if (to !== 0 || stays(one)) expect(to).toBeGreaterThanOrEqual(leastMinutes(one, here))
        }
      }),
    )
  })

  it('uses the minutes that there are when nothing is skipped', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 300 }), people, (blocks, target, here) => {
        const minutes = madeToFit(blocks, target, here)
        const least = sum(blocks.map((one) => leastMinutes(one, here)))
        if (least <= target)
          expect(sum(minutes)).toBe(Math.min(target, sum(blocks.map((one) => one.minutes))))
      }),
    )
  })

  it('is left as it is when it fits, and asked again it says the same', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 300 }), people, (blocks, target, here) => {
        const minutes = madeToFit(blocks, target, here)
        const taken = blocks.flatMap((one, at) => {
          const to = minutes[at] ?? 0
          return to === 0 ? [] : [{ ...one, minutes: to }]
        })
        if (sum(minutes) <= target)
          expect(madeToFit(taken, target, here)).toEqual(taken.map((one) => one.minutes))
        expect(madeToFit(blocks, target, here)).toEqual(minutes)
      }),
    )
  })
})

it('L36: a break is skipped first, then the shortest block that makes enough room; turns keep their minutes', () => {
  const blocks = [
    { kind: 'check-in' as const, minutes: 12, options: { goRound: true, minutesEach: 1 } },
    { kind: 'discuss' as const, minutes: 20, options: {} },
    { kind: 'break' as const, minutes: 10, options: {} },
    { kind: 'vote' as const, minutes: 4, options: {} },
    { kind: 'commit' as const, minutes: 6, options: {} },
    { kind: 'close' as const, minutes: 4, options: {} },
  ]
  expect(madeToFit(blocks, 48, 10)).toEqual([10, 17, 9, 4, 5, 3])
  expect(madeToFit(blocks, 28, 10)).toEqual([10, 11, 0, 2, 3, 2])
  expect(madeToFit(blocks, 26, 10)).toEqual([10, 11, 0, 0, 3, 2])
  expect(madeToFit(blocks, 6, 10)).toEqual([0, 0, 0, 0, 4, 2])
  expect(madeToFit(blocks, 0, 10)).toEqual([0, 0, 0, 0, 3, 2])
})

describe('L36: time to spare', () => {
  it('is shared out whole among those that gain by it, and nothing gets shorter', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 90 }), people, (blocks, spare, here) => {
        const before = sum(blocks.map(({ minutes }) => minutes))
        const minutes = sharedOut(blocks, before + spare, here)
        if (!minutes) return
        expect(sum(minutes)).toBeLessThanOrEqual(before + spare)
        for (const [at, one] of blocks.entries()) expect(minutes[at]).toBeGreaterThanOrEqual(one.minutes)
        if (blocks.some(({ kind }) => kind === 'discuss')) expect(sum(minutes)).toBe(before + spare)
      }),
    )
  })

  it('goes to a round of turns that is too short first', () => {
    const blocks = [
      { kind: 'check-in' as const, minutes: 5, options: { goRound: true, minutesEach: 1 } },
      { kind: 'discuss' as const, minutes: 20, options: {} },
      { kind: 'close' as const, minutes: 3, options: {} },
    ]
    expect(sharedOut(blocks, 38, 8)).toEqual([8, 27, 3])
    expect(sharedOut([{ kind: 'close', minutes: 3, options: {} }], 10, 8)).toBeUndefined()
  })
})
