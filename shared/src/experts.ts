import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

export const LONGEST_EXPECTATION = 1_000
export const LONGEST_REPLY = 600
export const LONGEST_THANKS = 2_000
export const LONGEST_QUEUED = 280
export const MOST_EXPERTS = 8
/** Questions in the queue of one session. */
export const MOST_QUEUED = 200

/** What an invite begins with; whoever invites changes it. */
export const EXPECTATION =
  'Twenty minutes in which we ask and you answer as you like. Nothing to prepare, no slides. We would rather hear what went wrong once than what is in the book.'
export const THANKS =
  'Thank you for the evening. You took us along into how you really do it, and that is worth more than any book.'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })

export const ExpertDraft = Type.Object({
  id: Id,
  name: Words(80),
  /** None: the link is handed over. */
  email: Nullable(Type.String({ format: 'email', maxLength: 254 })),
  expects: Words(LONGEST_EXPECTATION),
})
export type ExpertDraft = Static<typeof ExpertDraft>

/** A guest expert, as members see them; link, address and reply are for those who run the session. */
export const Expert = Type.Object({
  id: Id,
  name: Type.String(),
  answer: Type.Enum(['invited', 'accepted', 'declined']),
  expects: Type.String(),
  thankedAt: Nullable(Instant),
  forChairs: Nullable(
    Type.Object({ link: Type.String(), email: Nullable(Type.String()), reply: Type.String() }),
  ),
})
export type Expert = Static<typeof Expert>

/** A question of the queue. Members see who asks; the expert does not. */
export const QueuedQuestion = Type.Object({
  id: Id,
  words: Type.String(),
  name: Nullable(Type.String()),
  votes: Type.Integer(),
  /** I voted for it; I asked it. */
  voted: Type.Boolean(),
  mine: Type.Boolean(),
  answered: Type.Boolean(),
})
export type QueuedQuestion = Static<typeof QueuedQuestion>

/** What the link of an expert opens. */
export const ExpertInvite = Type.Object({
  name: Type.String(),
  invitedBy: Nullable(Type.String()),
  groupName: Type.String(),
  purpose: Type.String(),
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  /** The zone of the group. */
  zone: Type.String(),
  /** Where, once they said yes. */
  place: Nullable(Type.String()),
  onlineLink: Nullable(Type.String()),
  expects: Type.String(),
  answer: Type.Enum(['invited', 'accepted', 'declined']),
  reply: Type.String(),
  shown: Type.Boolean(),
  status: Type.Enum(['scheduled', 'live', 'wrapped-up', 'cancelled']),
  /** They can enter the live room now. */
  open: Type.Boolean(),
  people: Type.Integer(),
  questions: Type.Array(QueuedQuestion),
  thanks: Nullable(Type.Object({ words: Type.String(), by: Type.String() })),
})
export type ExpertInvite = Static<typeof ExpertInvite>

const ofSession = Type.Object({ sessionId: Id })
const ofExpert = Type.Object({ sessionId: Id, expertId: Id })
const ofQuestion = Type.Object({ sessionId: Id, questionId: Id })
const ofToken = Type.Object({ token: Type.String({ maxLength: 200 }) })
const Experts = Type.Array(Expert)
const Queue = Type.Array(QueuedQuestion)

/** The calendar file behind the link of an expert. */
export const expertFile = (token: string): string => `/calendar/expert/${token}.ics`

export const expertCalls = define({
  listExperts: {
    method: 'GET',
    path: '/api/sessions/:sessionId/experts',
    params: ofSession,
    response: Experts,
    summary: 'Who is invited to a session to be asked',
  },
  inviteExpert: {
    method: 'POST',
    path: '/api/sessions/:sessionId/experts',
    params: ofSession,
    body: ExpertDraft,
    response: Experts,
    summary: 'Invite a guest expert, by mail or with a link to hand over',
  },
  revokeExpert: {
    method: 'POST',
    path: '/api/sessions/:sessionId/experts/:expertId/revoke',
    params: ofExpert,
    response: Experts,
    summary: 'Take an invite back; the link opens nothing from then on',
  },
  thankExpert: {
    method: 'POST',
    path: '/api/sessions/:sessionId/experts/:expertId/thanks',
    params: ofExpert,
    body: Type.Object({ words: Words(LONGEST_THANKS) }),
    response: Experts,
    summary: 'Thank a guest expert, once',
  },
  readExpertInvite: {
    method: 'GET',
    path: '/api/expert-invites/:token',
    params: ofToken,
    response: ExpertInvite,
    summary: 'What the link of a guest expert opens; that answers nothing',
  },
  answerExpertInvite: {
    method: 'POST',
    path: '/api/expert-invites/:token',
    params: ofToken,
    body: Type.Object({
      answer: Type.Enum(['accepted', 'declined']),
      reply: Text(LONGEST_REPLY),
      shown: Type.Boolean(),
    }),
    response: ExpertInvite,
    summary: 'Say yes or no as a guest expert, without an account',
  },
  enterAsExpert: {
    method: 'POST',
    path: '/api/expert-invites/:token/enter',
    params: ofToken,
    response: ofSession,
    summary: 'Take the seat in the live room; it ends with the session',
  },
  listQueue: {
    method: 'GET',
    path: '/api/sessions/:sessionId/questions',
    params: ofSession,
    response: Queue,
    summary: 'The question queue: most votes first, then who asked first; what was answered last',
  },
  addQuestion: {
    method: 'POST',
    path: '/api/sessions/:sessionId/questions',
    params: ofSession,
    body: Type.Object({ id: Id, words: Words(LONGEST_QUEUED) }),
    response: Queue,
    summary: 'Put a question into the queue',
  },
  takeQuestionOut: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/questions/:questionId',
    params: ofQuestion,
    response: Queue,
    summary: 'Take a question out: its asker, or whoever runs the session',
  },
  voteForQuestion: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/questions/:questionId/vote',
    params: ofQuestion,
    body: Type.Object({ votes: Type.Boolean() }),
    response: Queue,
    summary: 'Vote for a question, or take the vote back',
  },
  markAnswered: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/questions/:questionId/answered',
    params: ofQuestion,
    body: Type.Object({ answered: Type.Boolean() }),
    response: Queue,
    summary: 'Mark a question as asked in the session, or not',
  },
})
