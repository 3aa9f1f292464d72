import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lookAfterLeaders } from '#server/live/look-after-leaders.ts'
import type { Present } from '#server/rooms/rooms.ts'
import { openPods, type OpenSession, type PodsStory } from '#tests/pods.ts'
import type { TestPerson } from '#tests/house.ts'

const PLAN = [
  { kind: 'write', minutes: 10, options: {} },
  { kind: 'write', minutes: 10, options: {} },
] as const

/** Ada leads. Ben is named for this one session, then Cleo; Olga organizes the group, Dan is a member. */
async function openLed() {
  const story = await openPods()
  const olga = await story.join('Olga', 'organizer')
  const session = await story.open([...PLAN], [story.ben, story.cleo, story.dan, olga])
  const { params } = session
  await story.ada.api.nameCoFacilitators({ params, body: { accountIds: [story.ben.id, story.cleo.id] } })
  const pages = processes(story, session)
  return { ...story, olga, session, params, ...pages }
}

/** Processes that look at the room as rooms.ts has them do, each with the people who are connected to it. */
function processes(story: PodsStory, { sessionId, view }: OpenSession) {
  const look = (...connected: TestPerson[][]) => {
    const everywhere = connected.flat().map(({ id }) => id)
    const rooms = connected.map((here): Present[] => [
      { roomId: sessionId, here: here.map(({ id }) => id), everywhere },
    ])
    return Promise.all(rooms.map((room) => lookAfterLeaders(story.house, room)))
  }
  return {
    look,
    /** The clock goes on, and every two seconds all processes look. */
    watchFor: async (seconds: number, ...connected: TestPerson[][]) => {
      for (let passed = 0; passed < seconds; passed += 2) {
        story.pass({ minutes: 2 / 60 })
        await look(...connected)
      }
    },
    leader: async () => (await view()).lead.leaderId,
  }
}

