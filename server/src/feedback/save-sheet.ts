import type { Input } from '#shared/contract.ts'
import type { feedbackCalls } from '#shared/feedback-calls.ts'
import type { AnswersAbout, Sheet } from '#shared/feedback.ts'
import { saysSomething } from '#shared/feedback-rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import type { Asker, Reviewer, ReviewerRow, RoundRow } from './guards.ts'
import { lockOpenRound } from './lock-round.ts'
import { subjectsOf } from './read-subjects.ts'
import { readSheet, replaceSheet, roundKeyOf, selfOf, type StoredSheet } from './sheets.ts'

type Given = Input<typeof feedbackCalls.saveSheet>['body']

const NOTHING: Sheet = { state: 'empty', about: [], reason: '' }

/**
 * Takes what somebody wrote, or takes it back, up to the close. It is the only thing that is written: neither the row of the
 * reviewer, nor a job, nor a mail tells that it happened.
 */
export async function saveSheet(house: House, { reviewer, round }: Reviewer, given: Given): Promise<Sheet> {
  const { receipt, ...sheet } = given
  return keep(house, round, reviewer.id, reviewer, sheet, hashToken(receipt))
}

/** My own sheet, for whoever is signed in as me or has the receipt of what was written last; else an empty one. */
export async function readMySheet(
  house: House,
  { reviewer, round, signedIn }: Reviewer,
  receipt: string | undefined,
): Promise<Sheet> {
  if (round.status !== 'open') return NOTHING
  const stored = await readSheet(house.db, roundKeyOf(house, round), reviewer.id)
  if (!stored) return NOTHING
  const mayRead = signedIn || (receipt !== undefined && stored.receiptHash === hashToken(receipt))
  return mayRead ? show(stored) : NOTHING
}

/** The subject's own assessment, which nobody sees beside the others' until the release. */
export async function saveSelf(
  house: House,
  { account, round }: Asker,
  about: AnswersAbout[],
): Promise<Sheet> {
  if (!round.asksSelf)
    throw new Refusal(
      'conflict',
      'This round was prepared without a self-assessment, so there is none to write.',
    )
  const sheet: Sheet = { state: 'submitted', about, reason: '' }
  return keep(house, round, selfOf(account.id), undefined, sheet, null)
}

export async function readSelf(house: House, { account, round }: Asker): Promise<Sheet> {
  if (round.status !== 'open') return NOTHING
  const stored = await readSheet(house.db, roundKeyOf(house, round), selfOf(account.id))
  return stored ? show(stored) : NOTHING
}

async function keep(
  house: House,
  { id }: RoundRow,
  who: string,
  reviewer: ReviewerRow | undefined,
  sheet: Sheet,
  receiptHash: string | null,
): Promise<Sheet> {
  return house.db.transaction(async (tx) => {
    const round = await lockOpenRound(house, tx, id)
    const about = sheet.state === 'declined' || sheet.state === 'empty' ? [] : sheet.about
    const subjects = reviewer
      ? (await subjectsOf(tx, round, reviewer)).map((subject) => subject.id)
      : [round.kind === 'ask' ? round.askedBy : null]
    requireKnown(round, subjects, about)
    if (sheet.state === 'submitted' && !about.some(saysSomething))
      throw new Refusal(
        'invalid',
        'Nothing is answered yet. Answer at least one question, or say that you would rather not.',
      )
    const stored: StoredSheet = {
      state: sheet.state,
      about: about.filter(saysSomething),
      reason: sheet.state === 'declined' ? sheet.reason.trim() : '',
      receiptHash,
    }
    await replaceSheet(tx, round, roundKeyOf(house, round), who, stored)
    return show(stored)
  })
}

/** What does not belong to the round is not kept, and whoever sent it hears so. */
function requireKnown(
  { questions }: RoundRow,
  subjects: (string | null)[],
  about: readonly AnswersAbout[],
): void {
  const strange = about.some(
    ({ subjectId, answers }) =>
      !subjects.includes(subjectId) ||
      answers.some(({ questionId, points }) => {
        const question = questions.find(({ id }) => id === questionId)
        return !question || (points !== null && question.kind !== 'agreement')
      }),
  )
  if (strange)
    throw new Refusal(
      'conflict',
      'The round looks different by now. Your words are still here: reload the page and send again.',
    )
}

const show = ({ state, about, reason }: StoredSheet): Sheet => ({ state, about, reason })
