import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { answers } from '#db/schema.ts'
import { changeLiveSession } from '#server/live/change-session-room.ts'
import type { Seat } from '#server/sessions/guards.ts'
import { settleTopics } from '#server/topics/settle-topics.ts'
import type { PlanOptions } from '#shared/guide.ts'
import { LONGEST_TOPIC } from '#shared/topics.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type PodsStory } from '#tests/pods.ts'

/** A block in which Ada, Ben and Cleo wrote, revealed; the second block comes after it. */
async function openRevealed(
  options: PlanOptions = {},
  bodies = ['We start late.', 'Nobody prepares.', 'Too late again.'],
  given?: PodsStory,
) {
  const story = given ?? (await openPods())
  const { ada, ben, cleo } = story
  const plan = [
    { kind: 'write' as const, minutes: 5, options },
    { kind: 'write' as const, minutes: 5, options: {} },
  ]
  const session = await story.open(plan, [ada, ben, cleo])
  await session.goTo(0)
  const [blockId = '', nextId = ''] = session.blockIds
  const { params } = session
  const writers = [ada, ben, cleo]
  for (const [index, body] of bodies.entries()) {
    const draft = { id: randomUUID(), blockId, body, revision: 1, done: true }
    await writers[index]?.api.writeAnswer({ params, body: draft })
    story.pass({ minutes: 1 })
  }
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const { answers: revealed } = await session.block(0)
  const ids = bodies.map(
    (body) => revealed.find((answer) => answer.body === body.trim() || answer.body === body)?.id ?? '',
  )
  const gather = (
    by: TestPerson,
    topicId: string,
    moved: { id: string; from: string | null }[],
    more: { blockId?: string; title?: string } = {},
  ) =>
    by.api.gatherAnswers({
      params: { ...params, topicId },
      body: { blockId, title: '', answers: moved, ...more },
    })
  const settle = () =>
    changeLiveSession(story.house, { session: { id: session.sessionId } } as Seat, settleTopics)
  const topics = async () => (await session.view()).topics
  return { ...story, session, params, blockId, nextId, ids, gather, settle, topics }
}

it('L25: answers are put together, named, taken out, merged and taken apart; a follower folds to what a newcomer loads', async () => {
  const { ada, ben, session, params, ids, gather, topics } = await openRevealed()
  const [late = '', nobody = '', again = ''] = ids
  const watching = await session.watch(ben)
  const events = () => (watching.frames().match(/topics-changed/g) ?? []).length
  const twice = async (happens: number, verb: () => Promise<unknown>) => {
    const before = events()
    await verb()
    await verb()
    await watching.agrees()
    expect(events() - before).toBe(happens)
  }
  const [heap, other] = [randomUUID(), randomUUID()]
  await twice(1, () =>
    gather(
      ada,
      heap,
      [late, again].map((id) => ({ id, from: null })),
    ),
  )
  expect(await topics()).toMatchObject([{ id: heap, title: 'We start late.', named: false, position: 0 }])
  await twice(1, () =>
    ada.api.renameTopic({ params: { ...params, topicId: heap }, body: { title: ' Being on  time ' } }),
  )
  expect(await topics()).toMatchObject([{ title: 'Being on time', named: true }])
  await twice(1, () => gather(ada, other, [{ id: nobody, from: null }]))
  await twice(1, () => gather(ada, other, [{ id: again, from: heap }]))
  expect((await topics()).map(({ answerIds }) => answerIds)).toEqual([[late], [nobody, again]])
  await twice(1, () => ada.api.takeAnswerOut({ params: { ...params, topicId: other, answerId: nobody } }))
  await twice(1, () => ada.api.mergeTopics({ params: { ...params, topicId: other }, body: { into: heap } }))
  expect(await topics()).toMatchObject([{ id: heap, title: 'Being on time', answerIds: [late, again] }])
  await twice(1, () => ada.api.removeTopic({ params: { ...params, topicId: heap } }))
  expect(await topics()).toEqual([])
  expect((await session.block(0)).answers).toHaveLength(3)
})

it('L25: the last answer that is taken out takes its topic along; a line that was added stays', async () => {
  const { ada, ben, session, params, ids, gather, topics } = await openRevealed()
  const [late = ''] = ids
  const [heap, line] = [randomUUID(), randomUUID()]
  const watching = await session.watch(ben)
  await gather(ada, heap, [{ id: late, from: null }])
  await ada.api.addTopic({ params: { ...params, topicId: line }, body: { title: 'Where we meet' } })
  await ada.api.takeAnswerOut({ params: { ...params, topicId: heap, answerId: late } })
  await watching.agrees()
  expect(await topics()).toMatchObject([{ id: line, blockId: null, title: 'Where we meet', answerIds: [] }])
})

