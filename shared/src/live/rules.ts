import type { BlockKind, BlockOptions } from '../guide.ts'
import type { Hand, LiveBlock, LivePerson, SessionView, Timer } from '../live.ts'
import { canCount } from './ballot.ts'
import { LEAST_FOR_TOPIC, nextTopic, takenElsewhere, topicOrder } from './discussion.ts'
import { hasGoRound } from './spoken.ts'

type Planned = { readonly kind: BlockKind; readonly options: BlockOptions }

/** Here everybody writes alone, and nobody else reads it before the reveal. What is spoken in turn is not written as well. */
export const hasWriting = (block: Planned): boolean =>
  block.kind === 'write' || (block.kind === 'close' && !hasGoRound(block))

/** Whether what is written in a block is revealed at some point, or stays with its writers for good. */
export const hasReveal = (block: Planned): boolean => hasWriting(block) && block.options.stayHidden !== true

/** Whether nobody learns who wrote what in a block, or who wrote at all. */
export const isAnonymous = (block: Planned): boolean => hasWriting(block) && block.options.anonymous === true

/** With fewer, everybody could guess whose each is. */
export const LEAST_ANONYMOUS = 3

/** How many said that they are done. */
export const countDone = ({ written, writtenCount }: LiveBlock): number => written.length + writtenCount

/** Where the room is in its life. In the lobby the door is open and no block has begun. */
export type Phase = 'waiting' | 'lobby' | 'running' | 'over' | 'cancelled'

export function phaseOf({ session, currentBlockId }: SessionView): Phase {
  switch (session.status) {
    case 'scheduled':
      return 'waiting'
    case 'live':
      return currentBlockId === null ? 'lobby' : 'running'
    case 'wrapped-up':
      return 'over'
    case 'cancelled':
      return 'cancelled'
  }
}

export const currentBlock = (view: SessionView): LiveBlock | undefined =>
  view.blocks.find(({ id }) => id === view.currentBlockId)

/** The neighbour of the current block that is not skipped; before the first block has begun, the next is the first. */
export function neighbour<Block extends { id: string; skipped: boolean }>(
  blocks: readonly Block[],
  currentBlockId: string | null,
  step: 1 | -1,
): Block | undefined {
  const at = blocks.findIndex(({ id }) => id === currentBlockId)
  if (at < 0 && (currentBlockId !== null || step === -1)) return undefined
  const [before, after] = [blocks.slice(0, Math.max(0, at)), blocks.slice(at + 1)]
  return step === 1 ? after.find(({ skipped }) => !skipped) : before.findLast(({ skipped }) => !skipped)
}

export type BlockState = 'done' | 'now' | 'later' | 'skipped'

export function blockState(view: SessionView, block: LiveBlock): BlockState {
  if (block.id === view.currentBlockId) return 'now'
  if (block.skipped) return 'skipped'
  return block.endedAt === null ? 'later' : 'done'
}

/** Seconds to go; below zero when the time is up. `null` when no timer is set. */
export function secondsLeft({ endsAt, left }: Timer, now: number): number | null {
  return endsAt === null ? left : (Date.parse(endsAt) - now) / 1000
}

/** Paused: what is left stands still. Time that is up stays up. */
export const pausedTimer = (timer: Timer, now: Date): Timer => ({
  endsAt: null,
  left: Math.max(0, Math.ceil(secondsLeft(timer, now.getTime()) ?? 0)),
})

export const runningTimer = (seconds: number, now: Date): Timer => ({
  endsAt: new Date(now.getTime() + seconds * 1000).toISOString(),
  left: null,
})

/** More minutes, counted from now when the time is up already; a paused timer stays paused. */
export function extendedTimer(timer: Timer, minutes: number, now: Date): Timer {
  const seconds = Math.max(0, secondsLeft(timer, now.getTime()) ?? 0) + minutes * 60
  return timer.endsAt === null ? { endsAt: null, left: Math.ceil(seconds) } : runningTimer(seconds, now)
}

/** Going back to a block gives what was left of it when it was left, but never less than this. */
export const LEAST_ON_RETURN = 60

export type Urgency = 'plenty' | 'soon' | 'last'

