import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { memberships, topics } from '#db/schema.ts'
import { lookAfterLeaders } from '#server/live/look-after-leaders.ts'
import type { BlockKind, PlanOptions } from '#shared/guide.ts'
import { LONGEST_ANSWER } from '#shared/live.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

/** A session at its first block, with Ben, Cleo and Dan in it, whose code lets guests in. */
async function openAttacked(kind: BlockKind, options: PlanOptions = {}) {
  const story = await openPods()
  const { ada, ben, cleo, dan } = story
  const session = await story.open(
    [
      { kind, minutes: 10, options },
      { kind: 'write', minutes: 5, options: {} },
    ],
    [ben, cleo, dan],
  )
  const { params } = session
  await ada.api.setDoor({ params, body: { guests: true, shown: true } })
  await session.goTo(0)
  const [blockId = ''] = session.blockIds
  const comeIn = async (name: string): Promise<TestPerson> => {
    const { code } = (await session.view()).door
    const answer = await story.stranger().request({
      method: 'POST',
      url: '/api/join/guest',
      payload: { code, name },
    })
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? ''
    const guest = story.withCookie('', name, cookie)
    const id = (await guest.api.getRoom({ params })).me.accountId
    await guest.api.enterRoom({ params })
    return { ...guest, id }
  }
  const write = (by: TestPerson, body: string, more = {}) =>
    by.api.writeAnswer({
      params,
      body: { id: randomUUID(), blockId, body, revision: 1, done: true, ...more },
    })
  return { ...story, session, params, blockId, comeIn, write }
}

it('L24: the longest answer is kept whole without names, whatever it is written in', async () => {
  const { ada, ben, cleo, dan, params, blockId, session, write } = await openAttacked('write', {
    anonymous: true,
  })
  const faces = `${'😀'.repeat(LONGEST_ANSWER - 4)}Ende`
  await write(ben, faces)
  expect((await ben.api.getRoom({ params })).mine.map(({ body }) => body === faces)).toEqual([true])
  await write(cleo, 'Short.')
  await write(dan, 'Also short.')
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  expect((await session.block(0)).answers.filter(({ body }) => body === faces)).toHaveLength(1)
})

it('L27, L42: a guest who was sent out is not counted in a vote', async () => {
  const story = await openAttacked('vote')
  const { ada, ben, groupId, house, session, params, blockId, comeIn } = story
  const topicId = randomUUID()
  await house.db.insert(topics).values({
    ...{ id: topicId, groupId, sessionId: session.sessionId, position: 0 },
    ...{ blockId: null, title: 'Meetings', madeAt: house.now() },
  })
  const guest = await comeIn('Gita')
  const vote = (by: TestPerson) =>
    by.api.saveBallot({
      params,
      body: { blockId, revision: 1, dots: [{ topicId, dots: 3 }], step: null, done: true },
    })
  await vote(guest)
  await vote(ben)
  const watching = await session.watch(ben)
  await ada.api.sendGuestOut({ params: { ...params, accountId: guest.id } })
  await ada.api.countVotes({ params: { ...params, blockId } })
  expect((await watching.agrees()).blocks[0]).toMatchObject({
    count: { voters: 1, dots: [{ topicId, dots: 3 }] },
  })
})

it('L31, L42: a guest who was sent out has no place in the go-round', async () => {
  const { ada, ben, session, params, blockId, comeIn } = await openAttacked('check-in', { goRound: true })
  const guest = await comeIn('Gita')
  const watching = await session.watch(ben)
  expect((await session.block(0)).goRound?.seats.map(({ accountId }) => accountId)).toContain(guest.id)
  await ada.api.callOn({ params: { ...params, blockId }, body: { from: null, accountId: guest.id } })
  await ada.api.sendGuestOut({ params: { ...params, accountId: guest.id } })
  const view = await watching.agrees()
  expect(view.blocks[0]?.goRound?.seats.map(({ accountId }) => accountId)).not.toContain(guest.id)
  expect(view.speaking).toBeNull()
})

