import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSmall, seatLate, seatPeople, tableSizes, takeOut, type SeatedTable } from './seating.ts'

const everyone = (many: number) => Array.from({ length: many }, (_, index) => `p${String(index)}`)
const numbered = () => {
  let next = 0
  return () => `t${String((next += 1))}`
}
const seat = (many: number, seed = 1, more: Partial<Parameters<typeof seatPeople>[0]> = {}) =>
  seatPeople({
    people: everyone(many),
    willing: [],
    canHost: () => true,
    earlier: [],
    seed,
    newId: numbered(),
    ...more,
  })
const seated = (tables: readonly SeatedTable[]) => tables.flatMap(({ people }) => people).toSorted()
const sizesOf = (tables: readonly SeatedTable[]) => tables.map(({ people }) => people.length)
const together = (tables: readonly SeatedTable[], earlier: readonly (readonly string[])[]) =>
  tables.flatMap(({ people }) =>
    people.flatMap((one, index) =>
      people.slice(index + 1).filter((other) => earlier.some((t) => t.includes(one) && t.includes(other))),
    ),
  ).length

describe('Tables', () => {
  it('hold three to six, four or five where that can be, and differ by one at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 400 }), (many) => {
        const sizes = tableSizes(many)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(many)
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(3)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(6)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        if (many > 11) expect(sizes.every((size) => size === 4 || size === 5)).toBe(true)
      }),
    )
    expect(tableSizes(0)).toEqual([])
    expect(tableSizes(2)).toEqual([2])
    expect(tableSizes(8)).toEqual([4, 4])
  })

  it('seat everybody once, with a host who sits there, volunteers first, and the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer(),
        fc.array(fc.nat(119), { maxLength: 40 }),
        fc.array(fc.array(fc.nat(119), { minLength: 2, maxLength: 6 }), { maxLength: 30 }),
        (many, seed, volunteers, before) => {
          const willing = volunteers.map((n) => `p${String(n)}`)
          const earlier = before.map((table) => [...new Set(table.map((n) => `p${String(n)}`))])
          const tables = seat(many, seed, { willing, earlier })
          expect(seated(tables)).toEqual(everyone(many).toSorted())
          expect(sizesOf(tables)).toEqual(tableSizes(many))
          const hosts = tables.map(({ host }) => host)
          for (const { host, people } of tables) expect(people).toContain(host)
          const there = new Set(willing.filter((id) => everyone(many).includes(id)))
          expect(hosts.filter((id) => there.has(id ?? '')).length).toBe(Math.min(there.size, tables.length))
          expect(seat(many, seed, { willing, earlier })).toEqual(tables)
        },
      ),
    )
  })

  it('put people apart who sat together in earlier sessions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 100 }), fc.integer(), fc.integer(), (many, one, other) => {
        const first = seat(many, one).map(({ people }) => people)
        expect(together(seat(many, other, { earlier: first }), first)).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('are made for 250 people with a history at once', () => {
    const earlier = [1, 2, 3, 4].flatMap((seed) => seat(250, seed).map(({ people }) => people))
    seat(250, 5, { earlier })
    const began = performance.now()
    const tables = seat(250, 6, { earlier })
    expect(performance.now() - began).toBeLessThan(200)
    expect(together(tables, earlier)).toBe(0)
  })

  it('leave walk-ins among themselves without a host', () => {
    expect(seat(4, 1, { canHost: () => false }).map(({ host }) => host)).toEqual([null])
  })
})

it('Whoever comes or goes late finds a table: three to six sit at each, and nobody is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 60 }),
      fc.array(fc.record({ comes: fc.boolean(), who: fc.nat(80) }), { maxLength: 120 }),
      (many, steps) => {
        const newId = numbered()
        const canHost = (id: string) => !id.endsWith('7')
        let tables = seat(many, 1, { newId, canHost })
        const here = new Set(everyone(many))
        for (const { comes, who } of steps) {
          const id = `p${String(who)}`
          if (comes) here.add(id)
          else here.delete(id)
          tables = comes ? seatLate(tables, id, { canHost, newId }) : takeOut(tables, id, canHost)
          expect(seated(tables)).toEqual([...here].toSorted())
          for (const { people, host } of tables) {
            expect(people.length).toBeLessThanOrEqual(6)
            if (tables.length > 1) expect(people.length).toBeGreaterThanOrEqual(3)
            if (host === null) expect(people.filter(canHost)).toEqual([])
            else expect(people).toContain(host)
          }
          expect(new Set(tables.map((table) => table.id)).size).toBe(tables.length)
        }
      },
    ),
  )
})

it('Two people at a table join the others; when those are full, somebody joins the two', () => {
  const table = (id: string, ...people: string[]) => ({ id, host: people[0] ?? null, people })
  const yes = () => true
  expect(
    sizesOf(
      mergeSmall([table('a', '1', '2'), table('b', '3', '4', '5'), table('c', '6', '7', '8', '9')], yes),
    ),
  ).toEqual([5, 4])
  expect(sizesOf(mergeSmall([table('a', '1', '2'), table('b', '3', '4', '5', '6', '7', '8')], yes))).toEqual([
    3, 5,
  ])
})
