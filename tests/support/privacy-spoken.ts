import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { blocks, goRounds, goRoundSeats, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { goRoundCalls } from '#shared/go-rounds.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators, members, only, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

export type SpokenWorld = { blockId: string }

/** In the live session there is a block that plays the episode and goes round; the member has a place in it. */
export async function speakInTurn(
  { house }: TestHouse,
  { member }: Record<Who, TestPerson>,
  { liveId, episodeId }: { liveId: string; episodeId: string },
): Promise<SpokenWorld> {
  const blockId = randomUUID()
  const [session] = await house.db
    .update(sessions)
    .set({ episodeId })
    .where(eq(sessions.id, liveId))
    .returning()
  if (!session) throw new Error('no live session')
  const { groupId } = session
  await house.db.insert(blocks).values({
    ...{ id: blockId, groupId, sessionId: liveId, position: 90, kind: 'listen', minutes: 5 },
    title: 'Hear it together',
    options: { goRound: true, part: { start: 0, end: 3_600 } },
  })
  await house.db.insert(goRounds).values({ blockId, groupId })
  await house.db.insert(goRoundSeats).values({ groupId, blockId, accountId: member.id, place: 0 })
  return { blockId }
}

const ofBlock = ({ liveId, spoken: { blockId } }: World) => ({ params: { sessionId: liveId, blockId } })
const ofMember = (world: World) => ({
  ...ofBlock(world),
  body: { accountId: world.people.member.id, from: null },
})
const nobody = { from: null }

export const SPOKEN_CALLS: {
  [Name in keyof typeof goRoundCalls]: Row<Input<(typeof goRoundCalls)[Name]>>
} = {
  nextSpeaker: { says: members, ask: (world) => ({ ...ofBlock(world), body: nobody }) },
  previousSpeaker: { says: facilitators, ask: (world) => ({ ...ofBlock(world), body: nobody }) },
  callOn: { says: facilitators, ask: ofMember },
  passTurn: { says: members, ask: ofMember },
  rejoinGoRound: { says: members, ask: ofMember },
  // It is no block in which something is practised.
  nextDemonstration: {
    says: only({ member: 'not-allowed', facilitator: 'conflict', organizer: 'conflict' }),
    ask: (world) => ({ ...ofBlock(world), body: { from: 0 } }),
  },
  playPart: {
    says: facilitators,
    ask: (world) => ({ ...ofBlock(world), body: { id: randomUUID(), playing: true, position: null } }),
  },
  readPart: { says: members, ask: ofBlock },
}
