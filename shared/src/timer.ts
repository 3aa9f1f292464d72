import Type, { type Static } from 'typebox'

const Instant = Type.String({ format: 'date-time' })

/** A deadline, never a tick: running until `endsAt`, or paused with `left` seconds, or neither. */
export const Timer = Type.Object({
  endsAt: Type.Union([Instant, Type.Null()]),
  left: Type.Union([Type.Integer(), Type.Null()]),
})
export type Timer = Static<typeof Timer>
