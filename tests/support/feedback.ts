import { randomBytes, randomUUID } from 'node:crypto'
import type { FeedbackQuestion, RoundDraft } from '#shared/feedback.ts'
import type { TestHouse, TestPerson } from './house.ts'

export const DAY = 86_400_000

/** Two words and one agreement, the last a measure that can be laid beside earlier rounds. */
export const questions = (): FeedbackQuestion[] => [
  { id: randomUUID(), kind: 'words', text: 'What should I keep doing?', hint: '', measure: null },
  { id: randomUUID(), kind: 'words', text: 'What should I change?', hint: '', measure: null },
  {
    id: randomUUID(),
    kind: 'agreement',
    text: 'I let others finish.',
    hint: '',
    measure: { id: randomUUID(), skill: 'communication', evidence: 'Our Monday meeting', by: null },
  },
]

/** A round that asks about its asker, without names, for two weeks. */
export const askDraft = (house: TestHouse, more: Partial<RoundDraft> = {}): RoundDraft => ({
  id: randomUUID(),
  kind: 'ask',
  group: null,
  sessionId: null,
  title: 'How I run meetings',
  intro: '',
  naming: 'anonymous',
  threshold: 5,
  asksSelf: true,
  questions: questions(),
  closesAt: new Date(house.house.now().getTime() + 14 * DAY).toISOString(),
  reviewers: [],
  ...more,
})

/** People who are asked by mail and need no account. */
export const outsiders = (many: number, salt = ''): RoundDraft['reviewers'] =>
  Array.from({ length: many }, (_, index) => ({
    id: randomUUID(),
    name: `Reviewer ${String.fromCharCode(65 + index)}`,
    relation: 'outside',
    accountId: null,
    email: `reviewer-${index}${salt}@example.net`,
  }))

/** What somebody's browser keeps. */
export const receipt = (): string => randomBytes(24).toString('base64url')

/** The key in the link of the request that was mailed to somebody. */
export async function keyOf(house: TestHouse, email: string): Promise<string> {
  const mails = await house.mail()
  const letter = mails.find(({ to, text }) => to === email && text.includes('/feedback/answer/'))
  return /feedback\/answer\/([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? ''
}

/** Prepares a round and opens it. */
export async function openAsked(asker: TestPerson, draft: RoundDraft): Promise<void> {
  await asker.api.saveRound({ body: draft })
  await asker.api.openRound({ params: { roundId: draft.id }, body: {} })
}

/** What is said about one subject: words for each question of words, points for each agreement. */
export const saying = (
  draft: Pick<RoundDraft, 'questions'>,
  subjectId: string | null,
  words: string,
  points: number | null = 3,
) => [
  {
    subjectId,
    answers: draft.questions.map(({ id, kind }, index) => ({
      questionId: id,
      words: kind === 'words' ? `${words} ${index}` : '',
      points: kind === 'agreement' ? points : null,
    })),
  },
]