it('L39: whoever opens the room leads, and co-facilitators who were named run it too, in words everybody hears', async () => {
  const { ada, ben, dan, zoe, session, params } = await openLed()
  const room = await session.watch(dan)
  expect((await session.view(dan)).lead).toMatchObject({
    leaderId: ada.id,
    locked: false,
    lost: null,
    coFacilitators: [{ name: 'Ben' }, { name: 'Cleo' }],
  })

  // Ben is a member; for this session he sits at the table, with the notes.
  expect((await ben.api.getRoom({ params })).me.mayRun).toBe(true)
  await ben.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
  await ben.api.pauseTimer({ params, body: { id: randomUUID() } })
  expect((await session.view()).currentBlockId).toBe(session.blockIds[0])

  // Whom it is entrusted to, and the session itself, stay with facilitators.
  await expect(ben.api.nameCoFacilitators({ params, body: { accountIds: [dan.id] } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(ben.api.cancelSession({ params, body: { reason: 'No' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  for (const run of [dan.api.pauseTimer, dan.api.resumeTimer])
    await expect(run({ params, body: { id: randomUUID() } })).rejects.toMatchObject({ code: 'not-allowed' })
  for (const stranger of [
    () => zoe.api.takeLead({ params, body: { from: ada.id } }),
    () => zoe.api.handLead({ params, body: { to: zoe.id } }),
    () => zoe.api.lockTable({ params, body: { locked: true } }),
    () => zoe.api.listCoFacilitators({ params }),
    () => zoe.api.nameCoFacilitators({ params, body: { accountIds: [zoe.id] } }),
  ])
    await expect(stranger()).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    ada.api.nameCoFacilitators({ params, body: { accountIds: [ben.id, zoe.id] } }),
  ).rejects.toThrow('Only members of the group')

  // Taken off the list, he is one of the others again.
  await ada.api.nameCoFacilitators({ params, body: { accountIds: [] } })
  await expect(ben.api.resumeTimer({ params, body: { id: randomUUID() } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await room.agrees()
})

it('L39: a leader who is gone for half a minute is followed by the first who is connected, once, whoever notices', async () => {
  const { ada, ben, cleo, dan, session, params, watchFor, look, leader } = await openLed()
  const room = await session.watch(dan)
  const { position } = await ada.api.getRoom({ params })

  await watchFor(60, [ada, dan], [ben, cleo])
  expect(await leader()).toBe(ada.id)

  // A short hole in the line changes nothing.
  await watchFor(20, [dan], [ben, cleo])
  await watchFor(10, [dan], [ada, ben, cleo])
  await watchFor(28, [dan], [ben, cleo])
  expect(await leader()).toBe(ada.id)

  await watchFor(12, [dan, cleo], [ben])
  await look([dan, cleo], [ben])
  const view = await room.agrees()
  expect(view.lead).toMatchObject({ leaderId: ben.id, lost: { accountId: ada.id } })
  const fresh = await ada.api.getRoom({ params })
  expect(fresh.position.number).toBe(position.number + 1)
  expect(room.frames()).toContain('taken-over')

  // Ada is back, and one press gives it back to her, however often she presses.
  const back = () => ada.api.takeLead({ params, body: { from: ben.id } })
  await Promise.all([back(), back()])
  await back()
  expect((await room.agrees()).lead).toMatchObject({ leaderId: ada.id, lost: null })
  expect((await ada.api.getRoom({ params })).position.number).toBe(position.number + 2)
})

it('L39: nobody takes over who may not, and after an outage the absence counts from when somebody could notice', async () => {
  const { ada, dan, olga, session, watchFor, look, leader, pass } = await openLed()
  await watchFor(60, [dan])
  expect(await leader()).toBe(ada.id)

  // All processes were down for an hour: Ada has half a minute to come back.
  pass({ hours: 1 })
  await look([olga, dan])
  await watchFor(28, [olga, dan])
  expect(await leader()).toBe(ada.id)
  await watchFor(10, [olga, dan])
  expect(await leader()).toBe(olga.id)
  await session.view()
})

it('L39: a locked table is run by its leader only, until they unlock it, hand it on, or are gone', async () => {
  const { ada, ben, cleo, dan, olga, session, params, watchFor, leader } = await openLed()
  const room = await session.watch(ben)
  const [first] = session.blockIds
  await expect(ben.api.lockTable({ params, body: { locked: true } })).rejects.toThrow('Only whoever leads')
  await ada.api.lockTable({ params, body: { locked: true } })
  await ada.api.lockTable({ params, body: { locked: true } })

  const refused = {
    code: 'not-allowed',
    message: expect.stringContaining('Ada leads and has locked the table') as string,
  }
  const turnId = crypto.randomUUID()
  await dan.api.raiseHand({ params, body: { turnId } })
  for (const helper of [ben, olga]) {
    await expect(
      helper.api.nextBlock({ params, body: { id: randomUUID(), from: null } }),
    ).rejects.toMatchObject(refused)
    await expect(helper.api.closeSession({ params })).rejects.toMatchObject(refused)
    await expect(helper.api.giveTurn({ params: { ...params, turnId } })).rejects.toMatchObject(refused)
    await expect(helper.api.lowerHand({ params: { ...params, turnId } })).rejects.toMatchObject(refused)
    await expect(helper.api.setDoor({ params, body: { guests: true, shown: true } })).rejects.toMatchObject(
      refused,
    )
    await expect(helper.api.takeLead({ params, body: { from: ada.id } })).rejects.toThrow(
      'Somebody else leads',
    )
  }
  // What concerns only themselves goes on.
  const own = crypto.randomUUID()
  await ben.api.raiseHand({ params, body: { turnId: own } })
  await ben.api.lowerHand({ params: { ...params, turnId: own } })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
  expect((await room.agrees()).lead.locked).toBe(true)

  await ada.api.lockTable({ params, body: { locked: false } })
  await ben.api.pauseTimer({ params, body: { id: randomUUID() } })
  await ada.api.lockTable({ params, body: { locked: true } })
  await watchFor(40, [ben, cleo])
  expect(await leader()).toBe(ben.id)
  expect((await room.agrees()).lead.locked).toBe(false)
  await cleo.api.nextBlock({ params, body: { id: randomUUID(), from: first ?? null } })

  // Ben locks it; Ada still comes back to what she lost, and nothing stays locked behind her.
  await ben.api.lockTable({ params, body: { locked: true } })
  await expect(ada.api.pauseTimer({ params, body: { id: randomUUID() } })).rejects.toThrow('Ben leads')
  await ada.api.takeLead({ params, body: { from: ben.id } })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  await room.agrees()
})

it('L39: the lead is handed on by whoever has it, to somebody who is there and may run the session', async () => {
  const { ada, ben, dan, eve, session, params } = await openLed()
  const room = await session.watch(dan)
  await expect(ben.api.handLead({ params, body: { to: ben.id } })).rejects.toThrow('Only whoever leads')
  for (const to of [dan.id, eve.id])
    await expect(ada.api.handLead({ params, body: { to } })).rejects.toThrow('somebody who is here')
  await ada.api.handLead({ params, body: { to: ben.id } })
  expect((await room.agrees()).lead).toMatchObject({ leaderId: ben.id, lost: null })

  // She is the facilitator of the session, so she may lead it again.
  await ada.api.takeLead({ params, body: { from: ben.id } })
  expect((await room.agrees()).lead.leaderId).toBe(ada.id)

  await ada.api.closeSession({ params })
  await expect(ada.api.lockTable({ params, body: { locked: true } })).rejects.toThrow('over')
  await expect(ben.api.takeLead({ params, body: { from: ada.id } })).rejects.toThrow('over')
  await expect(ada.api.nameCoFacilitators({ params, body: { accountIds: [dan.id] } })).rejects.toThrow('over')
  await room.agrees()
})

it('L51: a role that is given or taken while the room is open counts at once, and everybody sees it', async () => {
  const { ada, ben, dan, eve, olga, slug, session, params } = await openLed()
  const room = await session.watch(ben)
  const { position } = await dan.api.getRoom({ params })
  const [his, hers] = [
    await dan.follow(session.sessionId, position),
    // Eve looks at the page and has not come in.
    await eve.follow(session.sessionId, position),
  ]
  const give = (person: TestPerson, role: 'facilitator' | 'member') =>
    olga.api.changeRole({ params: { slug, accountId: person.id }, body: { role } })
  const roleOf = async ({ id }: TestPerson) =>
    (await room.agrees()).people.find(({ accountId }) => accountId === id)?.role

  await give(dan, 'facilitator')
  await his.until('reset')
  expect(await roleOf(dan)).toBe('facilitator')
  expect((await dan.api.getRoom({ params })).me.mayRun).toBe(true)
  await ada.api.handLead({ params, body: { to: dan.id } })

  await give(eve, 'facilitator')
  await hers.until('reset')
  // Somebody who is not in the room is not spoken of in it.
  expect(room.frames()).not.toContain(`"role-changed","accountId":"${eve.id}"`)

  await give(dan, 'member')
  expect(await roleOf(dan)).toBe('member')
  expect((await dan.api.getRoom({ params })).me.mayRun).toBe(false)

  await olga.api.handOver({ params: { slug }, body: { accountId: ada.id } })
  expect([await roleOf(ada), await roleOf(olga)]).toEqual(['organizer', 'facilitator'])
  await ada.api.removeMember({ params: { slug, accountId: olga.id }, body: { reason: 'They moved away.' } })
  expect(await roleOf(olga)).toBe('member')
})

it('L39: real sockets: a leader who stays connected leads on, and one whose line is cut is followed', async () => {
  const { ada, ben, session, params, house, pass } = await openLed()
  const { position } = await ben.api.getRoom({ params })
  const [hers, his] = [
    await ada.follow(session.sessionId, position),
    await ben.follow(session.sessionId, position),
  ]
  const tick = async () => {
    pass({ minutes: 8 / 60 })
    const at = house.now().getTime()
    // The next look notes it: at once for a leader who is there, else that it was looked at.
    await vi.waitUntil(async () => (await lookedAt()) >= at, { timeout: 10_000, interval: 50 })
  }
  const lookedAt = async () => {
    const lead = await house.db.query.leads.findFirst({
      where: (row, { eq }) => eq(row.sessionId, session.sessionId),
    })
    return lead?.lookedAt.getTime() ?? 0
  }
  await tick()
  await tick()
  expect((await session.view()).lead.leaderId).toBe(ada.id)
  hers.close()
  await hers.closed
  for (let passed = 0; passed < 5; passed += 1) await tick()
  await his.until('lead-changed')
  expect((await session.view()).lead).toMatchObject({ leaderId: ben.id, lost: { accountId: ada.id } })
}, 60_000)