it('L39: while the table is locked nobody else who runs sessions puts answers together, where members may not', async () => {
  const story = await openAttacked('write')
  const { ada, ben, cleo, session, params, blockId, write, join } = story
  const olga = await join('Olga', 'organizer')
  await olga.api.enterRoom({ params })
  await write(ben, 'One.')
  await write(cleo, 'Two.')
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const { answers } = await session.block(0)
  const [first, second] = answers
  const topicIds = [randomUUID(), randomUUID()] as const
  const gather = (by: TestPerson, topicId: string, id = '') =>
    by.api.gatherAnswers({
      params: { ...params, topicId },
      body: { blockId, title: '', answers: [{ id, from: null }] },
    })
  await gather(ada, topicIds[0], first?.id)
  await ada.api.lockTable({ params, body: { locked: true } })
  const refused = { code: 'not-allowed', message: expect.stringContaining('locked the table') as string }
  const topic = { params: { ...params, topicId: topicIds[0] } }
  await expect(gather(olga, topicIds[1], second?.id)).rejects.toMatchObject(refused)
  await expect(olga.api.renameTopic({ ...topic, body: { title: 'Mine' } })).rejects.toMatchObject(refused)
  await expect(
    olga.api.takeAnswerOut({ params: { ...topic.params, answerId: first?.id ?? '' } }),
  ).rejects.toMatchObject(refused)
  await expect(olga.api.removeTopic(topic)).rejects.toMatchObject(refused)
  await gather(ada, topicIds[1], second?.id)
  await expect(
    olga.api.mergeTopics({ params: { ...params, topicId: topicIds[1] }, body: { into: topicIds[0] } }),
  ).rejects.toMatchObject(refused)
  expect((await session.view()).topics.map(({ title }) => title).sort()).toEqual(['One.', 'Two.'])
})

it('L25: a whole room that puts answers together at once gets on', async () => {
  const { ada, ben, cleo, dan, session, params, blockId, write } = await openAttacked('write', {
    groupTogether: true,
  })
  const people = [ben, cleo, dan]
  for (const one of people) await write(one, `Of ${one.name}.`)
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const { answers } = await session.block(0)
  const topicId = randomUUID()
  const gather = (by: TestPerson) =>
    answers.map(({ id }) =>
      by.api.gatherAnswers({
        params: { ...params, topicId },
        body: { blockId, title: '', answers: [{ id, from: null }] },
      }),
    )
  // More at once than the database has lines.
  await Promise.all(Array.from({ length: 10 }, () => people.flatMap(gather)).flat())
  expect((await session.view()).topics).toMatchObject([{ id: topicId, answerIds: { length: 3 } }])
}, 30_000)

it('L42: of codes that are tried at the same moment no more tell anything than of those that are tried one by one', async () => {
  const story = await openHouse({ settings: { limits: true } })
  const zoe = await story.person('Zoe')
  const tries = Array.from({ length: 40 }, () =>
    zoe.api.findByCode({ query: { code: 'QQQQQQ' } }).catch((problem: unknown) => problem),
  )
  const joins = Array.from({ length: 40 }, () =>
    zoe.api.joinAsGuest({ body: { code: 'QQQQQQ', name: '' } }).catch((problem: unknown) => problem),
  )
  const said = (await Promise.all([...tries, ...joins])) as { code: string }[]
  expect(said.filter(({ code }) => code === 'not-found').length).toBeLessThanOrEqual(10)
  expect(said.filter(({ code }) => code === 'too-many').length).toBeGreaterThanOrEqual(70)
})

