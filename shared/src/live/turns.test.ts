import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  blockOfCards,
  cardsOf,
  jumpedPace,
  momentOf,
  movedPace,
  progressOf,
  roleOf,
  startPace,
  turnOf,
} from './turns.ts'

it('L21: turns are as long as was said, and what is more stays for the end', () => {
  const pace = startPace(30 * 60, 27 * 60)
  const at = (minutes: number) => turnOf(pace, 1, 3, (30 - minutes) * 60)
  expect(at(0)).toMatchObject({ number: 0, of: 3, left: 9 * 60, over: false })
  expect(at(8.5)).toMatchObject({ number: 0, left: 30 })
  expect(at(9)).toMatchObject({ number: 1, left: 9 * 60 })
  expect(at(26)).toMatchObject({ number: 2, left: 60 })
  expect(at(27)).toMatchObject({ over: true, left: 0 })
})

it('L21: when there is less time than was said, the turns share it', () => {
  expect(turnOf(startPace(12 * 60, 27 * 60), 1, 3, 12 * 60)).toMatchObject({ number: 0, left: 240 })
})

it('L21: pairs and threes of one block end at the same moment', () => {
  const pace = startPace(600, 540)
  expect(turnOf(pace, 1, 2, 600).left).toBe(270)
  expect(turnOf(pace, 1, 3, 600).left).toBe(180)
  for (const size of [2, 3]) expect(turnOf(pace, 1, size, 60).over).toBe(true)
})

it('L21: whatever is done to the timer, no turn goes back, and the last one ends with the time', () => {
  const deed = fc.oneof(
    fc.record({ pass: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ extend: fc.integer({ min: 1, max: 600 }) }),
    fc.record({ jump: fc.constant(true) }),
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(deed),
      (size, rounds, deeds) => {
        let pace = startPace(900, 800)
        let left = 900
        let before = 0
        for (const one of deeds) {
          if ('pass' in one) left -= one.pass
          else if ('extend' in one) {
            pace = movedPace(pace, left, Math.max(0, left) + one.extend)
            left = Math.max(0, left) + one.extend
          } else {
            const { until, over } = turnOf(pace, rounds, size, left)
            if (!over) pace = jumpedPace(pace, left, until)
          }
          const { round, number } = turnOf(pace, rounds, size, left)
          const now = round * size + number
          expect(now).toBeGreaterThanOrEqual(before)
          before = now
        }
        expect(progressOf(pace, pace.tail)).toBeCloseTo(1)
      },
    ),
  )
})

it('L21: a turn that was called on gives its time to those to come', () => {
  const pace = startPace(540, 540)
  const { until } = turnOf(pace, 1, 3, 500)
  const next = turnOf(jumpedPace(pace, 500, until), 1, 3, 500)
  expect(next.number).toBe(1)
  expect(next.left).toBeCloseTo(250)
})

it('L21: without minutes for each there is one turn, as long as the block', () => {
  expect(turnOf(null, 1, 3, 200)).toMatchObject({ number: 0, of: 1, left: null })
  expect(momentOf(null, 1, 200)).toEqual({ round: 0, within: 0, over: false })
})

it('L21: in each turn everybody has another role, and each has each once', () => {
  const roles = ['Speaker', 'Helper', 'Observer']
  const of = (size: number, turn: number) =>
    Array.from({ length: size }, (_, place) => roleOf({ roles }, { place, size, turn }))
  expect([of(3, 0), of(3, 1), of(3, 2)]).toEqual([
    ['Speaker', 'Helper', 'Observer'],
    ['Helper', 'Observer', 'Speaker'],
    ['Observer', 'Speaker', 'Helper'],
  ])
  expect([of(2, 0), of(2, 1)]).toEqual([['Speaker', 'Helper'], ['Helper', 'Speaker']]) // prettier-ignore
  expect(of(4, 0)).toEqual(['Speaker', 'Helper', 'Observer', 'Observer'])
  expect(roleOf({ roles, changeRoles: true }, { place: 2, size: 3, turn: 0 })).toBe('Speaker')
})

it('L22: cards go along with the people, and are read by their role and whom they are for', () => {
  const card = (role: string, alsoFor?: string[]) => ({ role, words: role, ...(alsoFor ? { alsoFor } : {}) })
  const roles = ['Robin', 'Kim', 'Observer']
  const first = { options: { roles, cards: [card('Robin', ['Observer']), card('Kim', ['Observer'])] } }
  const write = { options: {} }
  const play = { options: { roles, keepPods: true } }
  const other = { options: { roles: ['Harbour'], keepPods: true } }
  const plan = [first, write, play, other]
  expect(blockOfCards(plan, play)).toBe(first)
  expect(blockOfCards(plan, write)).toBeUndefined()
  expect(blockOfCards(plan, other)).toBeUndefined()
  const read = (role: string) => cardsOf(first.options.cards, role).map(({ words }) => words)
  expect([read('Robin'), read('Kim'), read('Observer')]).toEqual([['Robin'], ['Kim'], ['Robin', 'Kim']])
})
