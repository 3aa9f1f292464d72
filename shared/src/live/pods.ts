import type { BlockKind, BlockOptions } from '../guide.ts'
import { randomFrom, readMeetings, shuffle, type Meetings } from '../meetings.ts'
import type { Pod } from '../pods.ts'

/** Who works with whom. Pure, and the same for the same seed. */

type Told = { readonly kind: BlockKind; readonly options: BlockOptions }

/** Whether people are put together in this block. */
export const hasPods = ({ kind, options }: Told): boolean =>
  kind === 'pairs' || options.groupsOf !== undefined

/** In a feedback round there are only pairs. */
export const podSize = ({ options }: Told): number => (options.feedback ? 2 : (options.groupsOf ?? 2))

/** One that is left over makes one pod larger; more than one are a smaller pod of their own. */
export function podSizes(people: number, of: number): number[] {
  if (people <= of) return people === 0 ? [] : [people]
  const sizes = Array.from({ length: Math.floor(people / of) }, () => of)
  const rest = people % of
  if (rest === 1) return [...sizes.slice(0, -1), of + 1]
  return rest === 0 ? sizes : [...sizes, rest]
}

type Putting = {
  readonly people: readonly string[]
  readonly of: number
  /** Who was together before, over the sessions of the group. */
  readonly earlier: readonly (readonly string[])[]
  readonly seed: number
}

/** Up to here every way to put people together is looked at, and the best is taken. */
const ALL_WAYS_UP_TO = 12

/** Everybody in exactly one, with as few repeats as can be. */
export function putTogether({ people, of, earlier, seed }: Putting): string[][] {
  const random = randomFrom(seed)
  const everybody = shuffle([...new Set(people)].toSorted(), random)
  const costs = costsOf(everybody, readMeetings(earlier))
  const sizes = podSizes(everybody.length, of)
  const best = everybody.length <= ALL_WAYS_UP_TO ? bestOfAll(sizes, costs) : bestOfSome(sizes, costs, random)
  return best.map((pod) => shuffle([...pod], random).map((index) => everybody[index] as string))
}

/** Having met twice weighs more than two who met once. */
type Costs = readonly (readonly number[])[]
const costsOf = (people: readonly string[], met: Meetings): Costs =>
  people.map((one) => people.map((other) => (met.get(one)?.get(other) ?? 0) ** 2))

const cost = (costs: Costs, one: number, other: number): number => costs[one]?.[other] ?? 0

function costOf(costs: Costs, pod: readonly number[]): number {
  let sum = 0
  for (let one = 0; one < pod.length; one += 1)
    for (let other = one + 1; other < pod.length; other += 1)
      sum += cost(costs, pod[one] as number, pod[other] as number)
  return sum
}

function bestOfAll(sizes: readonly number[], costs: Costs): number[][] {
  let best: number[][] = []
  let least = Infinity
  const choose = (
    left: readonly number[],
    open: readonly number[],
    done: number[][],
    spent: number,
  ): void => {
    if (spent >= least) return
    const [first, ...others] = left
    if (first === undefined) {
      best = done
      least = spent
      return
    }
    for (const size of new Set(open)) {
      const rest = open.toSpliced(open.indexOf(size), 1)
      for (const partners of choices(others, size - 1)) {
        const pod = [first, ...partners]
        const after = others.filter((one) => !partners.includes(one))
        choose(after, rest, [...done, pod], spent + costOf(costs, pod))
        if (least === 0) return
      }
    }
  }
  choose([...costs.keys()], sizes, [], 0)
  return best
}

function* choices(from: readonly number[], count: number): Generator<number[]> {
  if (count === 0) yield []
  else
    for (const [index, one] of from.entries())
      for (const rest of choices(from.slice(index + 1), count - 1)) yield [one, ...rest]
}

/** More beginnings for fewer people. */
const beginnings = (people: number): number => Math.max(2, Math.min(40, Math.floor(1_000 / people)))
const MOST_PASSES = 20

