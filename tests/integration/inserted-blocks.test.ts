import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema.ts'
import { openOptions, type BlockKind, type PlanOptions } from '#shared/guide.ts'
import type { LiveBlock } from '#shared/live.ts'
import { leastMinutes, proposeMinutes } from '#shared/live/rebalance.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

const WRITE = { kind: 'write' as const, minutes: 10, options: {} }

/** A session that is on, in its first block; Ada runs it, the others are there. */
async function openStory() {
  const story = await openPods()
  const people = [story.ada, story.ben, story.cleo, story.dan]
  const session = await story.open([WRITE, WRITE, WRITE], people)
  await session.goTo(0)
  const first = session.blockIds[0] ?? ''
  const draft = (kind: BlockKind, options: PlanOptions, minutes = 9) => ({
    ...{ kind, options, minutes, title: 'What just came up', prompt: 'What does this mean for us?' },
    ...{ notes: '', after: first },
  })
  const insert = async (kind: BlockKind, options: PlanOptions, minutes?: number) => {
    const params = { ...session.params, blockId: randomUUID() }
    const body = draft(kind, options, minutes)
    await story.ada.api.insertBlock({ params, body })
    await story.ada.api.insertBlock({ params, body })
    return params.blockId
  }
  const start = async (blockId: string) => {
    const from = (await session.view()).currentBlockId
    const body = { id: randomUUID(), from }
    await story.ada.api.startBlock({ params: { ...session.params, blockId }, body })
  }
  const write = (person: TestPerson, blockId: string) =>
    person.api.writeAnswer({
      params: session.params,
      body: { id: randomUUID(), blockId, body: 'Words of mine.', revision: 1, done: true },
    })
  return { ...story, people, session, params: session.params, draft, insert, start, write }
}
type Story = Awaited<ReturnType<typeof openStory>>

const CARDS = {
  roles: ['Buyer', 'Seller', 'Observer'],
  tasks: [{ role: 'Observer', does: 'Say nothing, and note the questions.' }],
  cards: [{ role: 'Seller', words: 'You would take eighty.' }],
}

/** What is chosen, and how the block goes by it once it is on. */
const CHOICES: [
  says: string,
  kind: BlockKind,
  options: PlanOptions,
  goes: (story: Story, block: LiveBlock) => unknown,
][] = [
  [
    'a vote of confidence',
    'vote',
    { confidence: true },
    async ({ people, params, ada, session }, { id }) => {
      for (const person of people.slice(1))
        await person.api.saveBallot({
          params,
          body: { blockId: id, dots: [], step: 4, revision: 1, done: true },
        })
      if ((await session.view()).blocks.find((one) => one.id === id)?.count === null)
        await ada.api.countVotes({ params: { ...params, blockId: id } })
      const { blocks } = await session.view()
      expect(blocks.find((one) => one.id === id)?.count).toMatchObject({ voters: 3, spread: [0, 0, 0, 3, 0] })
    },
  ],
  [
    'dots, at most one on a topic',
    'vote',
    { votes: 2, oneDotEach: true },
    (_story, { options }) => {
      expect(options).toEqual({ votes: 2, oneDotEach: true })
    },
  ],
  [
    'threes with roles and a card',
    'practice',
    { groupsOf: 3, minutesEach: 2, ...CARDS },
    async ({ people, params }, { pods, options }) => {
      expect(pods.flatMap((pod) => pod.people).length).toBeGreaterThanOrEqual(3)
      expect(options).not.toHaveProperty('cards')
      const mine = await Promise.all(
        people.slice(1).map(async ({ api }) => (await api.readMyPods({ params })).cards),
      )
      expect(mine.flat()).toEqual(CARDS.cards)
    },
  ],
  [
    'pairs',
    'pairs',
    { groupsOf: 2, minutesEach: 2 },
    (_story, { pods }) => {
      expect(pods.length).toBeGreaterThan(0)
    },
  ],
  [
    'writing without names',
    'write',
    { anonymous: true },
    async ({ people, params, ada, session, write }, { id }) => {
      for (const person of people.slice(1)) await write(person, id)
      expect(await session.view()).toMatchObject({ currentBlockId: id })
      await ada.api.revealAnswers({ params: { ...params, blockId: id } })
      const answers = (await session.view()).blocks.find((one) => one.id === id)?.answers ?? []
      expect(answers.map(({ accountId }) => accountId)).toEqual([null, null, null])
    },
  ],
  [
    'writing that stays hidden',
    'write',
    { stayHidden: true },
    async ({ ben, ada, params, write }, { id }) => {
      await write(ben, id)
      await expect(ada.api.revealAnswers({ params: { ...params, blockId: id } })).rejects.toThrow()
    },
  ],
  [
    'a go-round with minutes for each',
    'check-in',
    { goRound: true, minutesEach: 1.5 },
    ({ people }, { goRound }) => {
      expect(JSON.stringify(goRound)).toContain(people[1]?.id)
    },
  ],
  [
    'a part of the episode',
    'listen',
    { part: { start: 600, end: 660 } },
    async ({ ada, params, session, house, addEpisode }, { id }) => {
      const episodeId = await addEpisode()
      await house.db.update(sessions).set({ episodeId }).where(eq(sessions.id, session.sessionId))
      await ada.api.playPart({
        params: { ...params, blockId: id },
        body: { id: randomUUID(), playing: true, position: null },
      })
      const { blocks } = await session.view()
      expect(blocks.find((one) => one.id === id)?.playing).toMatchObject({ position: 600 })
    },
  ],
  [
    'topics one by one',
    'discuss',
    { byTopic: true, minutesEach: 4 },
    (_story, { options }) => {
      expect(options).toEqual({ byTopic: true, minutesEach: 4 })
    },
  ],
  [
    'promises in turn',
    'commit',
    { goRound: true },
    (_story, { goRound }) => {
      expect(goRound).not.toBeNull()
    },
  ],
  [
    'a close in one word',
    'close',
    { closing: 'one-word' },
    async ({ people, params, ada, session }, { id }) => {
      for (const person of people)
        await person.api.writeAnswer({
          params,
          body: { id: randomUUID(), blockId: id, body: 'Rested', revision: 1, done: true },
        })
      const revealed = async () => (await session.view()).blocks.find((one) => one.id === id)?.answers ?? []
      if ((await revealed()).length === 0) await ada.api.revealAnswers({ params: { ...params, blockId: id } })
      expect(await revealed()).toHaveLength(4)
    },
  ],
]

