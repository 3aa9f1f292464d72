import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { blocks, podPaces, pods, podSeats, sessions } from '#db/schema.ts'
import { openLiveRound } from '#server/feedback/open-live-round.ts'
import type { Input } from '#shared/contract.ts'
import type { podCalls } from '#shared/pods.ts'
import type { slipCalls } from '#shared/slips.ts'
import { canary } from './canary.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators, members, only, signedIn, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

export type PodsWorld = {
  /** Of the member, to the facilitator; not opened. */
  slipId: string
}

/** In the live session the member and the facilitator are together, have a card each, and wrote to each other. */
export async function workTogether(
  { house }: TestHouse,
  { member, facilitator, organizer }: Record<Who, TestPerson>,
  { liveId, hiddenBlockId }: { liveId: string; hiddenBlockId: string },
): Promise<PodsWorld> {
  const { db } = house
  const ofBlock = eq(blocks.id, hiddenBlockId)
  const role = canary('live hidden block role')
  await db
    .update(blocks)
    .set({
      options: {
        roles: [role],
        groupsOf: 2,
        feedback: true,
        cards: [
          { role, words: canary('role card') },
          { role: 'Nobody', words: canary('other card') },
        ],
      },
    })
    .where(ofBlock)
  const [block] = await db.select().from(blocks).where(ofBlock)
  const [session] = await db.select().from(sessions).where(eq(sessions.id, liveId))
  if (!block || !session) throw new Error('no live session')
  const { groupId } = block
  for (const [at, people] of [[member, facilitator], [organizer]].entries()) {
    const id = randomUUID()
    await db.insert(pods).values({ id, groupId, blockId: block.id, round: 0, number: at + 1 })
    await db
      .insert(podSeats)
      .values(people.map((person, place) => ({ groupId, podId: id, accountId: person.id, place })))
  }
  await db.insert(podPaces).values({ blockId: block.id, groupId, share: 0, left: 600, tail: 0 })
  await db.transaction((tx) => openLiveRound({ tx, session, now: house.now() }, block, facilitator.id))

  const params = { sessionId: liveId }
  await facilitator.api.linkPods({
    params,
    body: { number: 1, link: `https://meet.example.org/${canary('pod link')}` },
  })
  const write = (by: TestPerson, to: TestPerson, words: string) =>
    by.api.saveSlip({ params, body: slipDraft(block.id, to.id, words) })
  const { id: slipId } = await write(member, facilitator, canary('slip unopened'))
  const { id } = await write(facilitator, member, canary('slip opened'))
  await member.api.openSlip({ params: { slipId: id } })
  return { slipId }
}

export const slipDraft = (blockId: string, receiverId: string, words: string, revision = 1) => ({
  ...{ id: randomUUID(), blockId, receiverId, revision, sent: true },
  words: { situation: 'On Tuesday', behaviour: words, impact: 'I could speak.', wish: '' },
})

const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const ofBlock = ({ liveId, hiddenBlockId }: World) => ({
  params: { sessionId: liveId, blockId: hiddenBlockId },
})

type Calls = typeof podCalls & typeof slipCalls
export const POD_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  readMyPods: { says: members, ask: inLive },
  makePods: {
    says: facilitators,
    ask: (world) => ({
      ...ofBlock(world),
      body: { id: randomUUID(), withLeader: true, again: true },
    }),
  },
  movePerson: {
    says: facilitators,
    ask: (world) => ({
      ...ofBlock(world),
      body: { accountId: world.people.member.id, podId: null },
    }),
  },
  nextTurn: { says: facilitators, ask: (world) => ({ ...ofBlock(world), body: { until: 0.5 } }) },
  joinPods: { says: members, ask: inLive },
  leavePods: { says: members, ask: inLive },
  missPartner: {
    says: members,
    ask: (world) => ({ ...inLive(world), body: { accountId: world.people.member.id } }),
  },
  linkPods: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { number: 2, link: 'https://meet.example.org/two' } }),
  },
  listSlips: { says: members, ask: inLive },
  // The organizer is with nobody; what the facilitator wrote was opened.
  saveSlip: {
    says: only({ member: 'ok', facilitator: 'conflict' }),
    ask: (world, who) => ({
      ...inLive(world),
      body: slipDraft(
        world.hiddenBlockId,
        world.people[who === 'facilitator' ? 'member' : 'facilitator'].id,
        'Again',
        9,
      ),
    }),
  },
  openSlip: {
    says: only({ facilitator: 'ok' }),
    ask: ({ pods: { slipId } }) => ({ params: { slipId } }),
  },
  listWrittenSlips: { says: signedIn },
  withdrawSlip: {
    says: only({ member: 'ok' }),
    ask: ({ pods: { slipId } }) => ({ params: { slipId } }),
  },
}
