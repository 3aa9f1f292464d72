import { randomUUID } from 'node:crypto'
import type { ballotCalls } from '#shared/ballots.ts'
import type { Input } from '#shared/contract.ts'
import type { Row } from './privacy-calls.ts'
import { only } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

// The room is in no vote and no discussion: who may hears that, and who may not hears nothing of it. What is told of a vote
// and what is not has stories of its own (tests/integration/ballot.test.ts).
const seats = only({ member: 'conflict', facilitator: 'conflict', organizer: 'conflict' })
const chairs = { ...seats, member: 'not-allowed' } as const
const ofBlock = ({ liveId, hiddenBlockId }: World) => ({
  params: { sessionId: liveId, blockId: hiddenBlockId },
})

type Calls = typeof ballotCalls
export const BALLOT_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  saveBallot: {
    says: seats,
    ask: ({ liveId, hiddenBlockId }) => ({
      params: { sessionId: liveId },
      body: { blockId: hiddenBlockId, revision: 1, dots: [], step: null, done: true },
    }),
  },
  sayGoOn: {
    says: seats,
    ask: (world) => ({
      ...ofBlock(world),
      body: { topicId: randomUUID(), extended: 0, revision: 1, goOn: true },
    }),
  },
  countVotes: { says: chairs, ask: ofBlock },
  voteAgain: {
    says: chairs,
    ask: (world) => ({ ...ofBlock(world), body: { from: '2026-11-22T09:00:00Z' } }),
  },
  discussTopic: {
    says: chairs,
    ask: (world) => ({ ...ofBlock(world), body: { topicId: null, from: null } }),
  },
  chooseTopic: { says: chairs, ask: (world) => ({ ...ofBlock(world), body: { topicId: null } }) },
  extendTopic: {
    says: chairs,
    ask: (world) => ({ ...ofBlock(world), body: { id: randomUUID(), minutes: 4 } }),
  },
}