function bestOfSome(sizes: readonly number[], costs: Costs, random: () => number): number[][] {
  let best: number[][] = []
  let least = Infinity
  for (let time = 0; time < beginnings(costs.length) && least > 0; time += 1) {
    const order = shuffle([...costs.keys()], random)
    let from = 0
    const pods = sizes.map((size) => order.slice(from, (from += size)))
    for (let pass = 0; pass < MOST_PASSES && swapOnce(pods, costs); pass += 1);
    const spent = pods.reduce((sum, pod) => sum + costOf(costs, pod), 0)
    if (spent >= least) continue
    best = pods
    least = spent
  }
  return best
}

/** Exchanges two people wherever that is better; whether any were. */
function swapOnce(pods: number[][], costs: Costs): boolean {
  let better = false
  const among = (one: number, pod: readonly number[], without: number) => {
    let sum = 0
    for (const other of pod) if (other !== without && other !== one) sum += cost(costs, one, other)
    return sum
  }
  for (const [at, pod] of pods.entries())
    for (let place = 0; place < pod.length; place += 1)
      for (const other of pods.slice(at + 1))
        for (let there = 0; there < other.length; there += 1) {
          const [one, two] = [pod[place] as number, other[there] as number]
          const before = among(one, pod, one) + among(two, other, two)
          if (before === 0 || among(one, other, two) + among(two, pod, one) >= before) continue
          pod[place] = two
          other[there] = one
          better = true
        }
  return better
}

export type Settling = {
  readonly of: number
  readonly earlier: readonly (readonly string[])[]
  readonly newId: () => string
}

/** Who is gone is taken out, who came late is put in; the others stay where they are as far as can be. */
export function settlePods(pods: readonly Pod[], here: readonly string[], settling: Settling): Pod[] {
  const met = readMeetings(settling.earlier)
  let after = [...pods]
  for (const id of after.flatMap(({ people }) => people))
    if (!here.includes(id)) after = takeOut(after, id, settling, met)
  const placed = new Set(after.flatMap(({ people }) => people))
  for (const id of here) if (!placed.has(id)) after = seatLate(after, id, settling, met)
  return after
}

const familiar = (met: Meetings, id: string, { people }: Pod): number =>
  people.reduce((sum, other) => sum + (met.get(id)?.get(other) ?? 0), 0)

const isIn = (pods: readonly Pod[], id: string) => pods.some(({ people }) => people.includes(id))

/** The smallest, and of those the one in which somebody knows the fewest. */
const smallestFor = (met: Meetings, pods: readonly Pod[], id: string): Pod | undefined =>
  pods.toSorted(
    (one, other) =>
      one.people.length - other.people.length ||
      familiar(met, id, one) - familiar(met, id, other) ||
      one.number - other.number,
  )[0]

const put = (pods: readonly Pod[], { id }: Pod, people: string[]): Pod[] =>
  pods.flatMap((pod) => (pod.id === id ? (people.length === 0 ? [] : [{ ...pod, people }]) : [pod]))

