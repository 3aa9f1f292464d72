import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { ballots, memberships, topics } from '#db/schema.ts'
import { readParked } from '#server/ballots/read-ballots.ts'
import { sweepDeadlines } from '#server/live/sweep-deadlines.ts'
import type { PlanOptions } from '#shared/guide.ts'
import type { BallotDraft } from '#shared/ballots.ts'
import type { Frame } from '#shared/rooms.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type OpenSession } from '#tests/pods.ts'

type Story = Awaited<ReturnType<typeof openVote>>

/** The Tuesday circle at a vote on three topics; Ada leads, Ben, Cleo and Dan take part. */
async function openVote(
  options: PlanOptions = {},
  { discuss = { byTopic: true } }: { discuss?: PlanOptions } = {},
) {
  const circle = await openPods()
  const { ada, ben, cleo, dan } = circle
  const session = await circle.open(
    [
      { kind: 'vote', minutes: 3, options },
      { kind: 'discuss', minutes: 24, options: discuss },
      { kind: 'write', minutes: 5, options: {} },
    ],
    [ben, cleo, dan],
  )
  const { sessionId, params } = session
  const topicIds = [randomUUID(), randomUUID(), randomUUID()] as const
  await circle.house.db.insert(topics).values(
    topicIds.map((id, position) => ({
      ...{ id, groupId: circle.groupId, sessionId, position },
      ...{ blockId: null, title: `Topic ${String(position)}`, madeAt: circle.house.now() },
    })),
  )
  await session.goTo(0)
  const [voteId = '', discussId = '', writeId = ''] = session.blockIds
  let revision = 0
  const ballot = (dots: number[], more: Partial<BallotDraft> = {}): BallotDraft => ({
    blockId: voteId,
    revision: ++revision,
    dots: dots.flatMap((many, at) => (many === 0 ? [] : [{ topicId: topicIds[at] ?? '', dots: many }])),
    ...{ step: null, done: true },
    ...more,
  })
  const vote = (person: TestPerson, dots: number[], more: Partial<BallotDraft> = {}) =>
    person.api.saveBallot({ params, body: ballot(dots, more) })
  const look = () => sweepDeadlines(circle.house)
  return {
    ...circle,
    session,
    params,
    voteId,
    discussId,
    writeId,
    topicIds,
    ballot,
    vote,
    look,
    ada,
    ben,
    cleo,
    dan,
  }
}

const counted = async ({ session }: Pick<Story, 'session'>) => (await session.block(0)).count
const discussion = async ({ session }: Pick<Story, 'session'>) => (await session.block(1)).discussion
const seconds = (story: Story, endsAt: string | null | undefined) =>
  (Date.parse(endsAt ?? '') - story.house.now().getTime()) / 1000
const atBlock = ({ params }: Story, blockId: string) => ({ ...params, blockId })

it('L27: a vote is told to nobody until everybody with a screen is done; then the sums are, sorted by dots', async () => {
  const story = await openVote()
  const { ada, ben, cleo, dan, session, vote, topicIds, params } = story
  const watching = await session.watch(cleo)

  expect(await vote(ben, [2, 1, 0], { done: false })).toMatchObject({ done: false })
  await vote(ben, [0, 1, 2])
  await vote(cleo, [0, 0, 3])
  const before = await watching.agrees()
  expect(before.blocks[0]).toMatchObject({
    count: null,
    revealedAt: null,
    written: [ben.id, cleo.id].toSorted(),
  })
  expect((await ben.api.getRoom({ params })).ballots).toMatchObject([
    {
      dots: [
        { topicId: topicIds[1], dots: 1 },
        { topicId: topicIds[2], dots: 2 },
      ],
      done: true,
    },
  ])
  expect((await cleo.api.getRoom({ params })).ballots).toHaveLength(1)
  expect((await ada.api.getRoom({ params })).ballots).toEqual([])

  await vote(dan, [1, 0, 0])
  const after = await watching.agrees()
  expect(after.blocks[0]?.count).toEqual({
    voters: 3,
    dots: [
      { topicId: topicIds[2], dots: 5 },
      { topicId: topicIds[0], dots: 1 },
      { topicId: topicIds[1], dots: 1 },
    ],
    spread: null,
  })
  // What each chose is not kept anywhere.
  const kept = await story.house.db.select().from(ballots).where(eq(ballots.blockId, story.voteId))
  expect(kept.map(({ dots, step }) => [dots, step])).toEqual(kept.map(() => [[], null]))
})