it('L45: from what the room hears nobody can tell who was asked to be a witness', async () => {
  const { ben, cleo, dan, session, params } = await openAttacked('commit')
  const watching = await session.watch(dan)
  const { position } = await cleo.api.getRoom({ params })
  const seat = await cleo.follow(session.sessionId, position)
  const commitmentId = randomUUID()
  const words = { cue: 'the meeting begins', action: 'speak first', due: null }
  await ben.api.makeCommitment({ params, body: { id: commitmentId, ...words, witnessId: cleo.id } })
  await seat.until('witness-asked')
  expect(await cleo.api.listMyWitnesses({ params })).toMatchObject({
    ofMine: [{ commitmentId, state: 'asked' }],
  })
  await watching.agrees()
  expect(watching.frames()).toContain('witness-asked')
  const told = seat.events().filter(({ type }) => type === 'witness-asked')
  expect(told).toEqual([{ type: 'witness-asked' }])
})

it('L42: a guest who is sent out does not come back with what they had asked at that moment', async () => {
  const { ada, ben, session, params, blockId, comeIn, write } = await openAttacked('write')
  const guest = await comeIn('Gita')
  const watching = await session.watch(ben)
  const quietly = (asked: Promise<unknown>) => asked.catch(() => undefined)
  const ask = (revision: number) => [
    quietly(write(guest, 'Rude words.', { revision, done: revision % 2 === 0 })),
    quietly(guest.api.raiseHand({ params, body: { turnId: randomUUID() } })),
  ]
  await Promise.all([
    ...[1, 2, 3].flatMap(ask),
    ada.api.sendGuestOut({ params: { ...params, accountId: guest.id } }),
    ...[4, 5, 6, 7, 8].flatMap(ask),
  ])
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const view = await watching.agrees()
  expect(view.people.map(({ name }) => name)).not.toContain('Gita')
  expect(view.queue).toEqual([])
  expect(view.blocks[0]).toMatchObject({ answers: [], written: [] })
})

it('L39: whoever may not run the session any more is followed as its leader, and their lock holds nobody up', async () => {
  const { ada, ben, cleo, groupId, house, session, params, pass, join } = await openAttacked('write')
  const olga = await join('Olga', 'facilitator')
  await olga.api.enterRoom({ params })
  const here = [ada, ben, olga].map(({ id }) => id)
  const watchFor = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 2) {
      pass({ minutes: 2 / 60 })
      await lookAfterLeaders(house, [{ roomId: session.sessionId, here, everywhere: here }])
    }
  }
  const lead = async () => (await session.view()).lead
  const name = (...people: TestPerson[]) =>
    ada.api.nameCoFacilitators({ params, body: { accountIds: people.map(({ id }) => id) } })

  // Ben is named no longer while he leads.
  await name(ben, cleo)
  await ada.api.handLead({ params, body: { to: ben.id } })
  await watchFor(40)
  expect((await lead()).leaderId).toBe(ben.id)
  await name(cleo)
  await watchFor(40)
  expect((await lead()).leaderId).toBe(ada.id)

  // Olga locked the table, and is a member by now.
  await ada.api.handLead({ params, body: { to: olga.id } })
  await olga.api.lockTable({ params, body: { locked: true } })
  await house.db
    .update(memberships)
    .set({ role: 'member' })
    .where(and(eq(memberships.groupId, groupId), eq(memberships.accountId, olga.id)))
  await watchFor(40)
  expect(await lead()).toMatchObject({ leaderId: ada.id, locked: false })
}, 60_000)

it('L1: an id that is spelled in another way is refused, so that no device folds to something else', async () => {
  const { ben, dan, session, params, blockId, write } = await openAttacked('write')
  const watching = await session.watch(dan)
  const turnId = randomUUID().toUpperCase()
  const refused = { code: 'invalid' }
  await expect(ben.api.raiseHand({ params, body: { turnId } })).rejects.toMatchObject(refused)
  for (const spelled of [blockId.toUpperCase(), `urn:uuid:${blockId}`])
    await expect(write(ben, 'Mine.', { blockId: spelled })).rejects.toMatchObject(refused)
  const { queue, blocks } = await watching.agrees()
  expect(queue).toEqual([])
  expect(blocks[0]?.written).toEqual([])
})
