import Type from 'typebox'
import { CommitmentDraft, MyCommitment } from './commitments.ts'
import { define } from './contract.ts'
import {
  AnswersAbout,
  FeedbackRequest,
  LONGEST_CLARIFICATION,
  LONGEST_LINE,
  MOST_SUBJECTS,
  Report,
  Round,
  RoundDraft,
  RoundSummary,
  Sheet,
} from './feedback.ts'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Empty = Type.Object({})
const ofRound = Type.Object({ roundId: Id })
const ofReport = Type.Object({ reportId: Id })
/** The token of a mail, or the id of my own place among those who are asked. */
const ofRequest = Type.Object({ key: Type.String({ maxLength: 200 }) })
/** What the writer's browser keeps, to see their own words again. */
const Receipt = Type.String({ pattern: '^[A-Za-z0-9_-]{22,64}$' })
const Line = Type.String({ maxLength: LONGEST_LINE, pattern: '^[^\\u0000]*$' })
const Clarified = Type.String({
  minLength: 1,
  maxLength: LONGEST_CLARIFICATION,
  pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
})

export const feedbackCalls = define({
  saveRound: {
    method: 'PUT',
    path: '/api/feedback/rounds',
    body: RoundDraft,
    response: Round,
    summary: 'Prepare a round, or change one that is not open yet',
  },
  readRound: {
    method: 'GET',
    path: '/api/feedback/rounds/:roundId',
    params: ofRound,
    response: Round,
    summary: 'A round that I ask in: whom I asked, never who answered',
  },
  openRound: {
    method: 'POST',
    path: '/api/feedback/rounds/:roundId/open',
    params: ofRound,
    response: Round,
    summary: 'Send the requests. From then on neither questions nor rules change',
  },
  extendRound: {
    method: 'POST',
    path: '/api/feedback/rounds/:roundId/extend',
    params: ofRound,
    body: Type.Object({ closesAt: Instant }),
    response: Round,
    summary: 'Leave a round open for longer, as long as it has not closed',
  },
  cancelRound: {
    method: 'POST',
    path: '/api/feedback/rounds/:roundId/cancel',
    params: ofRound,
    response: Empty,
    summary: 'Call a round off. Everything that was written is destroyed unread',
  },
  joinRound: {
    method: 'POST',
    path: '/api/feedback/rounds/:roundId/join',
    params: ofRound,
    response: Empty,
    summary: 'Take part in a round of everyone for everyone, before it opens',
  },
  leaveRound: {
    method: 'POST',
    path: '/api/feedback/rounds/:roundId/leave',
    params: ofRound,
    response: Empty,
    summary: 'Take part no more, before it opens',
  },
  listMyFeedback: {
    method: 'GET',
    path: '/api/me/feedback',
    response: Type.Object({
      /** Rounds that I ask in, and reports that are mine or shown to me. */
      rounds: Type.Array(RoundSummary),
      requests: Type.Array(
        Type.Object({ key: Type.String(), title: Type.String(), askedBy: Type.String(), closesAt: Instant }),
      ),
      reports: Type.Array(
        Type.Object({ id: Id, title: Type.String(), subject: Type.String(), mine: Type.Boolean() }),
      ),
    }),
    summary: 'What I ask, what I am asked, and what came out',
  },
  listGroupRounds: {
    method: 'GET',
    path: '/api/groups/:slug/feedback',
    params: Type.Object({ slug: Type.String({ maxLength: 80 }) }),
    response: Type.Array(
      Type.Object({
        ...RoundSummary.properties,
        reportId: Type.Union([Id, Type.Null()]),
        /** In a round of everyone for everyone that is not open yet: whether I take part, and how many do. */
        joined: Type.Boolean(),
        taking: Type.Integer(),
        /** It was held in a session. How many took part then, when they are not too few to be told. */
        live: Type.Boolean(),
        tookPart: Type.Union([Type.Integer(), Type.Null()]),
      }),
    ),
    summary: 'Rounds of a group: that they exist, and when they close',
  },
  readRequest: {
    method: 'GET',
    path: '/api/feedback/requests/:key',
    params: ofRequest,
    response: FeedbackRequest,
    summary: 'What I am asked, by whom, and who will read it',
  },
  readSheet: {
    method: 'POST',
    path: '/api/feedback/requests/:key/read',
    params: ofRequest,
    body: Type.Object({ receipt: Type.Optional(Receipt) }),
    response: Sheet,
    summary: 'What I wrote so far, for whoever has its receipt or is signed in as me',
  },
  saveSheet: {
    method: 'PUT',
    path: '/api/feedback/requests/:key/sheet',
    params: ofRequest,
    body: Type.Object({ ...Sheet.properties, receipt: Receipt }),
    response: Sheet,
    summary: 'Save a draft, send, change, decline, or take back, until the round closes',
  },
  askWhatIsMeant: {
    method: 'POST',
    path: '/api/feedback/requests/:key/clarifications',
    params: ofRequest,
    body: Type.Object({ id: Id, question: Clarified }),
    response: Empty,
    summary: 'Ask what is meant, without a name. The answer goes to everybody who is asked',
  },
  clarify: {
    method: 'PUT',
    path: '/api/feedback/rounds/:roundId/clarifications/:clarificationId',
    params: Type.Object({ roundId: Id, clarificationId: Id }),
    body: Type.Object({ answer: Clarified }),
    response: Empty,
    summary: 'Say what is meant, to everybody who is asked',
  },
  readSelf: {
    method: 'GET',
    path: '/api/feedback/rounds/:roundId/self',
    params: ofRound,
    response: Sheet,
    summary: 'My own assessment',
  },
  saveSelf: {
    method: 'PUT',
    path: '/api/feedback/rounds/:roundId/self',
    params: ofRound,
    body: Type.Object({ about: Type.Array(AnswersAbout, { maxItems: MOST_SUBJECTS }) }),
    response: Sheet,
    summary: 'Write my own assessment, which nobody sees before the release',
  },
  readReport: {
    method: 'GET',
    path: '/api/feedback/reports/:reportId',
    params: ofReport,
    response: Report,
    summary: 'What came out, for its subject and whom they show it to',
  },
  exportReport: {
    method: 'GET',
    path: '/api/feedback/reports/:reportId/export',
    params: ofReport,
    response: Type.String(),
    type: 'text/markdown; charset=utf-8',
    summary: 'What came out, as Markdown',
  },
  shareReport: {
    method: 'POST',
    path: '/api/feedback/reports/:reportId/shares',
    params: ofReport,
    body: Type.Object({ accountId: Id }),
    response: Report,
    summary: 'Show my report to somebody in one of my groups',
  },
  unshareReport: {
    method: 'DELETE',
    path: '/api/feedback/reports/:reportId/shares/:accountId',
    params: Type.Object({ reportId: Id, accountId: Id }),
    response: Report,
    summary: 'Show it to them no more',
  },
  saveReflection: {
    method: 'PUT',
    path: '/api/feedback/reports/:reportId/reflection',
    params: ofReport,
    body: Type.Object({ heard: Line, will: Line, thanks: Line }),
    response: Report,
    summary: 'My three lines: what I heard, what I will do, whom I thank',
  },
  commitFromReport: {
    method: 'POST',
    path: '/api/feedback/reports/:reportId/commitments',
    params: ofReport,
    body: CommitmentDraft,
    response: MyCommitment,
    summary: 'Make a commitment out of my report, which I alone read. Sending it again changes nothing',
  },
  thankReviewers: {
    method: 'POST',
    path: '/api/feedback/reports/:reportId/thanks',
    params: ofReport,
    body: Type.Object({ words: Clarified }),
    response: Report,
    summary: 'Thank everybody who was asked, whoever of them answered',
  },
})