it('L5, L26: a line that was removed stays so, also when its adding comes again late', async () => {
  const { ada, ben, session, params, topics } = await openRevealed()
  const line = randomUUID()
  const add = () =>
    ada.api.addTopic({ params: { ...params, topicId: line }, body: { title: 'Where we meet' } })
  const watching = await session.watch(ben)
  await add()
  await ada.api.removeTopic({ params: { ...params, topicId: line } })
  await add()
  await watching.agrees()
  expect(await topics()).toEqual([])
})

it('L25: two people who move the same answer at once lose none, and the second hears of it', async () => {
  const { ada, dan, join, ids, gather, topics, params } = await openRevealed()
  const eda = await join('Eda', 'facilitator')
  const [late = '', nobody = '', again = ''] = ids
  const [one, two] = [randomUUID(), randomUUID()]
  await gather(
    ada,
    one,
    [late, again].map((id) => ({ id, from: null })),
  )
  const moves = await Promise.allSettled([
    gather(ada, two, [
      { id: again, from: one },
      { id: nobody, from: null },
    ]),
    gather(eda, one, [{ id: nobody, from: null }]),
  ])
  expect(moves.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'conflict' } },
  ])
  const gathered = (await topics()).flatMap(({ answerIds }) => answerIds)
  expect(gathered.toSorted()).toEqual([late, nobody, again].toSorted())
  await expect(dan.api.removeTopic({ params: { ...params, topicId: one } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
})

it('L25: members group where the block says so, and only there; strangers hear that there is no such session', async () => {
  const { ada, ben, zoe, params, ids, gather, topics } = await openRevealed()
  const [late = ''] = ids
  const heap = randomUUID()
  await expect(gather(ben, heap, [{ id: late, from: null }])).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(gather(zoe, heap, [{ id: late, from: null }])).rejects.toMatchObject({ code: 'not-found' })
  await gather(ada, heap, [{ id: late, from: null }])
  const at = { params: { ...params, topicId: heap } }
  for (const person of [ben, zoe]) {
    const code = person === ben ? 'not-allowed' : 'not-found'
    await expect(person.api.renameTopic({ ...at, body: { title: 'Mine' } })).rejects.toMatchObject({ code })
    await expect(person.api.mergeTopics({ ...at, body: { into: randomUUID() } })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      person.api.takeAnswerOut({ params: { ...at.params, answerId: late } }),
    ).rejects.toMatchObject({ code })
    await expect(person.api.addTopic({ ...at, body: { title: 'Mine' } })).rejects.toMatchObject({ code })
    await expect(person.api.removeTopic(at)).rejects.toMatchObject({ code })
  }
  expect(await topics()).toMatchObject([{ answerIds: [late] }])

  const open = await openRevealed({ groupTogether: true })
  await open.gather(open.ben, heap, [{ id: open.ids[0] ?? '', from: null }])
  await open.ben.api.renameTopic({ params: { ...open.params, topicId: heap }, body: { title: 'Ours' } })
  expect(await open.topics()).toMatchObject([{ title: 'Ours' }])
  const line = { params: { ...open.params, topicId: randomUUID() }, body: { title: 'Mine' } }
  await expect(open.ben.api.addTopic(line)).rejects.toMatchObject({ code: 'not-allowed' })
})

it('L25: what is not revealed, of elsewhere, too long or empty is refused in a sentence, and nothing changes', async () => {
  const story = await openPods()
  const { ada, session, params, ids, nextId, gather, topics } = await openRevealed({}, undefined, story)
  const elsewhere = await openRevealed({}, undefined, story)
  const [late = '', nobody = ''] = ids
  const heap = randomUUID()
  const hidden = { id: randomUUID(), blockId: nextId, body: 'Not yet.', revision: 1, done: true }
  await session.goTo(1)
  const mine = await ada.api.writeAnswer({ params, body: hidden })
  const refused = async (verb: Promise<unknown>, code: string) => {
    await expect(verb).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/\w+ \w+.*\.$/) as string,
    })
    expect(await topics()).toEqual([])
  }
  await refused(gather(ada, heap, [{ id: mine.id, from: null }], { blockId: nextId }), 'not-found')
  await refused(
    gather(ada, heap, [
      { id: late, from: null },
      { id: mine.id, from: null },
    ]),
    'not-found',
  )
  await refused(gather(ada, heap, [{ id: late, from: randomUUID() }]), 'conflict')
  await refused(
    gather(ada, heap, [{ id: late, from: null }], { title: 'x'.repeat(LONGEST_TOPIC + 1) }),
    'invalid',
  )
  await refused(gather(ada, heap, []), 'invalid')
  const at = { params: { ...params, topicId: heap } }
  await refused(ada.api.addTopic({ ...at, body: { title: '   ' } }), 'invalid')
  await refused(ada.api.addTopic({ ...at, body: { title: 'x'.repeat(LONGEST_TOPIC + 1) } }), 'invalid')
  await refused(ada.api.renameTopic({ ...at, body: { title: 'Gone' } }), 'not-found')
  await refused(ada.api.mergeTopics({ ...at, body: { into: heap } }), 'invalid')

  // The id of a topic of another session: nothing is said about it, and nothing of it changes.
  await elsewhere.gather(elsewhere.ada, heap, [{ id: elsewhere.ids[0] ?? '', from: null }])
  await refused(gather(ada, heap, [{ id: nobody, from: null }]), 'conflict')
  await ada.api.removeTopic(at)
  expect(await elsewhere.topics()).toMatchObject([{ id: heap, answerIds: [elsewhere.ids[0]] }])

  await ada.api.closeSession({ params })
  await refused(gather(ada, heap, [{ id: late, from: null }]), 'conflict')
})

