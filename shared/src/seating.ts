import { familiar, randomFrom, readMeetings, shuffle, type Meetings } from './meetings.ts'

/** Who sits where when a large session talks at small tables. Pure, and the same for the same seed. */

export const SMALLEST_TABLE = 3
export const LARGEST_TABLE = 6

export type SeatedTable = { id: string; host: string | null; people: string[] }

type Seating = {
  people: readonly string[]
  /** Said that they would host a table. */
  willing: readonly string[]
  /** Whoever may host: walk-ins are new here. */
  canHost: (id: string) => boolean
  /** Tables of earlier sessions: who sat together. */
  earlier: readonly (readonly string[])[]
  seed: number
  newId: () => string
}

/** How many sit at each table: four or five where it can be, as even as it can be. Fewer than three sit at one. */
export function tableSizes(people: number): number[] {
  if (people === 0) return []
  const least = Math.max(1, Math.ceil(people / LARGEST_TABLE))
  const most = Math.max(1, Math.floor(people / SMALLEST_TABLE))
  const choices = Array.from({ length: most - least + 1 }, (_, index) => evenSizes(people, least + index))
  const off = (sizes: number[]) => sizes.filter((size) => size < 4 || size > 5).length
  const far = (sizes: number[]) => Math.abs(people / sizes.length - 4.5)
  return choices.toSorted((one, other) => off(one) - off(other) || far(one) - far(other))[0] ?? [people]
}

const evenSizes = (people: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor(people / count) + (index < people % count ? 1 : 0))

/** Tables for everybody, each with a host; people who sat together before sit apart where that can be. */
export function seatPeople({ people, willing, canHost, earlier, seed, newId }: Seating): SeatedTable[] {
  const random = randomFrom(seed)
  const everybody = shuffle([...new Set(people)].toSorted(), random)
  const sizes = tableSizes(everybody.length)
  const volunteers = new Set(willing)
  const able = everybody.filter(canHost)
  const hosts = [
    ...able.filter((id) => volunteers.has(id)),
    ...able.filter((id) => !volunteers.has(id)),
  ].slice(0, sizes.length)
  const met = readMeetings(earlier)
  const tables: SeatedTable[] = sizes.map((_, index) => ({
    id: newId(),
    host: hosts[index] ?? null,
    people: hosts[index] === undefined ? [] : [hosts[index]],
  }))
  const seatedHosts = new Set(hosts)
  const others = everybody
    .filter((id) => !seatedHosts.has(id))
    .toSorted((one, other) => (met.get(other)?.size ?? 0) - (met.get(one)?.size ?? 0))
  for (const id of others) seatBest(tables, sizes, id, met)
  swapApart(tables, met)
  return tables
}

function seatBest(tables: SeatedTable[], sizes: readonly number[], id: string, met: Meetings): void {
  let best: SeatedTable | undefined
  let least = Infinity
  tables.forEach((table, index) => {
    const size = sizes[index] ?? 0
    if (table.people.length >= size) return
    const cost = familiar(met, id, table.people) * 100 + table.people.length / size
    if (cost >= least) return
    best = table
    least = cost
  })
  best?.people.push(id)
}

const ROUNDS = 4

/** Exchanges two people wherever fewer know each other then. Hosts stay. */
function swapApart(tables: SeatedTable[], met: Meetings): void {
  if (met.size === 0) return
  for (let round = 0; round < ROUNDS; round += 1) {
    let better = false
    for (const table of tables)
      for (let index = 0; index < table.people.length; index += 1)
        better = moveApart(tables, table, index, met) || better
    if (!better) return
  }
}

function moveApart(tables: SeatedTable[], table: SeatedTable, index: number, met: Meetings): boolean {
  const id = table.people[index]
  if (id === undefined || id === table.host || familiar(met, id, table.people) === 0) return false
  for (const other of tables) {
    if (other === table) continue
    for (let place = 0; place < other.people.length; place += 1) {
      const one = other.people[place]
      if (one === undefined || one === other.host) continue
      const before = familiar(met, id, table.people) + familiar(met, one, other.people)
      const after = familiar(met, id, other.people, one) + familiar(met, one, table.people, id)
      if (after >= before) continue
      table.people[index] = one
      other.people[place] = id
      return true
    }
  }
  return false
}

/** Somebody comes late: to the smallest table that has room; where all are full, the largest becomes two. */
export function seatLate(
  tables: readonly SeatedTable[],
  id: string,
  { canHost, newId }: Pick<Seating, 'canHost' | 'newId'>,
): SeatedTable[] {
  const after = copy(tables)
  if (after.some(({ people }) => people.includes(id))) return after
  const smallest = smallestOf(after)
  if (!smallest) return [{ id: newId(), host: canHost(id) ? id : null, people: [id] }]
  if (smallest.people.length < LARGEST_TABLE) {
    smallest.people.push(id)
    smallest.host ??= canHost(id) ? id : null
    return after
  }
  const largest = after.toSorted((one, other) => other.people.length - one.people.length)[0] ?? smallest
  const others = largest.people.filter((one) => one !== largest.host)
  const moved = others.slice(-Math.floor((largest.people.length + 1) / 2) + 1)
  largest.people = largest.people.filter((one) => !moved.includes(one))
  const people = [...moved, id]
  return [...after, { id: newId(), host: people.find(canHost) ?? null, people }]
}

/** Somebody goes. A table of fewer than three joins the others, while there are others. */
export function takeOut(
  tables: readonly SeatedTable[],
  id: string,
  canHost: (id: string) => boolean,
): SeatedTable[] {
  return mergeSmall(
    copy(tables).map((table) => withoutPerson(table, id, canHost)),
    canHost,
  )
}

function withoutPerson(table: SeatedTable, id: string, canHost: (id: string) => boolean): SeatedTable {
  if (!table.people.includes(id)) return table
  const people = table.people.filter((one) => one !== id)
  return { ...table, people, host: table.host === id ? (people.find(canHost) ?? null) : table.host }
}

/** Until each table has at least three, or only one is left. */
export function mergeSmall(given: readonly SeatedTable[], canHost: (id: string) => boolean): SeatedTable[] {
  let tables = copy(given).filter(({ people }) => people.length > 0)
  for (;;) {
    const small = smallestOf(tables)
    if (!small || tables.length === 1 || small.people.length >= SMALLEST_TABLE) return tables
    const others = tables.filter((table) => table !== small)
    const room = others.reduce((sum, { people }) => sum + Math.max(0, LARGEST_TABLE - people.length), 0)
    if (room >= small.people.length) {
      for (const id of small.people) {
        const table = smallestOf(others)
        table?.people.push(id)
        if (table) table.host ??= canHost(id) ? id : null
      }
      tables = others
    } else {
      const largest = others.toSorted((one, other) => other.people.length - one.people.length)[0]
      const moved = largest?.people.findLast((id) => id !== largest.host)
      if (!largest || moved === undefined) return tables
      largest.people = largest.people.filter((id) => id !== moved)
      small.people.push(moved)
      small.host ??= canHost(moved) ? moved : null
    }
  }
}

const smallestOf = (tables: readonly SeatedTable[]): SeatedTable | undefined =>
  tables.reduce<SeatedTable | undefined>(
    (least, table) => (least && least.people.length <= table.people.length ? least : table),
    undefined,
  )

const copy = (tables: readonly SeatedTable[]): SeatedTable[] =>
  tables.map((table) => ({ ...table, people: [...table.people] }))
