import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { blocks, commitments, groups, memberships, sessions } from '#db/schema.ts'
import { makeRoom } from '#server/rooms/rooms.ts'
import type { LiveEvent, SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { openHouse, type Heard, type TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

const PLAN = [
  { kind: 'check-in', title: 'Check-in', minutes: 8 },
  { kind: 'write', title: 'A leader I admire', minutes: 10 },
  { kind: 'discuss', title: 'Talk it through', minutes: 20 },
  { kind: 'commit', title: 'If … then I will', minutes: 6 },
  { kind: 'close', title: 'Close', minutes: 3 },
] as const

type Story = Awaited<ReturnType<typeof openCircle>>

/** A circle with a session in half an hour: Ada organizes and runs it, Ben and Cleo take part. */
async function openCircle({ plan = PLAN }: { plan?: readonly (typeof PLAN)[number][] } = {}) {
  const house = await openHouse()
  const [ada, ben, cleo] = [
    await house.person('Ada'),
    await house.person('Ben'),
    await house.person('Cleo'),
  ] as const
  const groupId = randomUUID()
  const slug = `tuesday-${groupId}`
  const id = randomUUID()
  const startsAt = new Date(house.house.now().getTime() + 30 * 60_000)
  await house.house.db.transaction(async (tx) => {
    await tx.insert(groups).values({
      id: groupId,
      slug,
      name: 'Tuesday circle',
      kind: 'internal',
      visibility: 'private',
      admission: 'invite-only',
      rhythm: 'weekly',
      zone: 'Europe/Berlin',
      places: 8,
    })
    await tx.insert(memberships).values([
      { groupId, accountId: ada.id, role: 'organizer', status: 'active' },
      { groupId, accountId: ben.id, role: 'member', status: 'active' },
      { groupId, accountId: cleo.id, role: 'facilitator', status: 'active' },
    ])
    await tx.insert(sessions).values({
      id,
      groupId,
      title: 'Leading without authority',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 60 * 60_000),
      facilitatorId: ada.id,
    })
    await makeRoom(tx, id, groupId, 'session')
    if (plan.length > 0) {
      await tx.insert(blocks).values(
        plan.map((block, position) => ({
          ...block,
          groupId,
          sessionId: id,
          position,
          prompt: `${block.title}?`,
          notes: `For Ada: ${block.title}.`,
        })),
      )
    }
  })
  return { ...house, ada, ben, cleo, slug, session: { sessionId: id }, sessionId: id }
}

const load = async ({ session }: Story, person: TestPerson) => person.api.getRoom({ params: session })

const blockOf = (view: SessionView, kind: string) =>
  view.blocks.find((block) => block.kind === kind)?.id ?? ''

/** Opens the room, lets everybody in and goes to the block of that kind. */
async function goTo(story: Story, kind: string): Promise<string> {
  const { ada, ben, cleo, session } = story
  await ada.api.openRoom({ params: session })
  for (const person of [ben, cleo]) await person.api.enterRoom({ params: session })
  const { view } = await load(story, ada)
  const blockId = blockOf(view, kind)
  await ada.api.startBlock({
    params: { ...session, blockId },
    body: { id: randomUUID(), from: view.currentBlockId },
  })
  return blockId
}

/** Follows the room from now on; `view` gives the old view plus what was heard, once that is all there is. */
async function watch(story: Story, person: TestPerson) {
  const { position, view: before } = await load(story, person)
  const heard = await person.follow(story.sessionId, position)
  return {
    heard,
    view: async () => {
      const fresh = await load(story, person)
      await caughtUp(heard, fresh.position.number - position.number)
      return (heard.events() as LiveEvent[]).reduce(applyLiveEvent, before)
    },
  }
}

const caughtUp = (heard: Heard, events: number) =>
  vi.waitUntil(() => heard.events().length >= events, { timeout: 20_000, interval: 2 })

/** The rule of the whole room: what a follower folded is what a newcomer loads. */
async function expectSame(story: Story, watching: Awaited<ReturnType<typeof watch>>): Promise<SessionView> {
  const folded = await watching.view()
  const { view } = await load(story, story.ben)
  expect(folded).toEqual(view)
  return folded
}

const answerOf = (blockId: string, body: string, more = {}) => ({
  id: randomUUID(),
  blockId,
  body,
  revision: 1,
  done: true,
  ...more,
})
const promiseOf = (more = {}) => ({
  id: randomUUID(),
  cue: 'the meeting drifts',
  action: 'name it kindly',
  due: '2026-12-01',
  ...more,
})
const names = (watching: { heard: Heard }) => watching.heard.events().map(({ type }) => type)

it('L1: a follower’s view after each verb is what a newcomer loads, and a verb sent twice happens once', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session, pass } = story
  const params = session
  const watching = await watch(story, ben)
  const twice = async (happens: readonly string[], verb: () => Promise<unknown>) => {
    const before = names(watching).length
    await verb()
    await verb().catch((problem: unknown) => {
      expect(problem).toMatchObject({ code: 'conflict' })
    })
    await expectSame(story, watching)
    expect(names(watching).slice(before)).toEqual(happens)
    pass({ minutes: 1 })
  }
  const { view } = await load(story, ada)
  const [first, second] = view.blocks.map(({ id }) => id)
  const write = second ?? ''

  await twice(['room-opened', 'entered'], () => ada.api.openRoom({ params }))
  await twice(['entered'], () => ben.api.enterRoom({ params }))
  await twice(['entered'], () => cleo.api.enterRoom({ params }))
  await twice(['block-started'], () => ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } }))
  await twice(['block-started'], () =>
    ada.api.nextBlock({ params, body: { id: randomUUID(), from: first ?? null } }),
  )
  await twice(['block-started'], () =>
    ada.api.previousBlock({ params, body: { id: randomUUID(), from: write } }),
  )
  await twice(['block-started'], () =>
    cleo.api.startBlock({
      params: { ...params, blockId: write },
      body: { id: randomUUID(), from: first ?? null },
    }),
  )
  await twice(['timer-changed'], () => ada.api.pauseTimer({ params, body: { id: randomUUID() } }))
  const more = { id: randomUUID(), minutes: 2 }
  await twice(['timer-changed'], () => ada.api.extendTimer({ params, body: more }))
  await twice(['timer-changed'], () => ada.api.resumeTimer({ params, body: { id: randomUUID() } }))
  const evenMore = { id: randomUUID(), minutes: 5 }
  await twice(['timer-changed'], () => cleo.api.extendTimer({ params, body: evenMore }))

  const mine = answerOf(write, 'She asks before she tells.')
  await twice([], () => ben.api.writeAnswer({ params, body: { ...mine, done: false } }))
  await twice(['answer-written'], () => ben.api.writeAnswer({ params, body: { ...mine, revision: 2 } }))
  await twice(['answer-unwritten'], () =>
    ben.api.writeAnswer({ params, body: { ...mine, revision: 3, done: false } }),
  )
  await twice(['answer-written'], () => ben.api.writeAnswer({ params, body: { ...mine, revision: 4 } }))
  await twice(['answers-revealed'], () => ada.api.revealAnswers({ params: { ...params, blockId: write } }))

  const [bens, cleos, again] = [randomUUID(), randomUUID(), randomUUID()]
  await twice(['hand-raised'], () => ben.api.raiseHand({ params, body: { turnId: bens } }))
  await twice(['hand-raised'], () => cleo.api.raiseHand({ params, body: { turnId: cleos } }))
  await twice(['turn-given'], () => ada.api.giveTurn({ params: { ...params, turnId: bens } }))
  await twice(['turn-given'], () => ada.api.giveTurn({ params: { ...params, turnId: cleos } }))
  await twice(['turn-ended'], () => cleo.api.endTurn({ params: { ...params, turnId: cleos } }))
  await twice(['hand-raised'], () => ben.api.raiseHand({ params, body: { turnId: again } }))
  await twice(['hands-lowered'], () => ben.api.lowerHand({ params: { ...params, turnId: again } }))
  const [one, two] = [randomUUID(), randomUUID()]
  await ben.api.raiseHand({ params, body: { turnId: one } })
  await cleo.api.raiseHand({ params, body: { turnId: two } })
  await expectSame(story, watching)
  await twice(['hands-lowered'], () => ada.api.lowerAllHands({ params, body: { turnIds: [one, two] } }))

  const promise = promiseOf()
  const ofPromise = { ...params, commitmentId: promise.id }
  const other = { cue: 'Tuesday comes', action: 'ask first', due: null }
  await twice(['commitment-made'], () => ben.api.makeCommitment({ params, body: promise }))
  await twice(['commitment-made'], () => cleo.api.makeCommitment({ params, body: promiseOf({ id: one }) }))
  await twice(['commitment-changed'], () => ben.api.changeCommitment({ params: ofPromise, body: other }))
  await twice(['commitment-withdrawn'], () => ben.api.withdrawCommitment({ params: ofPromise }))
  await ben.api.raiseHand({ params, body: { turnId: randomUUID() } })
  await expectSame(story, watching)
  await twice(['session-closed'], () => ada.api.closeSession({ params }))

  expect((await load(story, ben)).view).toMatchObject({
    session: { status: 'wrapped-up' },
    currentBlockId: null,
    timer: { endsAt: null, left: null },
    queue: [],
    speaking: null,
  })
})

