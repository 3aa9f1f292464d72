import type { LiveBlock, LivePerson, SessionView } from '../live.ts'
import { hasPods } from './pods.ts'
import {
  blockState,
  canReveal,
  currentBlock,
  hasWriting,
  phaseOf,
  secondsLeft,
  spareSeconds,
  writersOf,
} from './rules.ts'

/** A line for whoever leads. Its id says what it is about, so that one which was put away stays away. */
export type Hint = { id: string; about: 'time' | 'forgotten' | 'answers' | 'unheard' | 'quiet'; says: string }

/** More would be one more thing to watch. */
const MOST_HINTS = 2
const BEHIND = 2 * 60
/** Nobody is shorter by so much: they went home. */
const FORGOTTEN = 2 * 60 * 60
const MOST_NAMES = 3
/** After so many turns it shows who has had none. */
const TURNS_BEFORE_NAMES = 3
const QUIET_AFTER = 0.4

/** What could help now, the most useful first: time, what is waiting, who has not been heard, a quiet moment. */
export function hintsFor(view: SessionView, now: number, put: ReadonlySet<string> = new Set()): Hint[] {
  const block = currentBlock(view)
  if (phaseOf(view) !== 'running' || !block) return []
  return [
    timeHint(view, block, now),
    answersHint(view, block),
    unheardHint(view, block),
    quietHint(view, block, now),
  ]
    .flatMap((hint) => (hint && !put.has(hint.id) ? [hint] : []))
    .slice(0, MOST_HINTS)
}

/** Whether its end is so long ago that no shorter plan helps: it waits to be closed. */
export const isForgotten = ({ session }: Pick<SessionView, 'session'>, now: number): boolean =>
  now - Date.parse(session.endsAt) >= FORGOTTEN * 1000

function timeHint(view: SessionView, block: LiveBlock, now: number): Hint | undefined {
  const behind = -spareSeconds(view, now)
  if (behind < BEHIND) return undefined
  if (isForgotten(view, now))
    return {
      id: 'forgotten',
      about: 'forgotten',
      says: 'This session was to end long ago. If nobody is here any more, close it: then everybody gets the wrap-up.',
    }
  const at = view.blocks.indexOf(block)
  const later = view.blocks.slice(at + 1).filter((one) => blockState(view, one) === 'later').length
  const could =
    later === 0
      ? 'This is the last block.'
      : later === 1
        ? 'The last block could be shorter.'
        : 'The last two blocks could be shorter.'
  return {
    id: `time ${block.id}`,
    about: 'time',
    says: `${Math.floor(behind / 60)} minutes behind. ${could}`,
  }
}

function answersHint(view: SessionView, block: LiveBlock): Hint | undefined {
  if (!canReveal(block)) return undefined
  const writers = writersOf(view, block)
  const done = writers.filter(({ accountId }) => block.written.includes(accountId)).length
  if (done * 2 < writers.length || done === 0) return undefined
  return {
    id: `answers ${block.id}`,
    about: 'answers',
    says:
      done < writers.length
        ? `${done} of ${writers.length} have written.`
        : done === 1
          ? 'Everybody has written.'
          : `All ${done} have written.`,
  }
}

/** Everybody who is there counts, with a screen or without; whoever leads knows their own part. */
function unheardHint(view: SessionView, block: LiveBlock): Hint | undefined {
  if (hasWriting(block) || hasPods(block) || block.kind === 'break') return undefined
  if (view.people.reduce((sum, { spoken }) => sum + spoken, 0) < TURNS_BEFORE_NAMES) return undefined
  // Nobody is asked why they passed, nor called on for it; and whoever's turn is to come will be heard.
  const inRound = (id: string) =>
    block.goRound?.seats.some(
      ({ accountId, turnId, aside }) =>
        accountId === id && (aside === 'passed' || (aside === null && turnId === null)),
    ) === true
  const unheard = view.people.filter(
    ({ accountId, spoken }) =>
      spoken === 0 &&
      accountId !== view.lead.leaderId &&
      accountId !== view.session.facilitatorId &&
      !view.queue.some((hand) => hand.accountId === accountId) &&
      !inRound(accountId),
  )
  if (unheard.length === 0 || unheard.length === view.people.length) return undefined
  return { id: `unheard ${block.id}`, about: 'unheard', says: `Not heard yet: ${namesOf(unheard)}.` }
}

function namesOf(people: readonly LivePerson[]): string {
  const named = people.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = people.length - named.length
  return new Intl.ListFormat('en-GB').format(more === 0 ? named : [...named, `${more} more`])
}

/** Only where hands are used at all: elsewhere people talk without the screen. */
function quietHint(view: SessionView, block: LiveBlock, now: number): Hint | undefined {
  if (block.kind !== 'discuss' || view.speaking || view.queue.length > 0) return undefined
  if (!view.people.some(({ spoken }) => spoken > 0)) return undefined
  const gone = block.minutes * 60 - (secondsLeft(view.timer, now) ?? 0)
  if (gone < block.minutes * 60 * QUIET_AFTER) return undefined
  return {
    id: `quiet ${block.id}`,
    about: 'quiet',
    says: 'No hands up. A minute for everybody to think alone may help.',
  }
}
