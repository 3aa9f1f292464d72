import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract.ts'
import type { careerCalls } from '#shared/career.ts'
import type { feedbackCalls } from '#shared/feedback-calls.ts'
import { askDraft, receipt } from './feedback.ts'
import type { Row } from './privacy-calls.ts'
import { members, only, signedIn, type Verdicts } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

type Calls = typeof feedbackCalls & typeof careerCalls

/** Whoever asks, and nobody else: facilitators and organizers neither. */
const asker = only({ member: 'ok' })
const reviewer = only({ facilitator: 'ok' })
const ofRound = ({ feedback }: World) => ({ params: { roundId: feedback.roundId } })
const ofRequest = ({ feedback }: World) => ({ params: { key: feedback.placeId } })
const ofReport = ({ feedback }: World) => ({ params: { reportId: feedback.reportId } })
const ofGathering = ({ feedback }: World) => ({ params: { roundId: feedback.gatheringId } })
const inGroup = (verdicts: Verdicts): Verdicts => ({
  ...verdicts,
  member: 'ok',
  facilitator: 'ok',
  organizer: 'ok',
})

export const FEEDBACK_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  saveRound: {
    says: { ...signedIn, unverified: 'not-verified' },
    ask: (world) => ({ body: askDraft(world) }),
  },
  readRound: { says: asker, ask: ofRound },
  openRound: { says: asker, ask: ofRound },
  extendRound: {
    says: asker,
    ask: (world) => ({
      ...ofRound(world),
      body: { closesAt: new Date(world.house.now().getTime() + 20 * 86_400_000).toISOString() },
    }),
  },
  cancelRound: { says: asker, ask: ofRound },
  joinRound: { says: inGroup(only({})), ask: ofGathering },
  leaveRound: { says: inGroup(only({})), ask: ofGathering },
  listMyFeedback: { says: signedIn },
  listGroupRounds: { says: members, ask: ({ slug }) => ({ params: { slug } }) },
  readRequest: { says: reviewer, ask: ofRequest },
  readSheet: { says: reviewer, ask: (world) => ({ ...ofRequest(world), body: {} }) },
  saveSheet: {
    says: reviewer,
    ask: (world) => ({
      ...ofRequest(world),
      body: { state: 'declined', about: [], reason: '', receipt: receipt() },
    }),
  },
  askWhatIsMeant: {
    says: reviewer,
    ask: (world) => ({ ...ofRequest(world), body: { id: randomUUID(), question: 'What?' } }),
  },
  clarify: {
    says: asker,
    ask: ({ feedback: { roundId, clarificationId } }) => ({
      params: { roundId, clarificationId },
      body: { answer: 'This.' },
    }),
  },
  readSelf: { says: asker, ask: ofRound },
  saveSelf: {
    says: asker,
    ask: (world) => ({
      ...ofRound(world),
      body: {
        about: [
          {
            subjectId: world.people.member.id,
            answers: [{ questionId: world.feedback.questionId, words: 'Well.', points: null }],
          },
        ],
      },
    }),
  },
  listMyGoals: { says: signedIn },
  saveGoal: {
    says: asker,
    ask: ({ feedback: { reportId } }) => ({
      body: {
        id: randomUUID(),
        words: 'Listen',
        skill: null,
        measure: '',
        due: null,
        status: 'open',
        reportId,
      },
    }),
  },
  dropGoal: { says: signedIn, ask: () => ({ params: { id: randomUUID() } }) },
  readReport: { says: asker, ask: ofReport },
  exportReport: { says: asker, ask: ofReport },
  shareReport: {
    says: asker,
    ask: (world) => ({ ...ofReport(world), body: { accountId: world.people.organizer.id } }),
  },
  unshareReport: {
    says: asker,
    ask: ({ feedback: { reportId }, people }) => ({ params: { reportId, accountId: people.organizer.id } }),
  },
  saveReflection: {
    says: asker,
    ask: (world) => ({ ...ofReport(world), body: { heard: '', will: '', thanks: '' } }),
  },
  commitFromReport: {
    says: asker,
    ask: (world) => ({
      ...ofReport(world),
      body: { id: randomUUID(), cue: 'it is Monday', action: 'ask first', due: null },
    }),
  },
  thankReviewers: { says: asker, ask: (world) => ({ ...ofReport(world), body: { words: 'Thank you.' } }) },
}