it('L27: when two voters swap what they choose, everybody else receives the same bytes', async () => {
  const heard: string[] = []
  for (const swapped of [false, true]) {
    const story = await openVote()
    const { ada, ben, cleo, dan, session, vote, params } = story
    const known = new Map(
      [ada, ben, cleo, dan, session, ...story.topicIds].map((one, at) => [idOf(one), `id-${at}`]),
    )
    for (const [at, id] of [...session.blockIds, story.groupId].entries()) known.set(id, `block-${at}`)
    const nameOf = (id: string) => known.get(id)
    const watchers = [await session.watch(ada), await session.watch(dan)]
    const choices = [
      [3, 0, 0],
      [0, 1, 2],
    ] as const
    const [first, second] = swapped ? [choices[1], choices[0]] : choices
    await vote(ben, [...first])
    await vote(cleo, [...second])
    const early = await Promise.all([ada, dan].map((one) => one.api.getRoom({ params })))
    await ada.api.countVotes({ params: atBlock(story, story.voteId) })
    for (const one of watchers) await one.agrees()
    const late = await Promise.all([ada, dan].map((one) => one.api.getRoom({ params })))
    const frames = watchers.flatMap((one) => JSON.parse(one.frames()) as Frame[])
    // Everybody came in at the same moment, so their order is that of their random ids; and who is connected is told by the way.
    const rooms = [...early, ...late].map(({ position, view, ...room }) => ({
      ...{ ...room, number: position.number },
      view: {
        ...{ ...view, door: null },
        people: view.people.toSorted((a, b) => a.name.localeCompare(b.name)),
        blocks: view.blocks.map(({ written, ...block }) => ({
          ...block,
          done: written.map(nameOf).toSorted(),
        })),
      },
    }))
    heard.push(
      JSON.stringify([frames.filter(({ type }) => type === 'news'), rooms])
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => known.get(id) ?? 'other')
        .replaceAll(/circle-[0-9a-f]{8}/g, 'circle'),
    )
  }
  expect(heard[0]).toBe(heard[1])
})

const idOf = (one: string | { id: string } | OpenSession): string =>
  typeof one === 'string' ? one : 'id' in one ? one.id : one.sessionId

