import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Pod } from '../pods.ts'
import {
  asPods,
  planRounds,
  podSizes,
  putTogether,
  roundsThatFit,
  seatLate,
  settlePods,
  settleRounds,
  takeOut,
} from './pods.ts'

const everyone = (many: number) => Array.from({ length: many }, (_, index) => `p${String(index)}`)
const ids = () => {
  let last = 0
  return () => `pod${String((last += 1))}`
}
const seated = (pods: readonly { people: readonly string[] }[]) => pods.flatMap(({ people }) => people)
const repeats = (pods: readonly (readonly string[])[], earlier: readonly (readonly string[])[]) =>
  pods.reduce(
    (sum, pod) =>
      sum +
      pod.reduce(
        (inside, one) =>
          inside +
          pod.filter(
            (other) => one < other && earlier.some((met) => met.includes(one) && met.includes(other)),
          ).length,
        0,
      ),
    0,
  )

it('L19: one left over makes a pod larger, more than one are a pod of their own', () => {
  expect([0, 1, 2, 3, 4, 5].map((people) => podSizes(people, 2))).toEqual([[], [1], [2], [3], [2, 2], [2, 3]])
  expect([2, 3, 4, 5, 6, 7, 8].map((people) => podSizes(people, 3))).toEqual([
    [2],
    [3],
    [4],
    [3, 2],
    [3, 3],
    [3, 4],
    [3, 3, 2],
  ])
})

it('L19: everybody is in exactly one, in the right sizes, and the same seed gives the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 2, max: 4 }),
      fc.integer(),
      (many, of, seed) => {
        const given = { people: everyone(many), of, earlier: [], seed }
        const pods = putTogether(given)
        expect(pods.flat().toSorted()).toEqual(everyone(many).toSorted())
        expect(pods.map(({ length }) => length).toSorted()).toEqual(podSizes(many, of).toSorted())
        expect(putTogether(given)).toEqual(pods)
      },
    ),
  )
})

it('L19: five sessions in pairs of six people never repeat a pair, and threes of nine not for four', () => {
  const over = (people: number, of: number, sessions: number) => {
    const earlier: string[][] = []
    const counts = []
    for (let session = 0; session < sessions; session += 1) {
      const pods = putTogether({ people: everyone(people), of, earlier, seed: session })
      counts.push(repeats(pods, earlier))
      earlier.push(...pods)
    }
    return counts
  }
  // A choice that is best today may leave a repeat for the last time, never more.
  expect(over(6, 2, 5).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(3)
  expect(over(9, 3, 3)).toEqual([0, 0, 0])
  expect(over(40, 2, 12).reduce((sum, one) => sum + one, 0)).toBe(0)
})

it('L19: no other way to put up to eight people together has fewer repeats', () => {
  const met = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 3 }), {
    maxLength: 10,
  })
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 8 }), met, fc.integer(), (many, together, seed) => {
      const people = everyone(many)
      const pairs = together.map((pod) => pod.map((index) => `p${String(index)}`))
      const unique = [...new Map(pairs.map((pod) => [pod.toSorted().join(), pod])).values()]
      const weight = (one: string, other: string) =>
        unique.filter((pod) => pod.includes(one) && pod.includes(other)).length ** 2
      const spent = (pods: readonly (readonly string[])[]) =>
        pods
          .flatMap((pod) => pod.flatMap((one, at) => pod.slice(at + 1).map((other) => weight(one, other))))
          .reduce((sum, one) => sum + one, 0)
      const best = spent(putTogether({ people, of: 2, earlier: unique, seed }))
      for (let other = 0; other < 60; other += 1)
        expect(best).toBeLessThanOrEqual(spent(putTogether({ people, of: 2, earlier: [], seed: other })))
    }),
    { numRuns: 30 },
  )
})

it('L19: two hundred and fifty people are put together in a moment', () => {
  const earlier = [1, 2, 3].flatMap((seed) =>
    putTogether({ people: everyone(250), of: 3, earlier: [], seed }),
  )
  const pods = putTogether({ people: everyone(250), of: 3, earlier, seed: 4 })
  expect(repeats(pods, earlier)).toBe(0)
})