it('L2: a double click skips no block, and going back gives what was left of its time', async () => {
  const story = await openCircle()
  const { ada, session: params, pass } = story
  await ada.api.openRoom({ params })
  const timer = async () => (await load(story, ada)).view.timer

  await Promise.all([
    ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } }),
    ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } }),
  ])
  const { view } = await load(story, ada)
  const [first, second] = view.blocks
  expect(view.currentBlockId).toBe(first?.id)
  expect(view.timer).toEqual({ endsAt: '2026-11-22T09:08:00.000Z', left: null })

  pass({ minutes: 3 })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: first?.id ?? null } })
  pass({ minutes: 9.5 })
  await ada.api.previousBlock({ params, body: { id: randomUUID(), from: second?.id ?? null } })
  expect(await timer()).toEqual({ endsAt: '2026-11-22T09:17:30.000Z', left: null })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: first?.id ?? null } })
  expect(await timer()).toEqual({ endsAt: '2026-11-22T09:13:30.000Z', left: null })
})

it('L2, L3: a command that comes again much later, after going there and back, happens once', async () => {
  const story = await openCircle()
  const { ada, cleo, session: params } = story
  await ada.api.openRoom({ params })
  const begin = { params, body: { id: randomUUID(), from: null } }
  await ada.api.nextBlock(begin)
  const now = async () => (await load(story, ada)).view
  const first = (await now()).currentBlockId
  const on = { params, body: { id: randomUUID(), from: first } }
  await ada.api.nextBlock(on)
  const second = (await now()).currentBlockId
  const back = { params, body: { id: randomUUID(), from: second } }
  await ada.api.previousBlock(back)
  const start = {
    params: { ...params, blockId: second ?? '' },
    body: { id: randomUUID(), from: first },
  }

  const watching = await watch(story, cleo)
  await ada.api.nextBlock(on)
  expect((await now()).currentBlockId).toBe(first)
  await cleo.api.startBlock(start)
  await ada.api.previousBlock(back)
  expect((await now()).currentBlockId).toBe(second)
  await ada.api.previousBlock({ params, body: { id: randomUUID(), from: second } })
  await cleo.api.startBlock(start)
  expect((await now()).currentBlockId).toBe(first)

  const command = () => ({ params, body: { id: randomUUID() } })
  const [pause, resume] = [command(), command()]
  await ada.api.pauseTimer(pause)
  await ada.api.resumeTimer(resume)
  await ada.api.pauseTimer(pause)
  expect((await now()).timer.left).toBeNull()
  await cleo.api.pauseTimer(command())
  await ada.api.resumeTimer(resume)
  expect((await now()).timer.endsAt).toBeNull()
  await expectSame(story, watching)
  expect(names(watching)).toEqual([
    ...['block-started', 'block-started'],
    ...['timer-changed', 'timer-changed', 'timer-changed'],
  ])
})