it('L27: a ballot that is sent twice, or late, counts once; too many dots and what does not fit is refused in a sentence', async () => {
  const story = await openVote()
  const { ben, zoe, params, topicIds, ballot, vote, session, ada } = story
  const first = ballot([1, 1, 0], { done: false })
  const second = ballot([0, 0, 3], { done: false })
  await Promise.all([
    ben.api.saveBallot({ params, body: second }),
    ben.api.saveBallot({ params, body: second }),
  ])
  expect(await ben.api.saveBallot({ params, body: first })).toMatchObject({ dots: [{ dots: 3 }] })

  await expect(vote(ben, [2, 2, 0])).rejects.toThrow('You have 3 dots. Take one back first.')
  await expect(vote(ben, [0, 0, 0], { step: 3 })).rejects.toThrow('dots are given to topics')
  await expect(
    vote(ben, [], { dots: [0, 1].map(() => ({ topicId: topicIds[0], dots: 1 })) }),
  ).rejects.toThrow('Each topic can be named once')
  await expect(vote(ben, [1], { blockId: story.writeId })).rejects.toThrow('has not begun yet')
  await expect(vote(ben, [1], { blockId: randomUUID() })).rejects.toMatchObject({ code: 'not-found' })
  await expect(vote(zoe, [1])).rejects.toMatchObject({ code: 'not-found' })
  await expect(ben.api.countVotes({ params: atBlock(story, story.voteId) })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(zoe.api.countVotes({ params: atBlock(story, story.voteId) })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(await vote(ben, [1], { dots: [{ topicId: randomUUID(), dots: 1 }] })).toMatchObject({ dots: [] })

  const last = ballot([2, 0, 0])
  await ben.api.saveBallot({ params, body: last })
  await ada.api.countVotes({ params: atBlock(story, story.voteId) })
  await ada.api.countVotes({ params: atBlock(story, story.voteId) })
  expect(await ben.api.saveBallot({ params, body: last })).toMatchObject({
    revision: last.revision,
    dots: [],
  })
  await expect(vote(ben, [0, 3, 0])).rejects.toThrow('The votes are counted')
  expect((await session.block(0)).count).toMatchObject({
    voters: 1,
    dots: [{ dots: 2 }, { dots: 0 }, { dots: 0 }],
  })
})

it('L27: where a topic takes one dot from each, a second one is refused', async () => {
  const { ben, vote } = await openVote({ votes: 2, oneDotEach: true })
  await expect(vote(ben, [2, 0, 0])).rejects.toThrow('one dot from you at most')
  expect(await vote(ben, [1, 1, 0])).toMatchObject({ done: true })
})

it('L27: the vote ends when its time is up, by the clock of the server; paused and extended it does not', async () => {
  const story = await openVote()
  const { ada, ben, cleo, session, vote, pass, look, params } = story
  const watching = await session.watch(ben)
  await vote(ben, [3, 0, 0], { done: false })

  pass({ minutes: 2 })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 60 })
  await look()
  expect(await counted(story)).toBeNull()
  await vote(cleo, [0, 1, 0], { done: false })
  await ada.api.resumeTimer({ params, body: { id: randomUUID() } })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  pass({ minutes: 2.9 })
  await look()
  expect(await counted(story)).toBeNull()
  pass({ minutes: 0.2 })
  await expect(vote(cleo, [0, 3, 0])).rejects.toThrow()
  await look()
  await look()
  expect(await counted(story)).toMatchObject({ voters: 2, dots: [{ dots: 3 }, { dots: 1 }, { dots: 0 }] })
  const heard = await watching.agrees()
  expect(heard.blocks[0]?.revealedAt).not.toBeNull()
})

it('L27: a vote that nobody used is not over; more minutes open it again', async () => {
  const story = await openVote()
  const { ada, ben, vote, pass, look, params } = story
  pass({ minutes: 4 })
  await look()
  expect(await counted(story)).toBeNull()
  await expect(vote(ben, [1, 0, 0])).rejects.toThrow('The time of this vote is up')
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  expect(await vote(ben, [1, 0, 0])).toMatchObject({ done: true })
})

it('L27: a late comer votes too; whoever was removed is neither waited for nor counted', async () => {
  const story = await openVote()
  const { ada, ben, cleo, dan, eve, vote, session, look, pass, params } = story
  const watching = await session.watch(ben)
  await vote(ben, [3, 0, 0])
  await vote(cleo, [0, 3, 0])
  await eve.api.enterRoom({ params })
  await vote(dan, [0, 0, 1])
  expect(await counted(story)).toBeNull()
  await vote(eve, [0, 0, 1])
  expect(await counted(story)).toMatchObject({ voters: 4 })
  await ada.api.voteAgain({
    params: atBlock(story, story.voteId),
    body: { from: (await session.block(0)).revealedAt ?? '' },
  })
  await watching.agrees()

  for (const one of [ben, cleo, eve]) await vote(one, [1, 0, 0])
  await story.house.db
    .update(memberships)
    .set({ status: 'removed' })
    .where(and(eq(memberships.groupId, story.groupId), eq(memberships.accountId, cleo.id)))
  expect(await counted(story)).toBeNull()
  await story.house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, dan.id))
  pass({ minutes: 0.2 })
  await look()
  expect(await counted(story)).toMatchObject({ voters: 2 })
})

