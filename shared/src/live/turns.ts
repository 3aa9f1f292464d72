import type { BlockOptions } from '../guide.ts'
import type { Pace, Pod } from '../pods.ts'

/** Whose turn it is, from one deadline: nothing ticks, so everybody who knows the timer agrees. */

/** Where a number is meant to be whole and arithmetic left it a hair below. */
const HAIR = 1e-9

/** The turns begin with `left` seconds on the timer and want this many of them. What is more stays for the end. */
export const startPace = (left: number, wanted: number): Pace => ({
  share: 0,
  left,
  tail: Math.max(0, left - wanted),
})

/** Which share of the turns is over when the timer stands at `left`. */
export function progressOf({ share, left, tail }: Pace, now: number): number {
  if (left <= tail) return 1
  return Math.min(1, Math.max(share, share + ((1 - share) * (left - now)) / (left - tail)))
}

/** The timer was changed by hand: who is to come shares what there is now, and nobody falls back. */
export const movedPace = (pace: Pace, before: number, after: number): Pace => ({
  share: progressOf(pace, before),
  left: after,
  tail: Math.min(pace.tail, Math.max(0, after)),
})

/** The turns were called on by hand. */
export const jumpedPace = (pace: Pace, left: number, share: number): Pace => ({ ...pace, share, left })

/** How long all turns take that a block gives. */
export const turnSeconds = ({ minutesEach = 0 }: BlockOptions, size: number): number =>
  minutesEach * 60 * size

/** Where the room is: which change of partners, how far within it, and whether all turns are over. */
export type Moment = { round: number; within: number; over: boolean }

export function momentOf(pace: Pace | null, rounds: number, left: number | null): Moment {
  if (!pace || left === null) return { round: 0, within: 0, over: false }
  const progress = progressOf(pace, left)
  if (progress >= 1 - HAIR) return { round: rounds - 1, within: 1, over: true }
  const round = Math.min(rounds - 1, Math.floor(progress * rounds + HAIR))
  return { round, within: Math.max(0, progress * rounds - round), over: false }
}

export const roundsOf = (pods: readonly Pod[]): number => 1 + Math.max(0, ...pods.map(({ round }) => round))

export type Turn = {
  /** From 0; `of` how many there are. */
  number: number
  of: number
  /** The share of all turns that is over once this one is. */
  until: number
  /** Seconds to go, and how many a whole turn has at this pace; none without a sub-timer. */
  left: number | null
  long: number | null
}

/** The turn in a pod of this size. Without minutes for each there is one, as long as the block. */
export function turnOf(
  pace: Pace | null,
  rounds: number,
  size: number,
  left: number | null,
): Turn & { round: number; over: boolean } {
  const { round, within, over } = momentOf(pace, rounds, left)
  if (!pace || left === null) return { number: 0, of: 1, until: 1, left: null, long: null, round, over }
  const of = Math.max(1, size)
  const number = Math.min(of - 1, Math.floor(within * of + HAIR))
  const until = Math.min(1, (round + (number + 1) / of) / rounds)
  if (over || pace.share >= 1) return { number, of, until: 1, left: 0, long: 0, round, over }
  const all = (pace.left - pace.tail) / (1 - pace.share)
  const end = pace.left - (until - pace.share) * all
  return { number, of, until, left: left - end, long: all / (of * rounds), round, over }
}

/** The role of whoever has this place in a pod. Who is more than there are roles has the last one too. */
export function roleOf(
  { roles = [], changeRoles }: BlockOptions,
  { place, size, turn }: { place: number; size: number; turn: number },
): string {
  const at = (place + turn + (changeRoles ? 1 : 0)) % Math.max(1, size)
  return roles[at] ?? roles.at(-1) ?? ''
}

type Carded = {
  readonly options: BlockOptions & { readonly cards?: readonly { readonly role: string }[] }
}

/** The block whose cards are read in this one: its own, or those of the block that its people come from. */
export function blockOfCards<Block extends Carded>(plan: readonly Block[], block: Block): Block | undefined {
  const at = plan.indexOf(block)
  const roles = (block.options.roles ?? []).join('\n')
  for (let index = at; index >= 0; index -= 1) {
    const one = plan[index]
    if (!one || (one.options.roles ?? []).join('\n') !== roles) continue
    if (one.options.cards) return one
    if (!one.options.keepPods) return undefined
  }
  return undefined
}

/** The cards that a role reads: its own, and those that are for it too. */
export const cardsOf = <Card extends { role: string; alsoFor?: string[] }>(
  cards: readonly Card[],
  role: string,
): Card[] => cards.filter((card) => card.role === role || card.alsoFor?.includes(role))