it('L3: a paused timer stands still, runs on from there, and time added after the end counts from now', async () => {
  const story = await openCircle()
  const { ada, session: params, pass } = story
  const timer = async () => (await load(story, ada)).view.timer
  await goTo(story, 'check-in')

  pass({ minutes: 2 })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 30 })
  expect(await timer()).toEqual({ endsAt: null, left: 360 })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  expect(await timer()).toEqual({ endsAt: null, left: 480 })
  await ada.api.resumeTimer({ params, body: { id: randomUUID() } })
  expect(await timer()).toEqual({ endsAt: '2026-11-22T09:40:00.000Z', left: null })
  pass({ minutes: 20 })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  expect(await timer()).toEqual({ endsAt: '2026-11-22T09:54:00.000Z', left: null })
})

it('L4: nothing of an answer is in any frame or in anybody else’s response before the reveal; then it is in all', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  const secret = 'canary-4711-honest-words'
  const late = 'canary-4712-never-revealed'
  const watchers = [await watch(story, ada), await watch(story, ben), await watch(story, cleo)]
  const blockId = await goTo(story, 'write')

  await ben.api.writeAnswer({ params, body: answerOf(blockId, secret) })
  await cleo.api.writeAnswer({ params, body: answerOf(blockId, 'Hers is short.', { done: false }) })
  for (const watching of watchers) await watching.view()
  const others = await Promise.all(
    [ada, cleo].flatMap((person) =>
      [
        `/api/sessions/${story.sessionId}/room`,
        `/api/sessions/${story.sessionId}`,
        `/api/sessions/${story.sessionId}/wrap-up`,
      ].map((url) => person.request({ url })),
    ),
  )
  const seen = () => JSON.stringify(watchers.map(({ heard }) => heard.frames))
  expect(others.map(({ body }) => body).join()).not.toContain('canary')
  expect(seen()).not.toContain('canary')
  expect((await load(story, ben)).mine).toMatchObject([{ body: secret, revision: 1, done: true }])

  await ada.api.revealAnswers({ params: { ...params, blockId } })
  for (const watching of watchers) {
    const block = (await expectSame(story, watching)).blocks.find(({ id }) => id === blockId)
    expect(block?.answers.map(({ body }) => body).sort()).toEqual(['Hers is short.', secret])
  }
  await expect(
    ben.api.writeAnswer({ params, body: answerOf(blockId, late, { revision: 9 }) }),
  ).rejects.toMatchObject({ code: 'conflict' })

  const close = blockOf((await load(story, ada)).view, 'close')
  await ada.api.startBlock({
    params: { ...params, blockId: close },
    body: { id: randomUUID(), from: blockId },
  })
  await ben.api.writeAnswer({ params, body: answerOf(close, late) })
  await ada.api.closeSession({ params })
  for (const watching of watchers) await watching.view()
  expect(seen()).not.toContain(late)
  const mail = JSON.stringify(await story.mail())
  expect(mail).toContain(secret)
  expect(mail).not.toContain(late)
})

