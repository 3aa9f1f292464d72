import Type, { type Static } from 'typebox'

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
  /** Who is connected, as far as known; not part of the log. */
  Type.Object({ type: Type.Literal('presence'), accountIds: Type.Array(Type.String()) }),
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
