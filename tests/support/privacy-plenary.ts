import type { companionCalls } from '#shared/companions.ts'
import type { Input } from '#shared/contract.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators, members } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

type Calls = typeof companionCalls
const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const body = { from: { alsoHere: 0, named: [] }, to: { alsoHere: 0, named: [] } }

/** Several at one phone. */
export const PLENARY_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  changeMyCompanions: { says: members, ask: (world) => ({ ...inLive(world), body }) },
  changeCompanionsOf: {
    says: facilitators,
    ask: ({ liveId, people }) => ({ params: { sessionId: liveId, accountId: people.member.id }, body }),
  },
}
