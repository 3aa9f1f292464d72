import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Timer } from './timer.ts'
import { MOST_TOPICS } from './topics.ts'

/** Rules: L27 to L29 of docs/live-sessions.md; live/ballot.ts and live/discussion.ts. */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const MOST_DOTS = 20
export const STEPS = 5

/** How many dots a topic has. */
export const TopicDots = Type.Object({ topicId: Id, dots: Type.Integer({ minimum: 0 }) })
export type TopicDots = Static<typeof TopicDots>

const Step = orNull(Type.Integer({ minimum: 1, maximum: STEPS }))

/** What I vote in a block, whole. The voter counts the changes: a late retry of an older one changes nothing. */
export const BallotDraft = Type.Object({
  blockId: Id,
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  dots: Type.Array(Type.Object({ topicId: Id, dots: Type.Integer({ minimum: 1, maximum: MOST_DOTS }) }), {
    maxItems: MOST_TOPICS,
  }),
  /** In a vote of confidence. */
  step: Step,
  done: Type.Boolean(),
})
export type BallotDraft = Static<typeof BallotDraft>

/** My own ballot as the server keeps it. Counted, it knows no more what was chosen. */
export const MyBallot = Type.Object({
  blockId: Id,
  revision: Type.Integer(),
  dots: Type.Array(TopicDots),
  step: Step,
  done: Type.Boolean(),
})
export type MyBallot = Static<typeof MyBallot>

/** Sums, of nobody. */
export const BallotCount = Type.Object({
  voters: Type.Integer(),
  /** Every topic that was voted on, most dots first. */
  dots: Type.Array(TopicDots),
  /** How many gave 1, 2, … 5. Not told when fewer than three voted. */
  spread: orNull(Type.Array(Type.Integer())),
})
export type BallotCount = Static<typeof BallotCount>

/** Where a block is that takes topics one by one. Topics that were removed may still be named. */
export const Discussion = Type.Object({
  /** The current one. */
  topicId: orNull(Id),
  /** Of the current topic, or of the question whether to go on. */
  timer: Timer,
  /** How often the current topic got more minutes by vote. */
  extended: Type.Integer(),
  /** The room is asked whether to go on. */
  asking: Type.Boolean(),
  /** Who has answered; never what. */
  answered: Type.Array(Id),
  /** What the facilitator wants next. */
  nextId: orNull(Id),
  discussed: Type.Array(Id),
})
export type Discussion = Static<typeof Discussion>

/** What a live block knows of votes and topics. */
export const ballotFields = {
  /** None before the votes are counted. */
  count: orNull(BallotCount),
  /** None before topics are taken one by one. */
  discussion: orNull(Discussion),
}

const event = <Name extends string, Fields extends Record<string, Type.TSchema>>(
  type: Name,
  fields: Fields,
) => Type.Object({ type: Type.Literal(type), ...fields })

export const ballotEvents = [
  event('vote-done', { blockId: Id, accountId: Id, done: Type.Boolean() }),
  event('votes-counted', { blockId: Id, at: Instant, count: BallotCount }),
  event('voting-reopened', { blockId: Id }),
  event('discussion-changed', {
    blockId: Id,
    discussion: Discussion,
    /** What is new about it, for whoever listens to the screen. */
    news: Type.Enum(['topic', 'more', 'asked', 'answered', 'next-chosen', 'timed', 'ended']),
    /** The command, so that a retry gives no more minutes. */
    id: Type.Optional(Id),
  }),
] as const

const ofSession = Type.Object({ sessionId: Id })
const ofBlock = Type.Object({ sessionId: Id, blockId: Id })
const Empty = Type.Object({})

export const ballotCalls = define({
  saveBallot: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/ballots',
    params: ofSession,
    body: BallotDraft,
    response: MyBallot,
    summary: 'Keep what I vote. Secret: nobody else ever reads it, and only sums are told',
  },
  countVotes: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/count',
    params: ofBlock,
    response: Empty,
    summary: 'End the vote and show the sums',
  },
  voteAgain: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/vote-again',
    params: ofBlock,
    /** When the votes were counted that the caller saw. */
    body: Type.Object({ from: Instant }),
    response: Empty,
    summary: 'Drop the sums and let everybody vote anew',
  },
  discussTopic: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/topic',
    params: ofBlock,
    /** `from`: the topic that the caller saw. Without a topic it is the next one, or the end when there is none. */
    body: Type.Object({ topicId: orNull(Id), from: orNull(Id) }),
    response: Empty,
    summary: 'Go to a topic, or to the next one',
  },
  chooseTopic: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/next-topic',
    params: ofBlock,
    body: Type.Object({ topicId: orNull(Id) }),
    response: Empty,
    summary: 'Say which topic comes next',
  },
  extendTopic: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/topic/extend',
    params: ofBlock,
    /** The id is the caller's: sent twice, it extends once. */
    body: Type.Object({ id: Id, minutes: Type.Integer({ minimum: 1, maximum: 60 }) }),
    response: Empty,
    summary: 'Give the current topic more minutes',
  },
  sayGoOn: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/go-on',
    params: ofBlock,
    /** About which topic, and after how many extensions, so that a late answer is not counted for another question. */
    body: Type.Object({
      topicId: Id,
      extended: Type.Integer({ minimum: 0, maximum: 100 }),
      revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      goOn: Type.Boolean(),
    }),
    response: Empty,
    summary: 'Say whether I want to go on with the topic. Secret: only the outcome is told',
  },
})