it('L16: what stays hidden is revealed by nobody; its writer finds it in the wrap-up, and the others do not', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  const secret = 'canary-4713-ten-numbers'
  const watching = await watch(story, cleo)
  const { view } = await load(story, ada)
  const blockId = blockOf(view, 'write')
  await story.house.db
    .update(blocks)
    .set({ options: { stayHidden: true } })
    .where(eq(blocks.id, blockId))
  await goTo(story, 'write')
  await ben.api.writeAnswer({ params, body: answerOf(blockId, secret) })

  await expect(ada.api.revealAnswers({ params: { ...params, blockId } })).rejects.toThrow(
    'stays with its writers; there is no reveal',
  )
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: blockId } })
  await ada.api.closeSession({ params })
  await watching.view()

  const stays = (person: TestPerson) => person.api.listWhatStays({ params })
  expect(await stays(ben)).toEqual([{ blockId, title: 'A leader I admire', body: secret }])
  expect([await stays(ada), await stays(cleo)]).toEqual([[], []])
  const others = [await ada.api.getWrapUp({ params }), await load(story, ada), await load(story, cleo)]
  expect(JSON.stringify([others, watching.heard.frames, await story.mail()])).not.toContain('canary')
})

it('L17: the room hears who was there after all, and who was not; whoever comes back is counted on', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  const watching = await watch(story, cleo)
  const set = (person: TestPerson, present: boolean) =>
    ada.api.setAttendance({ params: { ...params, accountId: person.id }, body: { present } })
  const there = async () =>
    (await expectSame(story, watching)).people.map(({ name, screen, spoken }) => [name, screen, spoken])
  await ada.api.openRoom({ params })
  await cleo.api.enterRoom({ params })

  await set(ben, true)
  await set(ben, true)
  expect(await there()).toContainEqual(['Ben', false, 0])
  await ben.api.enterRoom({ params })
  expect(await there()).toContainEqual(['Ben', true, 0])
  const turnId = randomUUID()
  await ben.api.raiseHand({ params, body: { turnId } })
  await ada.api.giveTurn({ params: { ...params, turnId } })
  await set(ben, false)
  await set(ben, false)
  expect((await there()).map(([name]) => name)).not.toContain('Ben')
  await set(ben, true)
  expect(await there()).toContainEqual(['Ben', false, 1])
  await ben.api.enterRoom({ params })
  expect(await there()).toContainEqual(['Ben', true, 1])

  expect(names(watching).filter((type) => ['entered', 'counted-out'].includes(type))).toEqual([
    'entered',
    'entered',
    'entered',
    'entered',
    'counted-out',
    'entered',
    'entered',
  ])
})