describe('L35: a block that is put in while the room is open', () => {
  it.each(CHOICES)('goes as it was chosen, for everybody: %s', async (_says, kind, options, goes) => {
    const story = await openStory()
    const watching = await story.session.watch(story.ben)
    const blockId = await story.insert(kind, options)
    const put = (await watching.agrees()).blocks
    expect(put.filter(({ id }) => id === blockId)).toMatchObject([{ kind, options: openOptions(options) }])
    expect(put[1]?.id).toBe(blockId)
    await story.start(blockId)
    const [block] = (await watching.agrees()).blocks.filter(({ id }) => id === blockId)
    await goes(story, block as LiveBlock)
    await watching.agrees()
    expect(watching.frames()).not.toContain('You would take eighty')
  })

  it('is refused what a plan is refused, in the same words, and nothing is half-done', async () => {
    const { ada, ben, zoe, session, draft, slug } = await openStory()
    const { id, planVersion } = await ada.api.scheduleSession({
      params: { slug },
      body: {
        ...{ id: randomUUID(), title: 'Next time', startsLocal: '2026-11-24T18:00', minutes: 60 },
        ...{ zone: 'Europe/Berlin', room: '', onlineLink: '', facilitatorId: ada.id },
      },
    })
    const inPlan = (options: object) =>
      ada.api.replacePlan({
        params: { sessionId: id },
        body: {
          blocks: [{ ...draft('vote', options), id: randomUUID(), after: undefined }] as never,
          basedOn: planVersion,
        },
      })
    const inRoom = (options: object, person = ada) =>
      person.api.insertBlock({
        params: { ...session.params, blockId: randomUUID() },
        body: draft('vote', options),
      })
    for (const options of [
      { votes: 0 },
      { votes: 21 },
      { minutesEach: 61 },
      { groupsOf: 7 },
      { closing: 'song' },
      { part: { start: -1 } },
      { roles: ['A\u0000B'] },
      { cards: [{ role: 'Seller', words: '' }] },
    ]) {
      const planned: unknown = await inPlan(options).catch((problem: unknown) => problem)
      const inserted: unknown = await inRoom(options).catch((problem: unknown) => problem)
      expect(inserted).toMatchObject({ code: 'invalid' })
      const sentence = (problem: unknown) => String(problem).replace('blocks/0/', '')
      expect(sentence(inserted)).toBe(sentence(planned))
    }
    await expect(inRoom({ confidence: true }, ben)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(inRoom({ confidence: true }, zoe)).rejects.toMatchObject({ code: 'not-found' })
    expect((await session.view()).blocks).toHaveLength(3)
  })

  it('makes the plan fit by its own turns: nobody loses theirs', async () => {
    const { ada, ben, house, session, params, insert } = await openStory()
    const watching = await session.watch(ben)
    const blockId = await insert('check-in', { goRound: true, minutesEach: 5 }, 70)
    const view = await watching.agrees()
    const proposal = proposeMinutes(view, house.now().getTime())
    const proposed = proposal?.blocks.find((one) => one.blockId === blockId)
    const block = view.blocks.find(({ id }) => id === blockId) as LiveBlock
    expect(leastMinutes(block, view.people.length)).toBe(20)
    expect(proposed?.to).toBeGreaterThanOrEqual(20)
    expect(proposed?.to).toBeLessThan(70)
    await ada.api.rebalance({ params, body: { id: randomUUID(), blocks: proposal?.blocks ?? [] } })
    const after = await watching.agrees()
    expect(after.blocks.find(({ id }) => id === blockId)).toMatchObject({ minutes: proposed?.to })
    expect(proposeMinutes(after, house.now().getTime())).toBeUndefined()
  })
})
