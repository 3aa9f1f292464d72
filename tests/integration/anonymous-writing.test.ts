import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { answers, blocks, sealedAnswers } from '#db/schema.ts'
import { LEAST_ANONYMOUS } from '#shared/live/rules.ts'
import { liveEvening, WORDS } from '#tests/anonymous-evening.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type PodsStory } from '#tests/pods.ts'

it('L24, W1, W2: an evening lived twice with two writers exchanged is the same to everybody else, byte for byte, and so is a copy of the database', async () => {
  const one = await liveEvening({ swapped: false })
  const other = await liveEvening({ swapped: true })
  expect(one.received.length).toBeGreaterThan(100)
  for (const [at, got] of one.received.entries()) expect(other.received[at]).toEqual(got)
  expect(other.received).toHaveLength(one.received.length)
  // What is compared holds the words, and the two evenings were not the same to the writers.
  expect(JSON.stringify(one.received)).toContain(WORDS.changed)
  expect(one.mine).not.toEqual(other.mine)
  expect(other.log).toEqual(one.log)
  for (const words of Object.values(WORDS)) expect(one.log.join('\n')).not.toContain(words)

  for (const when of ['before', 'after'] as const)
    for (const [table, rows] of Object.entries(one.copies[when]))
      expect([table, other.copies[when][table]]).toEqual([table, rows])
  // Before the reveal it holds no words, no lengths and no writers.
  const before = JSON.stringify(one.copies.before)
  for (const words of Object.values(WORDS)) expect(before).not.toContain(words)
  expect(one.sealedLengths).toHaveLength(3)
  expect(new Set(one.sealedLengths).size).toBe(1)
  expect(JSON.stringify(one.copies.before.sealed_answers)).not.toMatch(/Gus|Hal|Ida/)
  expect(one.copies.after.sealed_answers).toEqual([])
  // Two whole evenings, and every question of the API.
}, 240_000)

const draft = (blockId: string, body: string, more = {}) => ({
  id: randomUUID(),
  blockId,
  body,
  revision: 1,
  done: true,
  ...more,
})

/** A block without names that has begun, with everybody in the room. */
async function openAnonymous(options = {}, kind: 'write' | 'pairs' = 'write') {
  const story: PodsStory = await openPods()
  const { ada, ben, cleo, dan, eve } = story
  const plan = [
    { kind, minutes: 5, options: { anonymous: true, ...options } },
    { kind: 'write' as const, minutes: 5, options: {} },
  ]
  const session = await story.open(plan, [ada, ben, cleo, dan, eve])
  await session.goTo(0)
  const [blockId = '', namedId = ''] = session.blockIds
  const { params } = session
  const write = (by: TestPerson, body: string, more = {}) =>
    by.api.writeAnswer({ params, body: draft(blockId, body, more) })
  const reveal = (by = ada, id = blockId) => by.api.revealAnswers({ params: { ...params, blockId: id } })
  return { ...story, session, params, blockId, namedId, write, reveal }
}

it('L24: the room hears how many are done, and never who; the writer goes on editing, and a late retry changes nothing', async () => {
  const { ada, ben, cleo, dan, eve, session, params, write, reveal } = await openAnonymous()
  const watching = await session.watch(dan)
  await write(ben, 'We fear', { done: false })
  expect((await session.block(0)).writtenCount).toBe(0)
  await write(ben, 'We fear the boss.', { revision: 2 })
  await write(cleo, 'Nobody asks.')
  await write(ben, 'We fear the boss.', { revision: 3, done: false })
  expect((await watching.agrees()).blocks[0]).toMatchObject({ written: [], writtenCount: 1, answers: [] })
  const kept = await write(ben, 'We fear the boss. All of us.', { revision: 4 })
  expect(await write(ben, 'We fear the boss.', { revision: 2 })).toEqual(kept)
  await write(dan, ' Zeal. ', { done: false })
  expect(await ben.api.getRoom({ params })).toMatchObject({ mine: [kept] })
  expect((await cleo.api.getRoom({ params })).mine).toMatchObject([{ body: 'Nobody asks.' }])

  await write(eve, 'Haste.')
  await reveal()
  const folded = await watching.agrees()
  const { answers: revealed } = await session.block(0)
  expect(folded.blocks[0]?.answers).toEqual(revealed)
  expect(revealed.map(({ accountId, body }) => [accountId, body])).toEqual([
    [null, 'Haste.'],
    [null, 'Nobody asks.'],
    [null, 'We fear the boss. All of us.'],
    [null, 'Zeal.'],
  ])
  expect(revealed.map(({ id }) => id)).not.toContain(kept.id)
  // It is nobody's now, also for its writer.
  expect((await ben.api.getRoom({ params })).mine).toEqual([])
  await reveal()
  await expect(write(ben, 'Later.', { revision: 5 })).rejects.toMatchObject({ code: 'conflict' })
  expect(watching.frames()).not.toMatch(new RegExp(`answer-(un)?written|${kept.id}`))
  await ada.api.closeSession({ params })
  const wrapUp = await dan.api.getWrapUp({ params })
  expect(wrapUp.blocks[0]?.answers.map(({ name, body }) => [name, body])).toEqual(
    revealed.map(({ body }) => [null, body]),
  )
})

