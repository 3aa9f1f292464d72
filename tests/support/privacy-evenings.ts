import { randomUUID } from 'node:crypto'
import { doorLinks, walkIns } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { eveningCalls } from '#shared/evenings.ts'
import { canary } from './canary.ts'
import type { TestHouse } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, facilitators, members } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** Somebody walked into the session that comes next, and a helper has a link to its door. */
export async function openTheDoor({ house }: TestHouse, groupId: string, sessionId: string): Promise<void> {
  const at = house.now()
  await house.db.insert(doorLinks).values({
    groupId,
    sessionId,
    kind: 'helper',
    label: canary('door label'),
    createdAt: at,
  })
  await house.db.insert(walkIns).values({
    id: randomUUID(),
    groupId,
    sessionId,
    name: canary('walk-in name'),
    email: `${canary('walk-in mail')}@example.net`,
    arrivedAt: at,
    here: true,
    at,
  })
}

type Calls = typeof eveningCalls
const inNext = ({ nextId }: World) => ({ params: { sessionId: nextId } })
const made = () => ({ params: { token: 'x'.repeat(46) } })
const stranger = everybody('not-found')
const notFound = { ...facilitators, facilitator: 'not-found', organizer: 'not-found' } as const
const mark = ({ house, people }: World) => ({
  marks: [
    {
      id: randomUUID(),
      kind: 'person' as const,
      personId: people.member.id,
      here: true,
      at: house.now().toISOString(),
    },
  ],
})

export const EVENING_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  readDoor: { says: facilitators, ask: inNext },
  markAtDoor: { says: facilitators, ask: (world) => ({ ...inNext(world), body: mark(world) }) },
  readDoorByLink: { says: stranger, ask: made },
  markAtDoorByLink: { says: stranger, ask: (world) => ({ ...made(), body: mark(world) }) },
  listDoorLinks: { says: facilitators, ask: inNext },
  makeDoorLink: {
    says: facilitators,
    ask: (world) => ({ ...inNext(world), body: { id: randomUUID(), kind: 'helper', label: 'Back' } }),
  },
  revokeDoorLink: {
    says: notFound,
    ask: ({ nextId }) => ({ params: { sessionId: nextId, linkId: randomUUID() } }),
  },
  readMyEvening: { says: members, ask: inNext },
  readMyEveningByLink: { says: stranger, ask: made },
  arriveByLink: { says: stranger, ask: made },
  readTicket: { says: stranger, ask: made },
  readPoster: { says: stranger, ask: made },
  arriveByPoster: {
    says: { ...stranger, anonymous: 'not-signed-in', expired: 'not-signed-in' },
    ask: made,
  },
  walkIn: { says: stranger, ask: () => ({ ...made(), body: { id: randomUUID(), name: 'Walt' } }) },
  readTables: { says: facilitators, ask: inNext },
  // A walk-in is here.
  makeTables: {
    says: facilitators,
    ask: (world) => ({ ...inNext(world), body: { of: 'here', seed: 1, again: true } }),
  },
  clearTables: { says: facilitators, ask: inNext },
  moveSeat: {
    says: notFound,
    ask: ({ nextId, people }) => ({
      params: { sessionId: nextId, personId: people.member.id },
      body: { tableId: randomUUID() },
    }),
  },
  setTableHost: {
    says: notFound,
    ask: ({ nextId, people }) => ({
      params: { sessionId: nextId, tableId: randomUUID() },
      body: { hostId: people.member.id },
    }),
  },
  offerToHost: { says: members, ask: (world) => ({ ...inNext(world), body: { willing: true } }) },
}
