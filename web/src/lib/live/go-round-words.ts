import { inLine } from './words.ts'

type Place = {
  me: string
  /** Those to come, in order. */
  waiting: readonly string[]
  /** Whoever has the floor. */
  speaking: string | undefined
  /** I have it for my turn, and not for something else. */
  isMyTurn: boolean
  isNew: boolean
  isOver: boolean
  had: boolean
  aside: 'passed' | 'skipped' | null
  isIn: boolean
  nameOf: (accountId: string) => string
}

/** Where somebody is in a go-round: "You begin.", "You are next, after Ben.", "You are 3rd from now." */
export function placeInWords({
  me,
  waiting,
  speaking,
  isMyTurn,
  isNew,
  isOver,
  had,
  aside,
  isIn,
  nameOf,
}: Place): string {
  if (isMyTurn) return 'You have the floor.'
  const at = waiting.indexOf(me)
  if (at === 0) {
    if (speaking === me) return 'Your own turn comes next.'
    if (speaking !== undefined) return `You are next, after ${nameOf(speaking)}.`
    return isNew ? 'You begin.' : 'It is your turn.'
  }
  if (at > 0) {
    const before = waiting[at - 1] ?? ''
    return at === 1
      ? `You come after ${nameOf(before)}.`
      : `You are ${inLine(at + 1)} from now, after ${nameOf(before)}.`
  }
  if (isOver && aside === null) return 'Everybody had a turn.'
  if (aside === 'passed') return 'You passed.'
  if (aside === 'skipped') return 'You were passed over for now.'
  if (had) return speaking === me ? 'You have had your turn.' : 'You have spoken. Now you listen.'
  return isIn ? '' : 'You listen.'
}