it('L18: a check-in looks back: the circle sees what is open from earlier, its owner answers, and the room hears it', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params, house } = story
  const [group] = await house.db.select().from(sessions).where(eq(sessions.id, story.sessionId))
  const groupId = group?.groupId ?? ''
  const [before, promise] = [randomUUID(), randomUUID()]
  const startsAt = new Date(house.now().getTime() - 14 * 86_400_000)
  await house.db.insert(sessions).values({
    ...{ id: before, groupId, title: 'Kickoff', status: 'wrapped-up', startsAt },
    endsAt: new Date(startsAt.getTime() + 3_600_000),
  })
  await house.db.insert(commitments).values(
    [ben.id, cleo.id].map((accountId) => ({
      ...{ id: accountId === ben.id ? promise : randomUUID(), groupId, sessionId: before, accountId },
      ...{ cue: 'the meeting drifts', action: 'name it kindly', madeAt: startsAt },
      status: accountId === ben.id ? ('open' as const) : ('done' as const),
    })),
  )
  await goTo(story, 'check-in')
  const watching = await watch(story, cleo)
  const earlier = (person: TestPerson) => person.api.listEarlierCommitments({ params })
  expect(await earlier(cleo)).toMatchObject([{ id: promise, name: 'Ben', status: 'open' }])

  const answer = { params: { id: promise }, body: { status: 'partly', reflection: 'Once.' } } as const
  await expect(cleo.api.closeCommitment(answer)).rejects.toMatchObject({ code: 'not-found' })
  await ben.api.closeCommitment(answer)
  await expectSame(story, watching)
  expect(watching.heard.events()).toEqual([{ type: 'promise-answered', commitmentId: promise }])
  expect(await earlier(ada)).toMatchObject([{ id: promise, status: 'partly', reflection: 'Once.' }])
  const zoe = await story.person('Zoe')
  await expect(earlier(zoe)).rejects.toMatchObject({ code: 'not-found' })
})

