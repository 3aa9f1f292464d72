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
  opensAt: null,
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

/** The keys in the links of all requests that were mailed, by address; the newest of each. */
export async function keysOf(house: TestHouse): Promise<Map<string, string>> {
  return new Map(
    (await house.mail()).flatMap(({ to, text }): [string, string][] => {
      const key = /feedback\/answer\/([\w-]+)/.exec(text)?.[1]
      return key ? [[to, key]] : []
    }),
  )
}

export const keyOf = async (house: TestHouse, email: string): Promise<string> =>
  (await keysOf(house)).get(email) ?? ''

/** Prepares a round and opens it. */
export async function openAsked(asker: TestPerson, draft: RoundDraft): Promise<void> {
  await asker.api.saveRound({ body: draft })
  await asker.api.openRound({ params: { roundId: draft.id } })
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
