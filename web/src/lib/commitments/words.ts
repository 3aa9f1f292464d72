import { dayInWords } from '#lib/ui/time.ts'
import { putsRight, type Commitment, type CommitmentStatus } from '#shared/commitments.ts'

export const STATUS_WORDS: Record<CommitmentStatus, string> = {
  open: 'Open',
  done: 'Done',
  partly: 'Partly done',
  'not-yet': 'Not yet',
  'let-go': 'Let go',
}

export const STATUS_TONES: Record<CommitmentStatus, 'plain' | 'green' | 'gold'> = {
  open: 'gold',
  done: 'green',
  partly: 'green',
  'not-yet': 'gold',
  'let-go': 'plain',
}

/** What can be said of a commitment, and what it means. */
export const ANSWERS = [
  { value: 'done', label: 'Done', hint: 'I did it.' },
  { value: 'partly', label: 'Partly', hint: 'Some of it, or in another way.' },
  { value: 'not-yet', label: 'Not yet', hint: 'There was no moment for it, or something got in the way.' },
  { value: 'let-go', label: 'Let it go', hint: 'It does not matter any more. That is fine.' },
] as const

/** What a form begins with: what was said a moment ago is put right, what was said at another time stays as it is. */
export const answerToBegin = (
  { status, reflection, comesBack, answeredAt }: Commitment,
  now: Date,
): { status: Exclude<CommitmentStatus, 'open'>; reflection: string; comesBack: boolean } => {
  const before = status === 'open' ? 'done' : status
  const goesOn = status === 'open' || putsRight(answeredAt, now)
  return { status: before, reflection: goesOn ? reflection : '', comesBack: goesOn ? comesBack : true }
}

/** "by 1 Dec 2026", when there is a day. */
export const dueInWords = ({ due }: Pick<Commitment, 'due'>): string =>
  due ? `by ${dayInWords(due, 'UTC')}` : ''