it('L24: whoever writes without having come in does not come in by it, so nobody hears when they begin', async () => {
  const { session, join, write, params, blockId } = await openAnonymous()
  const fay = await join('Fay')
  const before = (await fay.api.getRoom({ params })).position
  await write(fay, 'From the corridor.', { done: false })
  const after = await fay.api.getRoom({ params })
  expect(after.position).toEqual(before)
  expect(after.view.people.map(({ name }) => name)).not.toContain('Fay')
  expect(after.mine).toMatchObject([{ blockId, body: 'From the corridor.' }])
  expect((await session.block(0)).writtenCount).toBe(0)
})

it('L24: with fewer than three who are done nothing is revealed, a sentence says what to do, and what is typed stays with its writer', async () => {
  const { ada, ben, cleo, dan, eve, house, session, params, write, reveal } = await openAnonymous()
  await write(ben, 'Only for me.')
  await write(cleo, 'And me.')
  await write(dan, '   ', { done: false })
  const refused = {
    code: 'conflict',
    message: expect.stringMatching(/^Fewer than three .*stays with its writers\.$/) as string,
  }
  await expect(reveal()).rejects.toMatchObject(refused)
  // Nobody learns by asking whether a third types.
  await write(eve, 'Half a thought', { done: false })
  await expect(reveal()).rejects.toMatchObject(refused)
  expect(await session.block(0)).toMatchObject({ revealedAt: null, answers: [], writtenCount: 2 })
  expect(await house.db.select().from(answers)).toEqual([])
  await ada.api.closeSession({ params })
  expect(await ben.api.listWhatStays({ params })).toMatchObject([{ body: 'Only for me.' }])
  expect(await cleo.api.listWhatStays({ params })).toMatchObject([{ body: 'And me.' }])
  expect(await eve.api.listWhatStays({ params })).toMatchObject([{ body: 'Half a thought' }])
  for (const other of [ada, dan]) expect(await other.api.listWhatStays({ params })).toEqual([])
  const data = await ben.api.exportMyData()
  expect(data.answers).toMatchObject([{ words: 'Only for me.', revealedAt: null, done: true }])
  expect((await dan.api.getWrapUp({ params })).blocks.flatMap((block) => block.answers)).toEqual([])
  expect(LEAST_ANONYMOUS).toBe(3)
})

it('L24: what stays hidden stays hidden without names, too', async () => {
  const { ben, cleo, dan, params, write, reveal } = await openAnonymous({ stayHidden: true })
  for (const by of [ben, cleo, dan]) await write(by, `Mine, ${by.name}.`)
  await expect(reveal()).rejects.toMatchObject({ code: 'conflict', message: /stays with its writers/ })
  expect(await ben.api.listWhatStays({ params })).toMatchObject([{ body: 'Mine, Ben.' }])
})

it('L24: members and strangers reveal nothing, strangers write nothing, and bad words are refused in a sentence', async () => {
  const { ben, cleo, dan, zoe, house, write, reveal, blockId } = await openAnonymous()
  for (const by of [ben, cleo, dan]) await write(by, `By ${by.name}.`)
  await expect(reveal(ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(reveal(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(write(zoe, 'Me too.')).rejects.toMatchObject({ code: 'not-found' })
  for (const body of ['x'.repeat(4_001), 'nul\0', '  '])
    await expect(write(ben, body, { revision: 9 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/\w+ \w+.*\./) as string,
    })
  await write(ben, 'x'.repeat(4_000), { revision: Number.MAX_SAFE_INTEGER })
  await write(cleo, '€'.repeat(4_000), { revision: 2 })
  expect(await house.db.select().from(sealedAnswers)).toHaveLength(3)
  await reveal()
  const bodies = (await house.db.select().from(answers)).map(({ body }) => body)
  expect(bodies).toEqual(['By Dan.', 'x'.repeat(4_000), '€'.repeat(4_000)])
  expect(blockId).toBeTruthy()
})

it('L24, P12: whoever deletes their account takes along what was not revealed, and the count does not tell that they had written', async () => {
  const { ada, ben, cleo, dan, eve, house, session, write, reveal } = await openAnonymous()
  for (const by of [ben, cleo, dan, eve]) await write(by, `By ${by.name}.`)
  const watching = await session.watch(dan)
  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect((await watching.agrees()).blocks[0]?.writtenCount).toBe(4)
  await reveal()
  await watching.agrees()
  const rows = () => house.db.select().from(answers)
  expect((await rows()).map(({ body }) => body)).toEqual(['By Cleo.', 'By Dan.', 'By Eve.'])
  // What was revealed is nobody's: it goes with no account.
  await cleo.api.deleteAccount({ body: { email: cleo.email } })
  expect(await rows()).toHaveLength(3)
  expect((await dan.api.exportMyData()).answers).toEqual([])
  expect((await session.view(ada)).blocks[0]?.answers).toHaveLength(3)
})

it('L24: once people write, a plan that is changed keeps what they were told', async () => {
  const { ada, ben, params, write, house, session, blockId } = await openAnonymous()
  await write(ben, 'We fear the boss.')
  const { planVersion, blocks: plan } = await ada.api.getSession({ params })
  const named = plan.map(({ id, kind, title, minutes, prompt, notes = '' }) => ({
    ...{ id, kind, title, minutes, prompt, notes },
    options: {},
  }))
  const save = () => ada.api.replacePlan({ params, body: { blocks: named, basedOn: planVersion } })
  await expect(save()).rejects.toMatchObject({ code: 'conflict' })
  const [block] = await house.db.select().from(blocks).where(eq(blocks.id, blockId))
  expect(block?.options).toEqual({ anonymous: true })
  expect((await session.block(0)).writtenCount).toBe(1)
})
