import type { Demonstration, GoRound, GoRoundSeat, Playing, SpokenEvent } from '../go-rounds.ts'
import type { BlockKind, BlockOptions } from '../guide.ts'
import type { Timer } from '../timer.ts'
import { hasPods } from './pods.ts'
import { pausedTimer, runningTimer } from './rules.ts'
import { hasGoRound } from './spoken.ts'

type Planned = { readonly kind: BlockKind; readonly options: BlockOptions }

/** Whether something is practised in it before everybody, more than once. */
export const hasDemonstrations = (block: Planned): boolean =>
  block.kind === 'practice' && !hasPods(block) && !hasGoRound(block)

/** Who took part in a go-round, and who began it. */
export type EarlierGoRound = { sessionId: string; people: readonly string[]; began: string | null }

/**
 * The order of a go-round: a circle by name, which begins with somebody else each time. In a session nobody begins again
 * before everybody did; from session to session it is whoever began longest ago. Whoever began last time does not begin
 * again, and whoever is new does not have to begin, while there is anybody else.
 *
 * @param earlier the go-rounds of the group, oldest first, those of this session too
 */
export function orderOf(
  people: readonly { accountId: string; name: string }[],
  earlier: readonly EarlierGoRound[],
  sessionId: string,
): string[] {
  const circle = people.toSorted(byName).map(({ accountId }) => accountId)
  const today = earlier.filter((one) => one.sessionId === sessionId)
  const before = earlier.filter((one) => one.sessionId !== sessionId)
  const known = new Set(before.flatMap((one) => one.people))
  const firsts = new Map(before.toReversed().map((one) => [one.sessionId, one.began]))
  const beginners = [...firsts.values()].toReversed()
  const last = today.at(-1)?.began ?? beginners.at(-1) ?? ''
  const after = 1 + circle.indexOf(last)
  const keys = circle.map((id, at) => [
    today.filter(({ began }) => began === id).length,
    Number(beginners.at(-1) === id),
    Number(known.size > 0 && !known.has(id)),
    beginners.lastIndexOf(id),
    (at - after + circle.length) % circle.length,
  ])
  const first = keys.reduce((best, key, at) => (isLess(key, keys[best] ?? []) ? at : best), 0)
  return [...circle.slice(first), ...circle.slice(0, first)]
}

const byName = (a: { accountId: string; name: string }, b: { accountId: string; name: string }) =>
  compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.accountId, b.accountId)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function isLess(key: readonly number[], other: readonly number[]): boolean {
  const at = key.findIndex((part, index) => part !== other[index])
  return at >= 0 && (key[at] ?? 0) < (other[at] ?? 0)
}

const waits = ({ turnId, aside }: GoRoundSeat): boolean => turnId === null && aside === null

/** Those whose turn is to come, in order. */
export const waitingIn = ({ seats }: Pick<GoRound, 'seats'>): GoRoundSeat[] => seats.filter(waits)

/** Whoever speaks in the go-round; nobody while the floor is free or somebody else's. */
export const speakerIn = (
  { seats }: Pick<GoRound, 'seats'>,
  speaking: { turnId: string } | null,
): GoRoundSeat | undefined => seats.find(({ turnId }) => turnId !== null && turnId === speaking?.turnId)

/**
 * The one way to end the turn that is on: to go on while somebody is to come, also after somebody who spoke in between;
 * to end the round after its last turn; else to end the turn.
 */
export function endingOf(
  goRound: Pick<GoRound, 'seats'>,
  speaking: { turnId: string } | null,
): 'next' | 'round' | 'turn' | undefined {
  if (!speaking) return undefined
  if (waitingIn(goRound).length > 0) return 'next'
  return speakerIn(goRound, speaking) ? 'round' : 'turn'
}

const byPlace = (a: GoRoundSeat, b: GoRoundSeat): number =>
  a.place - b.place || compare(a.accountId, b.accountId)

type OfBlock = { goRound: GoRound | null; demonstration: Demonstration | null; playing: Playing | null }
type OfBlockEvent = Extract<
  SpokenEvent,
  { type: 'go-round-changed' | 'demonstration-changed' | 'playing-changed' }
>

export function applySpokenEvent(
  { goRound }: Pick<OfBlock, 'goRound'>,
  event: OfBlockEvent,
): Partial<OfBlock> {
  switch (event.type) {
    case 'go-round-changed':
      return { goRound: foldGoRound(goRound, event) }
    case 'demonstration-changed':
      return { demonstration: event.demonstration }
    case 'playing-changed':
      return { playing: event.playing }
  }
}

/** What changed in a go-round, put in its place. */
function foldGoRound(
  goRound: GoRound | null,
  { seats, gone, timer }: { seats: GoRoundSeat[]; gone: string[]; timer: Timer },
): GoRound {
  const over = new Set([...gone, ...seats.map(({ accountId }) => accountId)])
  const others = goRound?.seats.filter(({ accountId }) => !over.has(accountId)) ?? []
  return { seats: [...others, ...seats].sort(byPlace), timer }
}

export const withoutSeat = (goRound: GoRound | null, accountId: string): GoRound | null =>
  goRound && { ...goRound, seats: goRound.seats.filter((seat) => seat.accountId !== accountId) }

/** Stands still, or runs on. */
export function heldTimer(timer: Timer, held: boolean, now: Date): Timer {
  if (held) return timer.endsAt === null ? timer : pausedTimer(timer, now)
  return timer.left === null ? timer : runningTimer(timer.left, now)
}

/** The time of one turn, or of one demonstration: it stands still while the block does. */
export function timerOfTurn({ minutesEach }: BlockOptions, held: boolean, now: Date): Timer {
  if (!minutesEach) return { endsAt: null, left: null }
  return heldTimer({ endsAt: null, left: Math.round(minutesEach * 60) }, held, now)
}

export const NO_TIMER: Timer = { endsAt: null, left: null }