it('L27: going on ends a vote that somebody used, and closing does too', async () => {
  const story = await openVote()
  const { vote, ben, session } = story
  await session.goTo(2)
  expect(await counted(story)).toBeNull()
  await session.goTo(0)
  await vote(ben, [0, 0, 3], { done: false })
  await session.goTo(1)
  expect(await counted(story)).toMatchObject({ voters: 1 })
  // Topics are taken by their dots.
  expect((await discussion(story))?.topicId).toBe(story.topicIds[2])
})

it('L27: voting again drops the sums once, and gives a minute at least', async () => {
  const story = await openVote()
  const { ada, ben, vote, session, pass } = story
  const watching = await session.watch(ben)
  await vote(ben, [3, 0, 0])
  pass({ minutes: 2.5 })
  await ada.api.countVotes({ params: atBlock(story, story.voteId) })
  const from = (await session.block(0)).revealedAt ?? ''
  const again = { params: atBlock(story, story.voteId), body: { from } }
  await Promise.all([ada.api.voteAgain(again), ada.api.voteAgain(again)])
  expect((await watching.agrees()).blocks[0]).toMatchObject({ count: null, revealedAt: null, written: [] })
  expect(seconds(story, (await session.view()).timer.endsAt)).toBe(60)
  await vote(ben, [0, 1, 0])
  await ada.api.countVotes({ params: atBlock(story, story.voteId) })
  expect(await counted(story)).toMatchObject({ voters: 1, dots: [{ dots: 1 }, { dots: 0 }, { dots: 0 }] })
  await expect(ben.api.voteAgain(again)).rejects.toMatchObject({ code: 'not-allowed' })
})

it('L28: a vote of confidence shows how many gave each step, and with fewer than three votes it does not', async () => {
  const few = await openVote({ confidence: true })
  await expect(few.vote(few.ben, [1], { step: null })).rejects.toThrow('choose one of the five steps')
  await expect(few.vote(few.ben, [], { step: null })).rejects.toThrow('Choose one of the five steps first')
  await few.vote(few.ben, [], { step: 2 })
  await few.vote(few.cleo, [], { step: 4 })
  await few.ada.api.countVotes({ params: atBlock(few, few.voteId) })
  expect(await counted(few)).toEqual({ voters: 2, dots: [], spread: null })

  const story = await openVote({ confidence: true })
  const { ben, cleo, dan, vote, session } = story
  const watching = await session.watch(dan)
  await vote(ben, [], { step: 2 })
  await vote(cleo, [], { step: 4 })
  expect(watching.frames()).not.toContain('"step"')
  await vote(dan, [], { step: 4 })
  expect((await watching.agrees()).blocks[0]?.count).toEqual({ voters: 3, dots: [], spread: [0, 1, 0, 2, 0] })
})

