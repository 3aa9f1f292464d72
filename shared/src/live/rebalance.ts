import { LONGEST_BLOCK, type BlockKind, type BlockOptions } from '../guide.ts'
import type { SessionView } from '../live.ts'
import { isAhead } from './plan.ts'
import { spareSeconds } from './rules.ts'

type Planned = { id: string; skipped: boolean; startedAt: unknown }
type Timed = { kind: BlockKind; minutes: number; options: BlockOptions }

/** Minutes of each block, in the order of the plan; 0: it is skipped. `over`: how many minutes are missing even so. */
export type Proposal = { blocks: { blockId: string; from: number; to: number }[]; over: number }

/** What is to come: after the current block, not begun, not skipped. */
export function aheadOf<Block extends Planned>(
  plan: readonly Block[],
  currentBlockId: string | null,
): Block[] {
  const at = plan.findIndex(({ id }) => id === currentBlockId)
  return plan.slice(at + 1).filter((block) => !block.skipped && isAhead(block, currentBlockId))
}

/** With less than that over, or to spare, nothing is worth a proposal: seconds, and minutes. */
const WORTH_MAKING_FIT = 60
const WORTH_SHARING_OUT = 5

/** How what is to come would end on time, when it would run over or leave time to spare; nothing when it fits. */
export function proposeMinutes(view: SessionView, now: number): Proposal | undefined {
  const ahead = aheadOf(view.blocks, view.currentBlockId)
  if (view.session.status !== 'live' || ahead.length === 0) return undefined
  const seconds = spareSeconds(view, now)
  const spare = Math.floor(seconds / 60)
  const planned = sum(ahead.map(({ minutes }) => minutes))
  const people = view.people.length
  const target = Math.max(0, planned + spare)
  if (seconds <= -WORTH_MAKING_FIT)
    return toProposal(ahead, madeToFit(ahead, target, people), planned + spare)
  if (spare < WORTH_SHARING_OUT || spare > planned) return undefined
  const longer = sharedOut(ahead, target, people)
  return longer && toProposal(ahead, longer, target)
}

function toProposal(
  ahead: readonly { id: string; minutes: number }[],
  minutes: readonly number[],
  available: number,
): Proposal {
  return {
    blocks: ahead.map(({ id, minutes: from }, at) => ({ blockId: id, from, to: minutes[at] ?? from })),
    over: Math.max(0, sum(minutes) - available),
  }
}

/** What it takes when everybody has their turn. */
function turnsTake({ options: { goRound, minutesEach, groupsOf, feedback } }: Timed, people: number): number {
  if (minutesEach === undefined || feedback) return 0
  return Math.ceil(minutesEach * (goRound ? people : (groupsOf ?? 0)))
}

/** Whoever is brief is still worth it so long; half of what was planned for all others. */
const LEAST: Partial<Record<BlockKind, number>> = { commit: 3, close: 2, break: 3, welcome: 1 }
const LEAST_OTHERWISE = 2

/** A block is not made shorter than that; it is skipped instead. */
export function leastMinutes(block: Timed, people: number): number {
  const half = Math.max(LEAST_OTHERWISE, Math.ceil(block.minutes / 2))
  return Math.min(block.minutes, turnsTake(block, people) || (LEAST[block.kind] ?? half))
}

/**
 * Fewer minutes in proportion, none below its least. When even these are too many, blocks are skipped: breaks first, then
 * the shortest that makes enough room, never a commitment or the close.
 */
export function madeToFit(blocks: readonly Timed[], target: number, people: number): number[] {
  const least = blocks.map((block) => leastMinutes(block, people))
  const kept = new Set(blocks.keys())
  for (;;) {
    const missing = sum([...kept].map((at) => least[at] ?? 0)) - target
    const skipped = missing > 0 ? whatToSkip(blocks, least, kept, missing) : undefined
    if (skipped === undefined) break
    kept.delete(skipped)
  }
  const parts = [...kept].map((at) => ({ at, from: blocks[at]?.minutes ?? 0, least: least[at] ?? 0 }))
  const minutes = blocks.map(() => 0)
  for (const [at, to] of inProportion(parts, target)) minutes[at] = to
  return minutes
}

function whatToSkip(
  blocks: readonly Timed[],
  least: readonly number[],
  kept: ReadonlySet<number>,
  missing: number,
): number | undefined {
  const could = [...kept].filter((at) => !['commit', 'close'].includes(blocks[at]?.kind ?? 'close'))
  const aBreak = could.findLast((at) => blocks[at]?.kind === 'break')
  if (aBreak !== undefined) return aBreak
  const by = (at: number) => least[at] ?? 0
  const enough = could.filter((at) => by(at) >= missing).toSorted((a, b) => by(a) - by(b) || b - a)
  return enough[0] ?? could.toSorted((a, b) => by(b) - by(a) || b - a)[0]
}

type Part = { at: number; from: number; least: number }

/** Whoever would fall below their least gets it; the others share the rest in proportion, in whole minutes. */
function inProportion(parts: readonly Part[], target: number): Map<number, number> {
  const wanted = Math.min(target, sum(parts.map(({ from }) => from)))
  let free = [...parts]
  for (;;) {
    const fixed = sum(parts.filter((part) => !free.includes(part)).map(({ least }) => least))
    const share = (wanted - fixed) / sum(free.map(({ from }) => from))
    const holds = free.filter(({ from, least }) => from * share >= least)
    if (holds.length === free.length) {
      const whole = inWholes(
        free.map(({ from }) => from * share),
        wanted - fixed,
      )
      const of = new Map(free.map(({ at }, index) => [at, whole[index] ?? 0]))
      return new Map(parts.map(({ at, least }) => [at, of.get(at) ?? least]))
    }
    free = holds
  }
}

/** Rounded down, and what is left given to those who lost most by it, the earlier first. */
function inWholes(exact: readonly number[], total: number): number[] {
  const whole = exact.map((one) => Math.floor(one + 1e-9))
  const byLoss = [...exact.keys()].sort(
    (a, b) => (exact[b] ?? 0) - (whole[b] ?? 0) - ((exact[a] ?? 0) - (whole[a] ?? 0)) || a - b,
  )
  const rest = Math.max(0, total - sum(whole))
  for (const at of byLoss.slice(0, rest)) whole[at] = (whole[at] ?? 0) + 1
  return whole
}

/** Where more time is a gain. */
const GAINS: readonly BlockKind[] = ['discuss', 'write', 'pairs', 'practice']

/** More minutes: first for those whose turns need them, then in proportion where people talk, write and try. */
export function sharedOut(blocks: readonly Timed[], target: number, people: number): number[] | undefined {
  let rest = target - sum(blocks.map(({ minutes }) => minutes))
  const minutes = blocks.map((block) => {
    const more = Math.min(rest, Math.max(0, turnsTake(block, people) - block.minutes))
    rest -= more
    return block.minutes + more
  })
  const gaining = [...blocks.keys()].filter((at) => GAINS.includes(blocks[at]?.kind ?? 'break'))
  const weight = sum(gaining.map((at) => blocks[at]?.minutes ?? 0))
  if (gaining.length > 0) {
    const more = inWholes(
      gaining.map((at) => ((blocks[at]?.minutes ?? 0) * rest) / weight),
      rest,
    )
    for (const [index, at] of gaining.entries())
      minutes[at] = Math.min(LONGEST_BLOCK, (minutes[at] ?? 0) + (more[index] ?? 0))
  }
  return minutes.some((one, at) => one !== blocks[at]?.minutes) ? minutes : undefined
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
