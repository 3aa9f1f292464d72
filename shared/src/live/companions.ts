import { MOST_COMPANIONS, type Companions } from '../companions.ts'
import type { LiveEvent, LivePerson } from '../live.ts'
import type { Pod } from '../pods.ts'
import { seatAlone, type Settling } from './pods.ts'

/** Who is in the room with whose phone (L43). Pure. */

/** Who is with this phone, as the room knows it. */
export const companionsOf = (people: readonly LivePerson[], accountId: string): Companions => ({
  alsoHere: people.find((one) => one.accountId === accountId)?.alsoHere ?? 0,
  named: people
    .filter((one) => one.cameWith === accountId)
    .map((one) => one.accountId)
    .sort(),
})

/** With whoever holds it. */
export const sharing = ({ alsoHere, named }: Companions): number => 1 + alsoHere + named.length

export const sameCompanions = (one: Companions, other: Companions): boolean =>
  one.alsoHere === other.alsoHere &&
  one.named.length === other.named.length &&
  one.named.every((id) => other.named.includes(id))

export const tooMany = (companions: Companions): boolean => sharing(companions) > 1 + MOST_COMPANIONS

/** How many that is, with those who are there by number only. */
export const countThere = (people: readonly LivePerson[]): number =>
  people.reduce((sum, { alsoHere = 0 }) => sum + 1 + alsoHere, 0)

export const withCompanions = (
  people: LivePerson[],
  { accountId, alsoHere, named }: Extract<LiveEvent, { type: 'companions-changed' }>,
): LivePerson[] =>
  people.map((person) => {
    if (person.accountId === accountId) {
      const { alsoHere: _before, ...rest } = person
      return alsoHere === 0 ? rest : { ...rest, alsoHere }
    }
    if (named.includes(person.accountId)) return { ...person, cameWith: accountId }
    return person.cameWith === accountId ? alone(person) : person
  })

const alone = ({ cameWith: _with, ...person }: LivePerson): LivePerson => person

/** The phone is gone: whoever came with it is there on their own. */
export const withoutPhone = (people: LivePerson[], accountId: string): LivePerson[] =>
  people
    .filter((person) => person.accountId !== accountId)
    .map((person) => (person.cameWith === accountId ? alone(person) : person))

/** Whose phone somebody came with, by who came with it. */
export type Phones = ReadonlyMap<string, string>

/**
 * Those at one phone as they are put together: as many as a pod has, or more, are one already; fewer are drawn as one
 * and stay together.
 */
export function apartByPhone(
  people: readonly string[],
  phones: Phones,
  of: number,
): { drawn: string[]; pods: string[][]; followers: Map<string, string[]> } {
  const followers = new Map<string, string[]>()
  for (const id of people) {
    const phone = phones.get(id)
    if (phone !== undefined && people.includes(phone))
      followers.set(phone, [...(followers.get(phone) ?? []), id])
  }
  const following = new Set([...followers.values()].flat())
  const free = people.filter((id) => !following.has(id))
  const isWhole = (id: string) => 1 + (followers.get(id)?.length ?? 0) >= of
  const drawn = free.filter((id) => !isWhole(id))
  const pods = free.filter(isWhole).map((id) => [id, ...(followers.get(id) ?? [])])
  return { drawn, pods, followers }
}

/** Everybody in their pod again; whoever would be alone is with the fewest of those who came together. */
export function togetherByPhone(
  drawn: readonly (readonly string[])[],
  { pods, followers }: Pick<ReturnType<typeof apartByPhone>, 'pods' | 'followers'>,
): string[][] {
  const after = drawn.map((pod) =>
    pod
      .toSorted((one, other) => Number(followers.has(other)) - Number(followers.has(one)))
      .flatMap((id) => [id, ...(followers.get(id) ?? [])]),
  )
  const [only] = after
  if (after.length !== 1 || only?.length !== 1 || pods.length === 0) return [...after, ...pods]
  const [least, ...others] = pods.toSorted((one, other) => one.length - other.length)
  return [[...(least ?? []), ...only], ...others]
}

/** Whoever came with a phone that is in a pod, and is in none themselves, joins it. */
export function joinPhones(pods: readonly Pod[], people: readonly string[], phones: Phones): Pod[] {
  let after = [...pods]
  for (const id of people) {
    const phone = phones.get(id)
    if (phone !== undefined && !after.some((pod) => pod.people.includes(id))) after = join(after, id, phone)
  }
  return after
}

/** Next to the phone, and both first: of a pod that is too large the last one is offered to others. */
const join = (pods: readonly Pod[], id: string, phone: string): Pod[] =>
  pods.map((pod) =>
    pod.people.includes(phone)
      ? { ...pod, people: [phone, id, ...pod.people.filter((one) => one !== phone)] }
      : pod,
  )

/** Those who came with a phone move to where it is; the others stay, but nobody alone. */
export function followPhone(
  pods: readonly Pod[],
  phone: string,
  named: readonly string[],
  settling: Settling,
): Pod[] {
  const home = pods.find(({ people }) => people.includes(phone))
  if (!home) return [...pods]
  const movers = named.filter((id) => pods.some((pod) => pod !== home && pod.people.includes(id)))
  let after = pods.flatMap((pod) => {
    const people = pod.people.filter((id) => !movers.includes(id))
    return people.length === 0 ? [] : [{ ...pod, people }]
  })
  for (const id of movers) after = join(after, id, phone)
  return movers.length === 0 ? after : seatAlone(after, settling)
}
