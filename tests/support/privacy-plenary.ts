import { randomUUID } from 'node:crypto'
import type { companionCalls } from '#shared/companions.ts'
import type { Input } from '#shared/contract.ts'
import type { plenaryCalls } from '#shared/plenary.ts'
import type { Row } from './privacy-calls.ts'
import { eq } from 'drizzle-orm'
import { blocks, tableReports } from '#db/schema.ts'
import { canary } from './canary.ts'
import type { TestHouse, TestPerson } from './house.ts'
import { facilitators, members, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** The member hosts a table in the live session: what they wrote in one block is revealed, in the other not. */
export async function hostTable(
  { house }: TestHouse,
  { member }: Record<Who, TestPerson>,
  { hiddenBlockId, shownBlockId }: { hiddenBlockId: string; shownBlockId: string },
): Promise<void> {
  const now = house.now()
  for (const [blockId, body] of [
    [hiddenBlockId, canary('table sentence hidden')],
    [shownBlockId, canary('table sentence')],
  ] as const) {
    const [block] = await house.db.select().from(blocks).where(eq(blocks.id, blockId))
    if (!block) throw new Error('no block')
    await house.db.insert(tableReports).values({
      ...{ groupId: block.groupId, blockId, accountId: member.id, number: 7 },
      ...{ body, revision: 1, done: now, writtenAt: now },
    })
  }
  await house.db.update(blocks).set({ tablesRevealedAt: now }).where(eq(blocks.id, shownBlockId))
}

type Calls = typeof companionCalls & typeof plenaryCalls
const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const body = { from: { alsoHere: 0, named: [] }, to: { alsoHere: 0, named: [] } }

/** Several at one phone, and many at tables. */
export const PLENARY_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  changeMyCompanions: { says: members, ask: (world) => ({ ...inLive(world), body }) },
  changeCompanionsOf: {
    says: facilitators,
    ask: ({ liveId, people }) => ({ params: { sessionId: liveId, accountId: people.member.id }, body }),
  },
  readMyPlenary: { says: members, ask: inLive },
  // Nothing is told of tables in a block of writing.
  writeTableReport: {
    says: { ...members, member: 'conflict', facilitator: 'conflict', organizer: 'conflict' },
    ask: ({ liveId, hiddenBlockId }) => ({
      params: { sessionId: liveId },
      body: { id: randomUUID(), blockId: hiddenBlockId, body: 'We agree.', revision: 1, done: true },
    }),
  },
  revealTables: {
    says: { ...facilitators, facilitator: 'conflict', organizer: 'conflict' },
    ask: ({ liveId, hiddenBlockId }) => ({ params: { sessionId: liveId, blockId: hiddenBlockId } }),
  },
}
