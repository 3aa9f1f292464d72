import type { BlockKind, PlanOptions } from '../guide.ts'
import { isAnonymous } from './rules.ts'

/** A session over days (L49): each block is open for a while, and everybody takes part in their own time. Times are minutes. */

const HOUR = 60
const DAY = 24 * HOUR

export const USUALLY_OPEN = 2 * DAY
export const SHORTEST_OPEN = HOUR
export const LONGEST_OPEN = 14 * DAY
/** What one can choose; any other whole hours are kept too. */
export const OPEN_CHOICES = [
  HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  3 * DAY,
  4 * DAY,
  5 * DAY,
  7 * DAY,
].concat(10 * DAY, LONGEST_OPEN)

/** A block that is open for less gets no reminder: the mail that it opened is one. */
const REMINDED_FROM = 36 * HOUR
/** How long before it is due. */
const REMINDED_BEFORE = DAY

/** Each can do these alone; all others are spoken. */
export const STAND_ALONE: readonly BlockKind[] = ['write', 'vote', 'commit', 'close']
export const standsAlone = ({ kind }: { kind: BlockKind }): boolean => STAND_ALONE.includes(kind)

/** What a block is told that makes sense alone: no turns, no pairs. */
function optionsAlone({
  votes,
  oneDotEach,
  confidence,
  closing,
  stayHidden,
  anonymous,
  groupTogether,
  threads,
}: PlanOptions): PlanOptions {
  const kept = { votes, oneDotEach, confidence, closing, stayHidden, anonymous, groupTogether, threads }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
}

/** The blocks that each can do alone, open as long as was wished by their key. */
export const planOverDays = <B extends { kind: BlockKind; minutes: number; options?: PlanOptions }>(
  blocks: readonly B[],
  openFor: (block: B) => number | undefined,
): B[] =>
  blocks.filter(standsAlone).map((block) => ({
    ...block,
    minutes: openFor(block) ?? USUALLY_OPEN,
    ...(block.options ? { options: optionsAlone(block.options) } : {}),
  }))

/** Why a plan can't be lived over days, in a sentence; nothing when it can. */
export function overDaysProblem(
  plan: readonly { kind: BlockKind; title: string; minutes: number; options: PlanOptions }[],
): string | undefined {
  if (plan.length === 0) return NOTHING_ALONE
  const spoken = plan.find((block) => !standsAlone(block))
  if (spoken)
    return `“${spoken.title}” is spoken together. Over days people write, vote, promise and close; take it out, or make it one of these.`
  const together = plan.find(({ options }) => options.groupsOf ?? options.goRound)
  if (together) return `“${together.title}” puts people together at one time. Over days each works alone.`
  const wrong = plan.find(
    ({ minutes }) => minutes < SHORTEST_OPEN || minutes > LONGEST_OPEN || minutes % HOUR !== 0,
  )
  return wrong && `“${wrong.title}” is open for whole hours: from one hour to 14 days.`
}

export const NOTHING_ALONE =
  'Nothing of this plan can be done alone. Over days it needs something to write, to vote on, to promise or to close with; choose another template, or meet live.'

/** Nobody hears how many wrote without names, or that all did: only its time, or whoever runs the session, ends it. */
export const endsWhenAllAreDone = (block: { kind: BlockKind; options: PlanOptions }): boolean =>
  !isAnonymous(block)

/** Whether a reminder may differ by who is done: never where that says who wrote or voted. */
export const remindsOnlyWaited = (block: { kind: BlockKind; options: PlanOptions }): boolean =>
  !isAnonymous(block) && block.kind !== 'vote'

/** A reminder is due a day before the deadline, for a block that is open long enough to be forgotten. */
export function isReminderDue(openedAt: Date, dueAt: Date, now: Date): boolean {
  const minutes = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 60_000
  const left = minutes(now, dueAt)
  return minutes(openedAt, dueAt) >= REMINDED_FROM && left > 0 && left <= REMINDED_BEFORE
}

/** After more time was given a reminder makes sense again. */
export const isRemindedAnew = (now: Date, dueAt: Date): boolean =>
  dueAt.getTime() - now.getTime() >= REMINDED_FROM * 60_000

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`

/** "2 days", "36 hours", "1 hour", "10 min". */
export function openForInWords(minutes: number): string {
  if (minutes % DAY === 0 && minutes > 0) return count(minutes / DAY, 'day')
  if (minutes % HOUR === 0 && minutes > 0) return count(minutes / HOUR, 'hour')
  return `${minutes} min`
}

/** When each block is due by the plan, as the wall clock of the group shows it ("2026-11-26T18:00"). */
export function duesByPlan(startsLocal: string, plan: readonly { minutes: number }[]): string[] {
  let at = Date.parse(`${startsLocal}:00Z`)
  return plan.map(({ minutes }) => new Date((at += minutes * 60_000)).toISOString().slice(0, 16))
}