const found = (pods: readonly Pod[], people: string[], newId: () => string): Pod[] => {
  const taken = new Set(pods.map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number += 1
  return [...pods, { id: newId(), round: pods[0]?.round ?? 0, number, people }]
}

/** Somebody comes late: where one is missing, or with the one who is too many, or else as one more. */
export function seatLate(
  pods: readonly Pod[],
  id: string,
  { of, newId }: Pick<Settling, 'of' | 'newId'>,
  met: Meetings = new Map(),
): Pod[] {
  if (isIn(pods, id)) return [...pods]
  const smallest = smallestFor(met, pods, id)
  if (!smallest) return found(pods, [id], newId)
  if (smallest.people.length < of) return put(pods, smallest, [...smallest.people, id])
  const large = pods.find(({ people }) => people.length > of)
  const other = large?.people.at(-1)
  if (large && other !== undefined)
    return found(put(pods, large, large.people.slice(0, -1)), [other, id], newId)
  return put(pods, smallest, [...smallest.people, id])
}

/** Somebody goes. Whoever is left alone is offered others, while there are others. */
export function takeOut(
  pods: readonly Pod[],
  id: string,
  { of }: Pick<Settling, 'of'>,
  met: Meetings = new Map(),
): Pod[] {
  const theirs = pods.find(({ people }) => people.includes(id))
  if (!theirs) return [...pods]
  const people = theirs.people.filter((one) => one !== id)
  const after = put(pods, theirs, people)
  const [alone] = people
  return people.length === 1 && alone !== undefined ? offerOthers(after, alone, of, met) : after
}

/** Whoever is alone is offered others, while there are others. */
export function seatAlone(pods: readonly Pod[], { of, earlier }: Settling): Pod[] {
  const met = readMeetings(earlier)
  let after = [...pods]
  for (const { people } of pods) {
    const [alone] = people
    if (people.length === 1 && alone !== undefined && isAlone(after, alone))
      after = offerOthers(after, alone, of, met)
  }
  return after
}

const isAlone = (pods: readonly Pod[], id: string) =>
  pods.some(({ people }) => people.length === 1 && people[0] === id)

/** Another who is alone first, then somebody from where there is one too many, then those where there is most room. */
function offerOthers(pods: readonly Pod[], alone: string, of: number, met: Meetings): Pod[] {
  const mine = pods.find(({ people }) => people.includes(alone))
  const others = pods.filter((pod) => pod !== mine)
  if (!mine || others.length === 0) return [...pods]
  const large = others.find(({ people }) => people.length > of)
  const spare = large?.people.at(-1)
  const smallest = smallestFor(met, others, alone)
  if (smallest && smallest.people.length < of) return put(others, smallest, [...smallest.people, alone])
  if (large && spare !== undefined)
    return put(put(pods, large, large.people.slice(0, -1)), mine, [alone, spare])
  return smallest ? put(others, smallest, [...smallest.people, alone]) : [...pods]
}

/** Stands in for a partner where one is missing: whoever is with it has a rest. */
const REST = ''
/** Rather with somebody from an earlier session than twice with the same today. */
const TODAY = 100
const SHUFFLES = 60

/**
 * Pairs that change, each time with somebody else: everybody meets everybody before anybody meets twice. Of an odd number
 * one rests each time, in turn.
 * @param today who was together in this round of feedback so far; one alone had a rest
 * @returns as many times as were asked for, at most until everybody met everybody
 */
export function planRounds(
  people: readonly string[],
  rounds: number,
  earlier: readonly (readonly string[])[],
  today: readonly (readonly string[])[],
  seed: number,
): string[][][] {
  const random = randomFrom(seed)
  const everybody = [...new Set(people)].toSorted()
  if (everybody.length < 2) return everybody.length === 0 ? [] : [[everybody]]
  if (everybody.length % 2 === 1) everybody.push(REST)
  const met = readMeetings(earlier)
  const now = readMeetings(today.map((pod) => (pod.length === 1 ? [...pod, REST] : pod)))
  const costBetween = (one: string, other: string) =>
    (met.get(one)?.get(other) ?? 0) ** 2 + (now.get(one)?.get(other) ?? 0) * TODAY
  const wanted = Math.max(1, Math.min(rounds, everybody.length - 1))
  let best: string[][][] = []
  let least = Infinity
  for (let time = 0; time < SHUFFLES && least > 0; time += 1) {
    const all = everyWay(shuffle([...everybody], random))
      .map((pairs) => ({
        pairs,
        spent: pairs.reduce((sum, [one, other]) => sum + costBetween(one, other), 0),
      }))
      .toSorted((one, other) => one.spent - other.spent)
      .slice(0, wanted)
    const spent = all.reduce((sum, round) => sum + round.spent, 0)
    if (spent >= least) continue
    least = spent
    best = all.map(({ pairs }) =>
      pairs.map((pair) =>
        shuffle(
          pair.filter((id) => id !== REST),
          random,
        ),
      ),
    )
  }
  return best
}

/** One stays, the others walk round: after as many steps as there are others, everybody was with everybody. */
function everyWay(people: readonly string[]): (readonly [string, string])[][] {
  const [first = REST, ...others] = people
  return others.map((_, step) => {
    const walked = [...others.slice(step), ...others.slice(0, step)]
    const circle = [first, ...walked]
    return Array.from(
      { length: circle.length / 2 },
      (_unused, index) => [circle[index] as string, circle[circle.length - 1 - index] as string] as const,
    )
  })
}

/** For each of the two, where a block does not say. */
export const MINUTES_OF_FEEDBACK = 3

/** How often pairs can change in this time, when both say something each time. */
export function roundsThatFit(seconds: number, minutesEach: number, people: number): number {
  const partners = people + (people % 2) - 1
  return Math.max(1, Math.min(partners, Math.floor(seconds / (2 * minutesEach * 60))))
}

/**
 * Changes a feedback round while it runs: what was stays, who is gone leaves the current pairs, who came late is with
 * whoever has a rest, and what is still to come is planned anew.
 */
export function settleRounds(
  pods: readonly Pod[],
  here: readonly string[],
  {
    current,
    rounds,
    earlier,
    seed,
    newId,
  }: Omit<Settling, 'of'> & { current: number; rounds: number; seed: number },
): Pod[] {
  const past = pods.filter(({ round }) => round < current)
  let now = pods.filter(({ round }) => round === current)
  for (const id of now.flatMap(({ people }) => people)) if (!here.includes(id)) now = leaveRound(now, id)
  for (const id of here) if (!isIn(now, id)) now = enterRound(now, id, current, newId)
  const next = pods.filter(({ round }) => round > current)
  const todo = rounds - current - 1
  if (todo <= 0) return [...past, ...now]
  if (isFor(next, todo, here)) return [...past, ...now, ...next]
  const today = [...past, ...now].map(({ people }) => people)
  const planned = planRounds(here, todo, earlier, today, seed)
  return [...past, ...now, ...asPods(planned, current + 1, newId)]
}

/** Whether there are this many rounds, and each has everybody. */
function isFor(pods: readonly Pod[], rounds: number, here: readonly string[]): boolean {
  const numbers = new Set(pods.map(({ round }) => round))
  return (
    numbers.size === rounds &&
    [...numbers].every((number) => {
      const people = pods.filter(({ round }) => round === number).flatMap((pod) => pod.people)
      return people.length === here.length && here.every((id) => people.includes(id))
    })
  )
}

function leaveRound(pods: readonly Pod[], id: string): Pod[] {
  const theirs = pods.find(({ people }) => people.includes(id))
  if (!theirs) return [...pods]
  const people = theirs.people.filter((one) => one !== id)
  const after = put(pods, theirs, people)
  const [alone] = people
  const resting = after.find((pod) => pod.people.length === 1 && pod.id !== theirs.id)
  return alone === undefined || !resting
    ? after
    : put(
        after.filter((pod) => pod.id !== theirs.id),
        resting,
        [...resting.people, alone],
      )
}

function enterRound(pods: readonly Pod[], id: string, round: number, newId: () => string): Pod[] {
  const resting = pods.find(({ people }) => people.length === 1)
  if (resting) return put(pods, resting, [...resting.people, id])
  return found(pods, [id], newId).map((pod) => ({ ...pod, round }))
}

/** Numbers what was put together. */
export const asPods = (rounds: readonly (readonly string[][])[], first: number, newId: () => string): Pod[] =>
  rounds.flatMap((pods, index) =>
    pods.map((people, at) => ({ id: newId(), round: first + index, number: at + 1, people: [...people] })),
  )

/** In the order in which they are shown. */
export const byPlace = (one: Pod, other: Pod): number =>
  one.round - other.round || one.number - other.number || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