/** Amber when a fifth is left, red at a twentieth. */
export function urgencyOf(left: number, minutes: number): Urgency {
  const part = left / (minutes * 60)
  return part <= 0.05 ? 'last' : part <= 0.2 ? 'soon' : 'plenty'
}

/** Seconds that the plan leaves before the hard end, at the planned minutes; below zero when it would run over. */
export function spareSeconds(view: SessionView, now: number): number {
  const start = phaseOf(view) === 'running' ? now : Math.max(now, Date.parse(view.session.startsAt))
  const at = view.blocks.findIndex(({ id }) => id === view.currentBlockId)
  const later = view.blocks.slice(at + 1).filter((block) => blockState(view, block) === 'later')
  const planned = later.reduce((sum, { minutes }) => sum + minutes * 60, 0)
  const current = Math.max(0, secondsLeft(view.timer, now) ?? 0)
  return (Date.parse(view.session.endsAt) - start) / 1000 - current - planned
}

/** Who wants to add comes before a new subject. Among both, the queue favours who spoke least: by turns taken, then by asking. */
export function speakingOrder(queue: readonly Hand[], people: readonly LivePerson[]): Hand[] {
  const spoken = new Map(people.map((person) => [person.accountId, person.spoken]))
  const times = ({ accountId }: Hand) => spoken.get(accountId) ?? 0
  return queue
    .map((hand, index) => ({ hand, index }))
    .sort(
      (a, b) =>
        Number(a.hand.kind === 'speak') - Number(b.hand.kind === 'speak') ||
        times(a.hand) - times(b.hand) ||
        a.index - b.index,
    )
    .map(({ hand }) => hand)
}

/** Who is waited for while everybody writes: all who have a screen, and the facilitator only once they wrote too. */
export const writersOf = ({ people, session }: SessionView, block: LiveBlock): LivePerson[] =>
  people.filter(
    ({ accountId, screen }) =>
      screen && (accountId !== session.facilitatorId || block.written.includes(accountId)),
  )

/** Whether answers can be revealed now. */
export const canReveal = (block: LiveBlock): boolean => hasReveal(block) && block.revealedAt === null

/** Without names, as long as so few are done that everybody could guess whose each answer is. */
export const waitsForThree = (block: LiveBlock): boolean =>
  canReveal(block) && isAnonymous(block) && countDone(block) < LEAST_ANONYMOUS

/** Whether the screen offers to reveal: only what is not refused. */
export const offersReveal = (block: LiveBlock): boolean => canReveal(block) && !waitsForThree(block)

/** Many a close is spoken: it is revealed only when somebody wrote. */
const isRevealNext = (block: LiveBlock): boolean =>
  offersReveal(block) && (block.kind !== 'close' || countDone(block) > 0)

/** A vote is ended on the screen only when somebody has a screen to vote on. */
const isCountNext = (view: SessionView, block: LiveBlock): boolean =>
  canCount(view, block) && writersOf(view, block).length > 0

/** With topics left and time for one. */
const isTopicNext = (view: SessionView, { id, discussion }: LiveBlock, now: number): boolean =>
  discussion !== null &&
  discussion.topicId !== null &&
  nextTopic(discussion, topicOrder(view.blocks, view.topics), takenElsewhere(view.blocks, id)) !==
    undefined &&
  (secondsLeft(view.timer, now) ?? 0) >= LEAST_FOR_TOPIC

/** The one next thing for whoever runs the session. */
export type Step = 'open' | 'start' | 'reveal' | 'count' | 'topic' | 'next' | 'close' | 'none'

export function nextStep(view: SessionView, now = 0): Step {
  switch (phaseOf(view)) {
    case 'waiting':
      return view.session.overDays ? 'none' : 'open'
    case 'lobby':
      return 'start'
    case 'running': {
      const block = currentBlock(view)
      // Over days going on reveals.
      if (view.session.overDays) return neighbour(view.blocks, view.currentBlockId, 1) ? 'next' : 'close'
      if (block && isRevealNext(block)) return 'reveal'
      if (block && isCountNext(view, block)) return 'count'
      if (block && isTopicNext(view, block, now)) return 'topic'
      return neighbour(view.blocks, view.currentBlockId, 1) ? 'next' : 'close'
    }
    case 'over':
    case 'cancelled':
      return 'none'
  }
}
