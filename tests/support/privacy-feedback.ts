import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { feedbackReports, feedbackRounds } from '#db/schema.ts'
import type { FeedbackQuestion, ReportBody } from '#shared/feedback.ts'
import { canary } from './canary.ts'
import { askDraft, receipt } from './feedback.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Who } from './privacy-people.ts'

/** Rounds of the circle in which every word is a canary. */
export type FeedbackWorld = {
  /** The member asks the facilitator and somebody outside, with names; open. */
  roundId: string
  questionId: string
  clarificationId: string
  /** The facilitator's place among those who are asked. */
  placeId: string
  /** Of the organizer, not open yet: everyone for everyone. */
  gatheringId: string
  /** The member's, released. */
  reportId: string
}

export async function askForFeedback(
  house: TestHouse,
  { member, facilitator, organizer }: Record<Who, TestPerson>,
  slug: string,
): Promise<FeedbackWorld> {
  const question: FeedbackQuestion = {
    id: randomUUID(),
    kind: 'words',
    text: canary('feedback question'),
    hint: canary('feedback hint'),
    measure: { id: randomUUID(), skill: null, evidence: canary('feedback evidence'), by: null },
  }
  const placeId = randomUUID()
  const draft = askDraft(house, {
    group: slug,
    title: canary('feedback title'),
    intro: canary('feedback intro'),
    naming: 'attributed',
    questions: [question],
    reviewers: [
      {
        id: placeId,
        name: canary('feedback name'),
        relation: 'member',
        accountId: facilitator.id,
        email: null,
      },
      {
        id: randomUUID(),
        name: canary('feedback outside'),
        relation: 'outside',
        accountId: null,
        email: `${canary('feedback mail')}@example.net`,
      },
    ],
  })
  const params = { roundId: draft.id }
  await member.api.saveRound({ body: draft })
  await member.api.openRound({ params })
  const about = (words: string) => [
    { subjectId: member.id, answers: [{ questionId: question.id, words, points: null }] },
  ]
  await member.api.saveSelf({ params, body: { about: about(canary('feedback self')) } })
  await facilitator.api.saveSheet({
    params: { key: placeId },
    body: { state: 'submitted', about: about(canary('feedback sheet')), reason: '', receipt: receipt() },
  })
  const clarificationId = randomUUID()
  await facilitator.api.askWhatIsMeant({
    params: { key: placeId },
    body: { id: clarificationId, question: canary('feedback asked') },
  })
  await member.api.clarify({
    params: { ...params, clarificationId },
    body: { answer: canary('feedback meant') },
  })
  const gathering = askDraft(house, {
    kind: 'everyone',
    group: slug,
    title: canary('gathering title'),
    intro: canary('gathering intro'),
    asksSelf: false,
  })
  await organizer.api.saveRound({ body: gathering })
  await house.house.db
    .update(feedbackRounds)
    .set({ notOpened: canary('round problem') })
    .where(eq(feedbackRounds.id, draft.id))
  const reportId = await seedReport(house, member.id, question)
  await member.api.saveGoal({
    body: {
      id: randomUUID(),
      words: canary('goal words'),
      skill: null,
      measure: canary('goal measure'),
      due: null,
      status: 'open',
      reportId,
    },
  })
  return {
    roundId: draft.id,
    questionId: question.id,
    clarificationId,
    placeId,
    gatheringId: gathering.id,
    reportId,
  }
}

async function seedReport({ house }: TestHouse, subjectId: string, question: FeedbackQuestion) {
  const [roundId, reportId] = [randomUUID(), randomUUID()]
  const { db, seals } = house
  await db.insert(feedbackRounds).values({
    id: roundId,
    kind: 'ask',
    askedBy: subjectId,
    title: canary('report title'),
    naming: 'anonymous',
    threshold: 5,
    questions: [question],
    status: 'released',
    closesAt: house.now(),
    endedAt: house.now(),
    createdAt: house.now(),
  })
  const body: ReportBody = {
    asked: 5,
    answered: 5,
    declined: [],
    questions: [
      {
        question,
        words: [{ words: canary('report words'), name: null }],
        spread: [0, 0, 0, 0, 0],
        notObserved: 0,
        self: null,
      },
    ],
  }
  await db.insert(feedbackReports).values({
    id: reportId,
    roundId,
    subjectId,
    sealed: seals.close('feedback-report', Buffer.from(JSON.stringify(body))),
    heard: canary('report heard'),
    will: canary('report will'),
    thanks: canary('report thanks'),
  })
  return reportId
}