it('L18: every room of the group that is open hears what became of a promise', async () => {
  const story = await openPods()
  const { ada, ben, cleo, dan } = story
  const rooms = [
    await story.open([{ kind: 'check-in', minutes: 5, options: { lastTime: true } }], [ben, cleo]),
    await story.open([{ kind: 'check-in', minutes: 5, options: { lastTime: true } }], [ben, dan]),
  ]
  const promise = promiseOf()
  await ben.api.makeCommitment({ params: rooms[0]?.params ?? { sessionId: '' }, body: promise })
  const watching = await Promise.all(rooms.map((room) => room.watch(ada)))

  const answer = { params: { id: promise.id }, body: { status: 'done' } } as const
  await ben.api.closeCommitment(answer)
  await ben.api.closeCommitment(answer)
  for (const one of watching) {
    await one.agrees()
    expect(one.frames().split('"promise-answered"')).toHaveLength(2)
  }
})

it('L5: a late retry of an older text changes nothing, and the writer is told what is kept', async () => {
  const story = await openCircle()
  const { ben, session: params } = story
  const blockId = await goTo(story, 'write')
  const draft = answerOf(blockId, 'First.', { done: false })

  await ben.api.writeAnswer({ params, body: draft })
  await ben.api.writeAnswer({ params, body: { ...draft, body: 'First, and second.', revision: 2 } })
  const kept = await ben.api.writeAnswer({ params, body: draft })

  expect(kept).toMatchObject({ body: 'First, and second.', revision: 2 })
  expect((await load(story, ben)).mine).toMatchObject([{ body: 'First, and second.', revision: 2 }])
})