it('L29: topics come one by one with their own deadline; the room says go on, for four minutes, then two, then the next comes', async () => {
  const story = await openVote()
  const { ada, ben, cleo, dan, session, topicIds, pass, look } = story
  const watching = await session.watch(cleo)
  await session.goTo(1)
  const now = async () => (await watching.agrees()).blocks[1]?.discussion
  const say = async (person: TestPerson, goOn: boolean, revision = 1) => {
    const { topicId, extended } = (await discussion(story)) ?? { topicId: '', extended: 0 }
    const body = { topicId: topicId ?? '', extended, goOn, revision }
    await person.api.sayGoOn({ params: atBlock(story, story.discussId), body })
  }
  expect(await now()).toMatchObject({ topicId: topicIds[0], extended: 0, asking: false })
  expect(seconds(story, (await now())?.timer.endsAt)).toBe(480)

  pass({ minutes: 8 })
  await look()
  expect(await now()).toMatchObject({ asking: true, answered: [] })
  expect(seconds(story, (await now())?.timer.endsAt)).toBe(20)
  await say(ben, false)
  await say(ben, true, 2)
  await say(ben, false, 1)
  await say(cleo, true)
  expect((await now())?.answered).toEqual([ben.id, cleo.id].toSorted())
  expect(watching.frames()).not.toContain('goOn')
  await say(dan, false)
  expect(await now()).toMatchObject({ topicId: topicIds[0], extended: 1, asking: false, answered: [] })
  expect(seconds(story, (await now())?.timer.endsAt)).toBe(240)

  pass({ minutes: 4 })
  await look()
  await say(ben, true)
  pass({ minutes: 0.3 })
  await look()
  expect(await now()).toMatchObject({ asking: true })
  pass({ minutes: 0.1 })
  await look()
  expect(await now()).toMatchObject({ topicId: topicIds[0], extended: 2, asking: false })
  expect(seconds(story, (await now())?.timer.endsAt)).toBe(120)

  pass({ minutes: 2 })
  await look()
  expect(await now()).toMatchObject({ topicId: topicIds[1], extended: 0, discussed: [topicIds[0]] })

  // A late answer to an earlier question is not counted.
  const late = { topicId: topicIds[0], extended: 0, goOn: true, revision: 9 }
  await ben.api.sayGoOn({ params: atBlock(story, story.discussId), body: late })
  await ada.api.extendTopic({
    params: atBlock(story, story.discussId),
    body: { id: randomUUID(), minutes: 4 },
  })
  await now()
})

it('L29: no majority goes to the next topic, and silence leaves it to the facilitator', async () => {
  const story = await openVote()
  const { ada, ben, cleo, session, topicIds, pass, look } = story
  await session.goTo(1)
  pass({ minutes: 8 })
  await look()
  pass({ minutes: 1 })
  await look()
  expect(await discussion(story)).toMatchObject({
    ...{ topicId: topicIds[0], asking: false, extended: 0 },
    timer: { endsAt: null, left: 0 },
  })
  const more = { params: atBlock(story, story.discussId), body: { id: randomUUID(), minutes: 4 } }
  await Promise.all([ada.api.extendTopic(more), ada.api.extendTopic(more)])
  expect(seconds(story, (await discussion(story))?.timer.endsAt)).toBe(240)
  pass({ minutes: 4 })
  await look()
  for (const [person, goOn] of [
    [ben, true],
    [cleo, false],
  ] as const)
    await person.api.sayGoOn({
      params: atBlock(story, story.discussId),
      body: { topicId: topicIds[0], extended: 0, goOn, revision: 1 },
    })
  pass({ minutes: 0.5 })
  await look()
  expect(await discussion(story)).toMatchObject({ topicId: topicIds[1], discussed: [topicIds[0]] })
})

