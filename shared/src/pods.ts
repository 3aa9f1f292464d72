import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/**
 * Who works with whom in a block. The rules are in live/pods.ts and live/turns.ts; what is promised is in
 * docs/live-sessions.md.
 */

const Id = Type.String({ format: 'uuid' })

export const LONGEST_LINK = 500

/** Two, three or a few people of one block who work with each other. */
export const Pod = Type.Object({
  id: Id,
  /** In a feedback round people change partners: 0 is the first time. Everywhere else it is 0. */
  round: Type.Integer(),
  /** Where they find each other: place 1, 2, 3. */
  number: Type.Integer(),
  /** In the order of their roles. */
  people: Type.Array(Id),
})
export type Pod = Static<typeof Pod>

/**
 * How far the turns were when the timer of the block stood at `left` seconds: `share` of them were over. What is left
 * of them spreads evenly until the timer stands at `tail`, so everybody who knows the deadline knows the turn.
 */
export const Pace = Type.Object({ share: Type.Number(), left: Type.Number(), tail: Type.Number() })
export type Pace = Static<typeof Pace>

/** What only I may see of the current block: the way to my partners, and the card of my role. */
export const MyPods = Type.Object({
  /** Whoever runs the session sees all of them. */
  links: Type.Array(Type.Object({ number: Type.Integer(), link: Type.String() })),
  cards: Type.Array(Type.Object({ role: Type.String(), words: Type.String() })),
})
export type MyPods = Static<typeof MyPods>

const params = Type.Object({ sessionId: Id })
const ofBlock = Type.Object({ sessionId: Id, blockId: Id })
const Empty = Type.Object({})

export const podCalls = define({
  readMyPods: {
    method: 'GET',
    path: '/api/sessions/:sessionId/pods/mine',
    params,
    response: MyPods,
    summary: 'What only I may see of the current block: links to my partners, and the card of my role',
  },
  makePods: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/pods',
    params: ofBlock,
    /** The id is the caller's: sent twice, it happens once. */
    body: Type.Object({
      id: Id,
      /** Whoever leads the session takes part. */
      withLeader: Type.Boolean(),
      /** Shuffle those who are together already. */
      again: Type.Boolean(),
    }),
    response: Empty,
    summary: 'Put everybody who is there together in pairs or threes, now or for a later block',
  },
  movePerson: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/pods/move',
    params: ofBlock,
    body: Type.Object({
      accountId: Id,
      /** One that is there, an id of the caller's for a new one, or none: out of all. */
      podId: Type.Union([Id, Type.Null()]),
    }),
    response: Empty,
    summary: 'Move somebody by hand',
  },
  nextTurn: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/turn',
    params: ofBlock,
    /** The share that is over once this turn is: when it is over by now, nothing changes. */
    body: Type.Object({ until: Type.Number({ minimum: 0, maximum: 1 }) }),
    response: Empty,
    summary: 'End the current turn for all; the time that is left is shared by those to come',
  },
  joinPods: {
    method: 'POST',
    path: '/api/sessions/:sessionId/pods/join',
    params,
    response: Empty,
    summary: 'I am here: put me with somebody',
  },
  leavePods: {
    method: 'POST',
    path: '/api/sessions/:sessionId/pods/leave',
    params,
    response: Empty,
    summary: 'I only listen in this block',
  },
  missPartner: {
    method: 'POST',
    path: '/api/sessions/:sessionId/pods/missing',
    params,
    body: Type.Object({ accountId: Id }),
    response: Empty,
    summary: 'Somebody I am together with is not here',
  },
  linkPods: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/pods/links',
    params,
    body: Type.Object({
      number: Type.Integer({ minimum: 1, maximum: 125 }),
      /** Empty takes it away. */
      link: Type.String({ maxLength: LONGEST_LINK, pattern: '^(https://[^\\s\\u0000]+)?$' }),
    }),
    response: Empty,
    summary: 'Where those of a number meet on video',
  },
})