it('L20: whoever comes or goes, everybody who is here is in one, nobody alone, and nobody is one too many twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 2, max: 4 }),
      fc.array(fc.record({ comes: fc.boolean(), who: fc.integer({ min: 0, max: 15 }) }), { maxLength: 30 }),
      (many, of, steps) => {
        const newId = ids()
        const here = new Set(everyone(many))
        let pods = asPods([putTogether({ people: [...here], of, earlier: [], seed: 7 })], 0, newId)
        for (const { comes, who } of steps) {
          const id = `p${String(who)}`
          if (comes) here.add(id)
          else here.delete(id)
          pods = comes ? seatLate(pods, id, { of, newId }) : takeOut(pods, id, { of })
          expect(seated(pods).toSorted()).toEqual([...here].toSorted())
          for (const { people } of pods) {
            expect(people.length).toBeLessThanOrEqual(of + 1)
            if (here.size > 1) expect(people.length).toBeGreaterThanOrEqual(2)
          }
          expect(pods.filter(({ people }) => people.length > of).length).toBeLessThanOrEqual(1)
          expect(new Set(pods.map(({ number }) => number)).size).toBe(pods.length)
        }
      },
    ),
  )
})

it('L20: who stays keeps their partners; settling twice changes nothing', () => {
  const newId = ids()
  const settling = { of: 2, earlier: [], newId }
  const pods = asPods([[['a', 'b'], ['c', 'd'], ['e', 'f']]], 0, newId) // prettier-ignore
  const after = settlePods(pods, ['a', 'b', 'c', 'e', 'f', 'g'], settling)
  expect(after.map(({ people }) => people)).toContainEqual(['a', 'b'])
  expect(seated(after).toSorted()).toEqual(['a', 'b', 'c', 'e', 'f', 'g'])
  expect(after.every(({ people }) => people.length === 2)).toBe(true)
  expect(settlePods(after, ['a', 'b', 'c', 'e', 'f', 'g'], settling)).toEqual(after)
})

it('L23: partners change until everybody met everybody, and of an odd number each rests in turn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.integer(), (many, seed) => {
      const rounds = planRounds(everyone(many), 99, [], [], seed)
      expect(rounds).toHaveLength(many % 2 === 0 ? many - 1 : many)
      const pairs = rounds.flat().map((pod) => pod.toSorted().join())
      expect(new Set(pairs).size).toBe(pairs.length)
      for (const round of rounds) expect(round.flat().toSorted()).toEqual(everyone(many).toSorted())
    }),
    { numRuns: 40 },
  )
  expect([24, 12, 3].map((minutes) => roundsThatFit(minutes * 60, 2, 5))).toEqual([5, 3, 1])
})

it('L23: whoever comes or goes meanwhile, what was stays, and nobody who is here is missing from what comes', () => {
  const change = fc.record({ comes: fc.boolean(), who: fc.integer({ min: 0, max: 8 }) })
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 7 }), fc.array(change, { maxLength: 6 }), (many, steps) => {
      const newId = ids()
      const here = new Set(everyone(many))
      let pods: Pod[] = asPods(planRounds([...here], 3, [], [], 1), 0, newId)
      for (const { comes, who } of steps) {
        const first = JSON.stringify(pods.filter(({ round }) => round === 0))
        if (comes) here.add(`p${String(who)}`)
        else if (here.size > 2) here.delete(`p${String(who)}`)
        const settling = { current: 1, rounds: 3, earlier: [], seed: 2, newId }
        pods = settleRounds(pods, [...here], settling)
        expect(JSON.stringify(pods.filter(({ round }) => round === 0))).toBe(first)
        for (const round of new Set(pods.map((pod) => pod.round)).difference(new Set([0]))) {
          const now = pods.filter((pod) => pod.round === round)
          expect(seated(now).toSorted()).toEqual([...here].toSorted())
          expect(now.every(({ people }) => people.length <= 2)).toBe(true)
        }
      }
    }),
  )
})
