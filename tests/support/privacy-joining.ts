import type { Input } from '#shared/contract.ts'
import type { joinCalls } from '#shared/joining.ts'
import type { leadCalls } from '#shared/leading.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, facilitators, members } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

type Calls = typeof leadCalls & typeof joinCalls
const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const inNext = ({ nextId }: World) => ({ params: { sessionId: nextId } })

/** Who runs a session, and how people come in from its wall. */
export const JOIN_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  listCoFacilitators: { says: members, ask: inNext },
  nameCoFacilitators: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { accountIds: [] } }),
  },
  takeLead: { says: facilitators, ask: (world) => ({ ...inLive(world), body: { from: null } }) },
  handLead: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { to: world.people.facilitator.id } }),
  },
  lockTable: {
    // Who opened the room leads, and nobody else locks it.
    says: { ...facilitators, organizer: 'conflict' },
    ask: (world) => ({ ...inLive(world), body: { locked: false } }),
  },
  setDoor: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { guests: false, shown: true } }),
  },
  // A code that opens nothing tells nobody anything, not even that they are not signed in.
  findByCode: { says: everybody('not-found'), ask: () => ({ query: { code: 'QQQQQQ' } }) },
  joinAsGuest: { says: everybody('not-found'), ask: () => ({ body: { code: 'QQQQQQ', name: 'Gita' } }) },
  sendGuestOut: {
    says: { ...facilitators, facilitator: 'not-found', organizer: 'not-found' },
    ask: (world) => ({ params: { sessionId: world.liveId, accountId: world.people.member.id } }),
  },
}
