import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Question } from './threads.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })

/** A question of a thread that a session took up, or answered. */
export const TakenUp = Type.Object({
  threadId: Id,
  /** The episode it was asked in; none: it was asked in the group. */
  episodeId: Nullable(Id),
  /** The title of the thread, or its first words; empty when they were withdrawn or hidden. */
  question: Type.String(),
  state: Question,
  /** Whether whoever asks may say that it is answered. */
  mayLead: Type.Boolean(),
})
export type TakenUp = Static<typeof TakenUp>

export const questionCalls = define({
  planQuestion: {
    method: 'PUT',
    path: '/api/groups/:slug/threads/:threadId/plan',
    params: Type.Object({ slug: Type.String(), threadId: Id }),
    body: Type.Object({
      sessionId: Id,
      /** The block of the plan in which it is talked about. */
      blockId: Id,
    }),
    response: Type.Object({
      question: Question,
      /** The block that gave minutes, because the plan was full, and how many it has left. */
      shortened: Nullable(Type.Object({ title: Type.String(), minutes: Type.Integer() })),
    }),
    summary:
      'Put an open question into the plan of a session, as a facilitator. Sending it again changes nothing',
  },
  listTakenUp: {
    method: 'GET',
    path: '/api/sessions/:sessionId/taken-up',
    params: Type.Object({ sessionId: Id }),
    response: Type.Array(TakenUp),
    summary: 'Questions of threads that a session took up or answered',
  },
})
