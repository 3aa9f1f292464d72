import type { BlockKind, BlockOptions } from '../guide.ts'
import type { SessionView, Timer } from '../live.ts'
import { extendedTimer, LEAST_ON_RETURN, runningTimer, secondsLeft } from './rules.ts'

type Begun = { id: string; startedAt: unknown }

/** What has begun has happened: it stays where it is, with the words that people read. */
export const isAhead = ({ id, startedAt }: Begun, currentBlockId: string | null): boolean =>
  startedAt === null && id !== currentBlockId

/** The order of a plan with a block after another one. What would come before the current one comes next. */
export function putAfter<Block extends { id: string }>(
  plan: readonly Block[],
  block: Block,
  after: string | null,
  currentBlockId: string | null,
): Block[] {
  const others = plan.filter(({ id }) => id !== block.id)
  const behind = (id: string | null) => others.findIndex((one) => one.id === id) + 1
  const at = Math.max(behind(after), behind(currentBlockId))
  return [...others.slice(0, at), block, ...others.slice(at)]
}

/** The block before another one, in the order of the plan. */
export function blockBefore(plan: readonly { id: string }[], blockId: string): string | null {
  return plan[plan.findIndex(({ id }) => id === blockId) - 1]?.id ?? null
}

/** After which block it stands when it is moved by one; nothing when it can't go further that way. */
export function afterOneStep(
  plan: readonly { id: string }[],
  blockId: string,
  step: 1 | -1,
  currentBlockId: string | null,
): { after: string | null } | undefined {
  const at = plan.findIndex(({ id }) => id === blockId)
  const soonest = plan.findIndex(({ id }) => id === currentBlockId) + 1
  if (step === 1) {
    const next = plan[at + 1]
    return next && { after: next.id }
  }
  return at > soonest ? { after: plan[at - 2]?.id ?? null } : undefined
}

/** Minutes of the current block were changed: its timer goes along, and does not run out by that alone. */
export function timerWithMinutes(timer: Timer, minutes: number, now: Date): Timer {
  if (minutes >= 0) return extendedTimer(timer, minutes, now)
  const before = secondsLeft(timer, now.getTime()) ?? 0
  const left = Math.max(Math.min(before, LEAST_ON_RETURN), before + minutes * 60)
  return timer.endsAt === null ? { endsAt: null, left: Math.ceil(left) } : runningTimer(left, now)
}

/** Which block of how many it is. What is skipped does not count. */
export function placeOf(view: SessionView): { at: number; of: number } | undefined {
  const counted = view.blocks.filter(({ id, skipped }) => !skipped || id === view.currentBlockId)
  const at = counted.findIndex(({ id }) => id === view.currentBlockId)
  return at < 0 ? undefined : { at: at + 1, of: counted.length }
}

type Beginning = { title: string; minutes: number; prompt: string; options: BlockOptions }

/** What a block of a kind begins as, for somebody who needs one in the middle of a session. */
export const BEGINNINGS: Record<BlockKind, Beginning> = {
  welcome: { title: 'Welcome', minutes: 3, prompt: '', options: {} },
  'check-in': {
    title: 'Check-in',
    minutes: 6,
    prompt: 'In one sentence: how are you here right now?',
    options: { goRound: true },
  },
  listen: {
    title: 'Listen again',
    minutes: 5,
    prompt: 'Listen for the one sentence that fits us.',
    options: {},
  },
  write: { title: 'Write alone', minutes: 5, prompt: 'What is on your mind about this?', options: {} },
  discuss: { title: 'Talk it through', minutes: 10, prompt: '', options: {} },
  vote: {
    title: 'What do we take up?',
    minutes: 3,
    prompt: 'Which of these is worth our time now?',
    options: { votes: 3 },
  },
  pairs: {
    title: 'In pairs',
    minutes: 8,
    prompt: 'What does this look like where you work?',
    options: { groupsOf: 2 },
  },
  practice: {
    title: 'Try it',
    minutes: 10,
    prompt: 'Say it to each other, as you would say it for real.',
    options: { groupsOf: 2 },
  },
  commit: {
    title: 'If … then I will …',
    minutes: 5,
    prompt: 'What will you try before next time?',
    options: {},
  },
  close: { title: 'Close', minutes: 3, prompt: 'One word: what do you take with you?', options: {} },
  break: { title: 'Break', minutes: 5, prompt: 'Stand up, drink something, come back.', options: {} },
}
