import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

const Id = Type.String({ format: 'uuid' })

export const LONGEST_TOPIC = 200
export const MOST_TOPICS = 100

/** What a session votes on and discusses: answers that belong together, or a line that somebody added. */
export const Topic = Type.Object({
  id: Id,
  /** The block whose answers it gathers; none: it was added by itself. */
  blockId: Type.Union([Id, Type.Null()]),
  /** As somebody named it, or else the beginning of its first answer. */
  title: Type.String(),
  named: Type.Boolean(),
  position: Type.Integer(),
  /** The revealed answers in it. An answer is in one topic at most. */
  answerIds: Type.Array(Id),
})
export type Topic = Static<typeof Topic>

const Title = Type.String({ minLength: 1, maxLength: LONGEST_TOPIC })

/** Answers that belong together. Whoever moves one says where they saw it, so that nobody's step is undone unseen. */
export const Gathering = Type.Object({
  blockId: Id,
  /** Only for a topic that is not there yet; empty: it is called by its first answer. */
  title: Type.String({ maxLength: LONGEST_TOPIC }),
  answers: Type.Array(Type.Object({ id: Id, from: Type.Union([Id, Type.Null()]) }), {
    minItems: 1,
    maxItems: 1_000,
  }),
})
export type Gathering = Static<typeof Gathering>

const Empty = Type.Object({})
const params = Type.Object({ sessionId: Id, topicId: Id })

export const topicCalls = define({
  addTopic: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/topics/:topicId',
    params,
    body: Type.Object({ title: Title }),
    response: Empty,
    summary: 'Add a line to what is voted on and discussed. The caller picks its id',
  },
  renameTopic: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/topics/:topicId/title',
    params,
    body: Type.Object({ title: Type.String({ maxLength: LONGEST_TOPIC }) }),
    response: Empty,
    summary: 'Name a topic; without a name it is called by its first answer',
  },
  removeTopic: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/topics/:topicId',
    params,
    response: Empty,
    summary: 'Remove a topic. Its answers stay, each by itself',
  },
  gatherAnswers: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/topics/:topicId/answers',
    params,
    body: Gathering,
    response: Empty,
    summary: 'Put revealed answers together: in this topic, which is made when it is not there',
  },
  takeAnswerOut: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/topics/:topicId/answers/:answerId',
    params: Type.Object({ sessionId: Id, topicId: Id, answerId: Id }),
    response: Empty,
    summary: 'Take an answer out of a topic; it stands by itself again',
  },
  mergeTopics: {
    method: 'POST',
    path: '/api/sessions/:sessionId/topics/:topicId/merge',
    params,
    body: Type.Object({ into: Id }),
    response: Empty,
    summary: 'Make one topic of two: everything goes into the other, which keeps its name',
  },
})
