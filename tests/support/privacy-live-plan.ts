import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract.ts'
import type { livePlanCalls } from '#shared/live-plan.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

const refused = { ...facilitators, facilitator: 'conflict', organizer: 'conflict' } as const
const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const ofBlock = ({ liveId, hiddenBlockId }: World) => ({
  params: { sessionId: liveId, blockId: hiddenBlockId },
})

/** Nothing is changed by these: what they do is in the stories of the plan. */
export const LIVE_PLAN_CALLS: {
  [Name in keyof typeof livePlanCalls]: Row<Input<(typeof livePlanCalls)[Name]>>
} = {
  insertBlock: {
    says: facilitators,
    ask: (world) => ({
      ...ofBlock(world),
      body: {
        ...{ kind: 'discuss', title: 'Once more', minutes: 5, prompt: '', notes: '', options: {} },
        after: null,
      },
    }),
  },
  changeBlock: {
    says: facilitators,
    ask: (world) => ({ ...ofBlock(world), body: { id: randomUUID() } }),
  },
  moveBlock: {
    says: facilitators,
    ask: (world) => ({ ...ofBlock(world), body: { id: randomUUID(), from: randomUUID(), to: null } }),
  },
  skipBlock: {
    says: facilitators,
    ask: (world) => ({ ...ofBlock(world), body: { id: randomUUID(), skipped: false } }),
  },
  rebalance: {
    says: refused,
    ask: (world) => ({
      ...inLive(world),
      body: { id: randomUUID(), blocks: [{ blockId: randomUUID(), from: 5, to: 4 }] },
    }),
  },
  shutRoom: { says: refused, ask: inLive },
}