it('L6: writing is refused in a sentence where there is nothing to write, and too much of it too', async () => {
  const story = await openCircle()
  const { ben, session: params } = story
  const blockId = await goTo(story, 'check-in')
  const { view } = await load(story, ben)
  const write = (body: string, block: string) => ben.api.writeAnswer({ params, body: answerOf(block, body) })

  await expect(write('Hello', blockId)).rejects.toThrow('Nothing is written in this block.')
  await expect(write('Hello', blockOf(view, 'write'))).rejects.toThrow('This block has not begun yet.')
  await expect(write('Hello', randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  await expect(write('x'.repeat(4_001), blockId)).rejects.toThrow('4,000')
  await goTo(story, 'write')
  await expect(write('  ', blockOf(view, 'write'))).rejects.toThrow('Write something first')
})

it('L5: what a room writes at the same moment is kept together, in one order for everybody, and nobody fails for another', async () => {
  const story = await openCircle()
  const { ben, cleo, ada, session: params } = story
  const blockId = await goTo(story, 'write')
  // Whoever is in the room already.
  for (const one of [ben, cleo, ada]) await one.api.enterRoom({ params })
  const room = await watch(story, ada)
  const taken = answerOf(blockId, 'Ben was first.', { done: false })
  await ben.api.writeAnswer({ params, body: taken })

  const said = await Promise.allSettled([
    ben.api.writeAnswer({ params, body: { ...taken, body: 'Ben wrote on.', revision: 2, done: true } }),
    // The same once more, as a retry on a slow line.
    ben.api.writeAnswer({ params, body: { ...taken, body: 'Ben wrote on.', revision: 2, done: true } }),
    ada.api.writeAnswer({ params, body: answerOf(blockId, 'Ada, and \u0000 nothing.') }),
    cleo.api.writeAnswer({ params, body: answerOf(blockId, 'Cleo: “a \\ {b}, "c"” NULL') }),
  ])
  expect(said.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  await expect(ada.api.writeAnswer({ params, body: { ...taken, revision: 3 } })).rejects.toThrow(
    'not be kept',
  )
  await ada.api.writeAnswer({ params, body: answerOf(blockId, 'Ada with half a sign: \ud83d.') })
  const mine = async (person: TestPerson) => (await load(story, person)).mine.map(({ body }) => body)
  expect([await mine(ben), await mine(cleo), await mine(ada)]).toEqual([
    ['Ben wrote on.'],
    ['Cleo: “a \\ {b}, "c"” NULL'],
    ['Ada with half a sign: \ufffd.'],
  ])
  await expectSame(story, room)
  expect(names(room).filter((name) => name === 'answer-written')).toHaveLength(3)
})

it('L7: whoever comes back hears exactly what they missed, and two followers hear the same', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  const { position } = await load(story, ben)
  const steady = await ben.follow(story.sessionId, position)
  const dropping = await cleo.follow(story.sessionId, position)
  await goTo(story, 'discuss')
  const { position: at } = await load(story, cleo)
  await caughtUp(dropping, at.number - position.number)
  dropping.close()
  await dropping.closed

  await ben.api.raiseHand({ params, body: { turnId: randomUUID() } })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  const back = await cleo.follow(story.sessionId, at)
  await ben.api.makeCommitment({ params, body: promiseOf() })
  await back.until('commitment-made')
  await steady.until('commitment-made')

  const news = (heard: Heard) => heard.frames.filter(({ type }) => type === 'news')
  expect(back.events().map(({ type }) => type)).toEqual(['hand-raised', 'timer-changed', 'commitment-made'])
  expect([...news(dropping), ...news(back)]).toEqual(news(steady))
})

it('L8: the queue gives one hand each, and a hand that went up meanwhile stays up', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  await goTo(story, 'discuss')
  const [first, second, late] = [randomUUID(), randomUUID(), randomUUID()]
  await ben.api.raiseHand({ params, body: { turnId: first } })
  await ben.api.raiseHand({ params, body: { turnId: second } })
  await cleo.api.raiseHand({ params, body: { turnId: late } })

  await ada.api.lowerAllHands({ params, body: { turnIds: [first] } })

  expect((await load(story, ben)).view.queue.map(({ turnId }) => turnId)).toEqual([late])
  await expect(ben.api.lowerHand({ params: { ...params, turnId: late } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(ada.api.giveTurn({ params: { ...params, turnId: first } })).rejects.toThrow('lowered again')
})

it('L9: members take part, only facilitators and organizers run it, and strangers hear that there is nothing', async () => {
  const story = await openCircle()
  const { ada, ben, cleo, session: params } = story
  const eve = await story.person('Eve')
  const turnId = randomUUID()
  const running = (person: TestPerson) => [
    () => person.api.openRoom({ params }),
    () =>
      person.api.startBlock({
        params: { ...params, blockId: turnId },
        body: { id: randomUUID(), from: null },
      }),
    () => person.api.nextBlock({ params, body: { id: randomUUID(), from: null } }),
    () => person.api.previousBlock({ params, body: { id: randomUUID(), from: null } }),
    () => person.api.pauseTimer({ params, body: { id: randomUUID() } }),
    () => person.api.resumeTimer({ params, body: { id: randomUUID() } }),
    () => person.api.extendTimer({ params, body: { id: turnId, minutes: 1 } }),
    () => person.api.revealAnswers({ params: { ...params, blockId: turnId } }),
    () => person.api.giveTurn({ params: { ...params, turnId } }),
    () => person.api.lowerAllHands({ params, body: { turnIds: [] } }),
    () => person.api.closeSession({ params }),
  ]
  const partaking = (person: TestPerson) => [
    () => person.api.getRoom({ params }),
    () => person.api.enterRoom({ params }),
    () => person.api.writeAnswer({ params, body: answerOf(turnId, 'x') }),
    () => person.api.raiseHand({ params, body: { turnId } }),
    () => person.api.lowerHand({ params: { ...params, turnId } }),
    () => person.api.endTurn({ params: { ...params, turnId } }),
    () => person.api.makeCommitment({ params, body: promiseOf() }),
    () => person.api.changeCommitment({ params: { ...params, commitmentId: turnId }, body: promiseOf() }),
    () => person.api.withdrawCommitment({ params: { ...params, commitmentId: turnId } }),
  ]
  for (const verb of [...running(eve), ...partaking(eve)])
    await expect(verb()).rejects.toMatchObject({ code: 'not-found' })
  for (const verb of running(ben)) await expect(verb()).rejects.toMatchObject({ code: 'not-allowed' })

  await ada.api.openRoom({ params })
  for (const person of [ben, cleo]) await person.api.raiseHand({ params, body: { turnId: randomUUID() } })
  await cleo.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
  expect((await load(story, ben)).notes).toEqual([])
  expect((await load(story, cleo)).notes).toHaveLength(PLAN.length)
})

it('L10: a removed member’s socket closes within a second, and the room is not there for them any more', async () => {
  const story = await openCircle()
  const { ada, ben, slug, session: params } = story
  await goTo(story, 'discuss')
  const { heard } = await watch(story, ben)

  await ada.api.removeMember({
    params: { slug, accountId: ben.id },
    body: { reason: 'He moved to another town.' },
  })
  const started = Date.now()
  expect(await heard.closed).toBe(4003)
  expect(Date.now() - started).toBeLessThan(1_000)
  await expect(load(story, ben)).rejects.toMatchObject({ code: 'not-found' })
  await expect(ben.api.raiseHand({ params, body: { turnId: randomUUID() } })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('L11: before the door opens and after it closes, each verb says in a sentence how things stand', async () => {
  const story = await openCircle()
  const { ada, ben, session: params } = story
  const hand = () => ben.api.raiseHand({ params, body: { turnId: randomUUID() } })
  await expect(hand()).rejects.toThrow('The room is not open yet.')
  await expect(ada.api.closeSession({ params })).rejects.toThrow('has not been opened')
  await ada.api.openRoom({ params })
  await expect(ada.api.pauseTimer({ params, body: { id: randomUUID() } })).rejects.toThrow(
    'No block has begun yet',
  )
  await expect(ada.api.previousBlock({ params, body: { id: randomUUID(), from: null } })).rejects.toThrow(
    'no block before',
  )
  await goTo(story, 'close')
  const { view } = await load(story, ada)
  await expect(
    ada.api.nextBlock({ params, body: { id: randomUUID(), from: view.currentBlockId } }),
  ).rejects.toThrow('This is the last block.')
  await ada.api.closeSession({ params })
  await expect(hand()).rejects.toThrow('This session is over.')
  await expect(ada.api.openRoom({ params })).rejects.toThrow('This session is over.')
})

it('L11: an empty plan says what to do', async () => {
  const story = await openCircle({ plan: [] })
  const { ada, session: params } = story
  await ada.api.openRoom({ params })
  await expect(ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } })).rejects.toThrow(
    'Add a block to it first.',
  )
})

it('L12: a commitment that was taken back is gone everywhere, also from what is caught up on', async () => {
  const story = await openCircle()
  const { ben, session: params } = story
  await goTo(story, 'commit')
  const { position, view: before } = await load(story, ben)
  const promise = promiseOf({ action: 'canary-withdrawn' })
  await ben.api.makeCommitment({ params, body: promise })
  await ben.api.withdrawCommitment({ params: { ...params, commitmentId: promise.id } })

  const late = await ben.follow(story.sessionId, position)
  await late.until('commitment-withdrawn')

  expect(JSON.stringify(late.frames)).not.toContain('canary')
  const folded = (late.events() as LiveEvent[]).reduce(applyLiveEvent, before)
  expect(folded).toEqual((await load(story, ben)).view)
})
