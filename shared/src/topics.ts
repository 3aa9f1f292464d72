import Type, { type Static } from 'typebox'

const Id = Type.String({ format: 'uuid' })

export const LONGEST_TOPIC = 200
export const MOST_TOPICS = 100

/** What a session votes on and discusses: answers that belong together, or a line that somebody added. */
export const Topic = Type.Object({
  id: Id,
  /** The block whose answers it gathers; none: it was added by itself. */
  blockId: Type.Union([Id, Type.Null()]),
  title: Type.String(),
  position: Type.Integer(),
  /** The revealed answers in it. An answer is in one topic at most. */
  answerIds: Type.Array(Id),
})
export type Topic = Static<typeof Topic>