it('L29: pausing the block pauses its topic; the facilitator chooses what comes next; what was left is parked', async () => {
  const story = await openVote()
  const { ada, ben, zoe, session, topicIds, pass, look, params } = story
  const watching = await session.watch(ben)
  await session.goTo(1)
  const ofBlock = atBlock(story, story.discussId)
  pass({ minutes: 3 })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 30 })
  await look()
  expect((await discussion(story))?.timer).toEqual({ endsAt: null, left: 300 })
  await ada.api.resumeTimer({ params, body: { id: randomUUID() } })
  expect(seconds(story, (await discussion(story))?.timer.endsAt)).toBe(300)

  await ada.api.chooseTopic({ params: ofBlock, body: { topicId: topicIds[2] } })
  await ada.api.chooseTopic({ params: ofBlock, body: { topicId: topicIds[2] } })
  await expect(ada.api.chooseTopic({ params: ofBlock, body: { topicId: randomUUID() } })).rejects.toThrow(
    'not there any more',
  )
  const next = { params: ofBlock, body: { topicId: null, from: topicIds[0] } }
  await Promise.all([ada.api.discussTopic(next), ada.api.discussTopic(next)])
  expect(await discussion(story)).toMatchObject({
    topicId: topicIds[2],
    nextId: null,
    discussed: [topicIds[0]],
  })
  await watching.agrees()
  for (const [person, code] of [
    [ben, 'not-allowed'],
    [zoe, 'not-found'],
  ] as const) {
    await expect(person.api.discussTopic(next)).rejects.toMatchObject({ code })
    await expect(person.api.chooseTopic({ params: ofBlock, body: { topicId: null } })).rejects.toMatchObject({
      code,
    })
    const more = { id: randomUUID(), minutes: 2 }
    await expect(person.api.extendTopic({ params: ofBlock, body: more })).rejects.toMatchObject({ code })
  }
  await expect(
    zoe.api.sayGoOn({
      params: ofBlock,
      body: { topicId: topicIds[2], extended: 0, goOn: true, revision: 1 },
    }),
  ).rejects.toMatchObject({ code: 'not-found' })

  await session.goTo(2)
  await session.goTo(1)
  expect(await discussion(story)).toMatchObject({ topicId: topicIds[2] })
  await ada.api.closeSession({ params })
  await watching.agrees()
  const parked = await readParked(story.house.db, session.sessionId)
  expect(parked.map(({ topic }) => topic.title)).toEqual(['Topic 1'])
})

it('L29: a topic gets no more than the block has, and none begins by itself in its last minute', async () => {
  const story = await openVote({}, { discuss: { byTopic: true, minutesEach: 20 } })
  const { ada, session, topicIds, pass, look } = story
  await session.goTo(1)
  await ada.api.discussTopic({
    params: atBlock(story, story.discussId),
    body: { topicId: topicIds[1], from: topicIds[0] },
  })
  pass({ minutes: 19 })
  const next = { topicId: null, from: topicIds[1] }
  await ada.api.discussTopic({ params: atBlock(story, story.discussId), body: next })
  expect(seconds(story, (await discussion(story))?.timer.endsAt)).toBe(300)
  await look()
  pass({ minutes: 5.5 })
  await look()
  expect(await discussion(story)).toMatchObject({ asking: true })
})

it('L29: a discussion without the option begins with topics when the facilitator says so', async () => {
  const story = await openVote({}, { discuss: {} })
  const { ada, session, topicIds } = story
  await session.goTo(1)
  expect(await discussion(story)).toBeNull()
  await ada.api.discussTopic({
    params: atBlock(story, story.discussId),
    body: { topicId: null, from: null },
  })
  expect((await discussion(story))?.topicId).toBe(topicIds[0])
})

it('L8: who wants to add comes right after the speaker; changing one’s mind keeps the place; lowering takes both', async () => {
  const story = await openVote()
  const { ada, ben, cleo, dan, session, params, pass } = story
  const watching = await session.watch(ben)
  const raise = (person: TestPerson, kind?: 'speak' | 'add', turnId: string = randomUUID()) =>
    person.api.raiseHand({ params, body: { turnId, ...(kind ? { kind } : {}) } })
  const bens = randomUUID()
  await raise(ben, undefined, bens)
  pass({ minutes: 1 })
  await raise(cleo, 'add')
  await raise(dan, 'speak')
  const queue = async () => (await watching.agrees()).queue.map(({ accountId, kind }) => [accountId, kind])
  expect(await queue()).toEqual(
    expect.arrayContaining([
      [ben.id, 'speak'],
      [cleo.id, 'add'],
      [dan.id, 'speak'],
    ]),
  )
  const again = randomUUID()
  await raise(ben, 'add', again)
  await raise(ben, 'add', again)
  // A late retry of the first hand brings nothing back.
  await raise(ben, 'speak', bens)
  expect((await queue())[0]).toEqual([ben.id, 'add'])
  const turnIds = (await session.view()).queue.map(({ turnId }) => turnId)
  await ada.api.lowerAllHands({ params, body: { turnIds } })
  expect(await queue()).toEqual([])
})
