import Type, { type Static } from 'typebox'
import { Ranges } from './ranges.ts'

/**
 * Which posts of a thread I have read, now. `revision` counts the marks of one account, so a later one is known from an
 * earlier one however they came.
 */
export const ReadMark = Type.Object({
  threadId: Type.String(),
  revision: Type.Integer(),
  read: Ranges,
})
export type ReadMark = Static<typeof ReadMark>

/** What the server says over a room's socket. `event` is one of the room's own kind: a session's or an episode's. */
export const Frame = Type.Union([
  /** First of all: where the log stands, and the server's clock (milliseconds since 1970). */
  Type.Object({
    type: Type.Literal('hello'),
    number: Type.Integer(),
    epoch: Type.String(),
    now: Type.Number(),
  }),
  Type.Object({ type: Type.Literal('news'), number: Type.Integer(), event: Type.Unknown() }),
  /** What I have read, on whatever page of mine: to my own sockets only, beside the log, in the order of revisions. */
  Type.Object({ type: Type.Literal('marks'), marks: Type.Array(ReadMark) }),
  /** Who is connected, as far as known; not part of the log. */
  Type.Object({ type: Type.Literal('presence'), accountIds: Type.Array(Type.String()) }),
  /** Who came and who went since. */
  Type.Object({
    type: Type.Literal('presence-changed'),
    came: Type.Array(Type.String()),
    gone: Type.Array(Type.String()),
  }),
  /** The numbers that the client knows mean nothing any more: load the state anew. */
  Type.Object({ type: Type.Literal('reset') }),
  Type.Object({ type: Type.Literal('clock'), sent: Type.Number(), now: Type.Number() }),
])
export type Frame = Static<typeof Frame>

/** What a client may say: only "what time is it?", to measure the offset of its clock. Changes go over HTTP. */
export const ClockQuestion = Type.Object({ type: Type.Literal('clock'), sent: Type.Number() })

/** A state together with where its log stood when it was read: `number` events are in it. */
export const Position = Type.Object({ number: Type.Integer(), epoch: Type.String() })
export type Position = Static<typeof Position>
