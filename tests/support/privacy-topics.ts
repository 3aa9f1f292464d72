import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract.ts'
import type { topicCalls } from '#shared/topics.ts'
import { canary } from './canary.ts'
import type { TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** What is voted on in the live session of the circle: a line, and what somebody wrote. */
export type TopicsWorld = { lineId: string; heapId: string; answerId: string; blockId: string }

export async function makeTopics(
  { facilitator }: Record<Who, TestPerson>,
  { liveId }: { liveId: string },
): Promise<TopicsWorld> {
  const params = { sessionId: liveId }
  const [lineId, heapId] = [randomUUID(), randomUUID()]
  await facilitator.api.addTopic({
    params: { ...params, topicId: lineId },
    body: { title: canary('topic line') },
  })
  const { view } = await facilitator.api.getRoom({ params })
  const block = view.blocks.find(({ answers }) => answers.length > 0)
  const answer = block?.answers[0]
  if (!block || !answer) throw new Error('nothing is revealed')
  await facilitator.api.gatherAnswers({
    params: { ...params, topicId: heapId },
    body: { blockId: block.id, title: canary('topic heap'), answers: [{ id: answer.id, from: null }] },
  })
  return { lineId, heapId, answerId: answer.id, blockId: block.id }
}

const ofLine = ({ liveId, topics: { lineId } }: World) => ({ params: { sessionId: liveId, topicId: lineId } })
const ofHeap = ({ liveId, topics: { heapId } }: World) => ({ params: { sessionId: liveId, topicId: heapId } })

type Calls = typeof topicCalls
export const TOPIC_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  addTopic: { says: facilitators, ask: (world) => ({ ...ofLine(world), body: { title: 'Again' } }) },
  renameTopic: {
    says: facilitators,
    ask: (world) => ({ ...ofLine(world), body: { title: canary('topic line') } }),
  },
  gatherAnswers: {
    says: facilitators,
    ask: (world) => ({
      ...ofHeap(world),
      body: {
        blockId: world.topics.blockId,
        title: '',
        answers: [{ id: world.topics.answerId, from: null }],
      },
    }),
  },
  // Merged already.
  mergeTopics: {
    says: facilitators,
    ask: (world) => ({
      params: { sessionId: world.liveId, topicId: randomUUID() },
      body: { into: world.topics.heapId },
    }),
  },
  takeAnswerOut: {
    says: facilitators,
    ask: (world) => ({ params: { ...ofHeap(world).params, answerId: randomUUID() } }),
  },
  removeTopic: {
    says: facilitators,
    ask: ({ liveId }) => ({ params: { sessionId: liveId, topicId: randomUUID() } }),
  },
}