it('L26: when a vote or a talk begins, each answer that was put to nothing becomes a topic, once, beside what was gathered and added', async () => {
  const long = 'A long thought about being late. '.repeat(12)
  const { ada, ben, house, session, params, ids, gather, settle, topics } = await openRevealed({}, [
    'We start late.',
    long,
    'Too late again.',
  ])
  const [late = '', , again = ''] = ids
  const [heap, line] = [randomUUID(), randomUUID()]
  await gather(
    ada,
    heap,
    [late, again].map((id) => ({ id, from: null })),
    { title: 'Being on time' },
  )
  await ada.api.addTopic({ params: { ...params, topicId: line }, body: { title: 'Where we meet' } })
  const watching = await session.watch(ben)
  const settled = await settle()
  expect(settled.map(({ title }) => title)).toEqual([
    'Being on time',
    'Where we meet',
    expect.stringMatching(/^A long thought .*late\. A…$/),
  ])
  expect(settled.every(({ title }) => title.length <= LONGEST_TOPIC)).toBe(true)
  expect(await settle()).toEqual(settled)
  await watching.agrees()
  expect(await topics()).toEqual(settled)
  expect((await house.db.select().from(answers)).every(({ topicId }) => topicId !== null)).toBe(true)
})

it('L26: a later writing is voted on by itself, with the lines that somebody added', async () => {
  const { ada, ben, cleo, session, params, nextId, settle } = await openRevealed()
  await settle()
  await ada.api.addTopic({ params: { ...params, topicId: randomUUID() }, body: { title: 'Where we meet' } })
  await session.goTo(1)
  for (const [index, by] of [ben, cleo].entries()) {
    const body = {
      id: randomUUID(),
      blockId: nextId,
      body: `Another ${String(index)}.`,
      revision: 1,
      done: true,
    }
    await by.api.writeAnswer({ params, body })
  }
  await ada.api.revealAnswers({ params: { ...params, blockId: nextId } })
  const titles = (await settle()).map(({ title }) => title)
  expect(titles.toSorted()).toEqual(['Another 0.', 'Another 1.', 'Where we meet'])
})

it('P12: whoever deletes their account takes along the topics that were called by their words', async () => {
  const { ben, ids, gather, ada, session, cleo, topics } = await openRevealed()
  const [late = '', nobody = '', again = ''] = ids
  const [one, two] = [randomUUID(), randomUUID()]
  await gather(ada, one, [{ id: nobody, from: null }])
  await gather(
    ada,
    two,
    [late, again].map((id) => ({ id, from: null })),
  )
  const watching = await session.watch(cleo)
  await ben.api.deleteAccount({ body: { email: ben.email } })
  await watching.agrees()
  expect(await topics()).toMatchObject([{ id: two, answerIds: [late, again] }])
})
