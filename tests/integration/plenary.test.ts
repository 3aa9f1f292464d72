import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups, seats, sessions, tableReports, tables } from '#db/schema.ts'
import { LONGEST_TABLE_SENTENCE } from '#shared/plenary.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type PodsBlock } from '#tests/pods.ts'

const PLAN: PodsBlock[] = [
  { kind: 'discuss', minutes: 20, options: {} },
  { kind: 'write', minutes: 10, options: {} },
]

/** Ada leads. Ben hosts table 1 with Cleo, Dan hosts table 2 with Eve. */
async function openTables(plan: PodsBlock[] = PLAN, seated = true) {
  const story = await openPods()
  const { ada, ben, cleo, dan, eve, groupId, house } = story
  const session = await story.open(plan, [ben, cleo, dan, eve])
  const { params, sessionId } = session
  const hosts = [
    [ben, cleo],
    [dan, eve],
  ] as const
  if (seated)
    for (const [at, people] of hosts.entries()) {
      const tableId = randomUUID()
      await house.db
        .insert(tables)
        .values({ id: tableId, groupId, sessionId, number: at + 1, hostId: people[0].id })
      await house.db
        .insert(seats)
        .values(people.map(({ id }) => ({ groupId, sessionId, tableId, accountId: id })))
    }
  const blockId = session.blockIds[0] ?? ''
  const report = (over: Partial<{ id: string; body: string; revision: number; done: boolean }> = {}) => ({
    ...{ id: randomUUID(), blockId, body: 'Ask first.', revision: 1, done: true },
    ...over,
  })
  const tell = (person: TestPerson, body = report()) => person.api.writeTableReport({ params, body })
  const reveal = (person: TestPerson = ada) => person.api.revealTables({ params: { ...params, blockId } })
  return { ...story, session, params, blockId, report, tell, reveal }
}

it('L44: each seat is told its own table, and nobody another', async () => {
  const { ada, ben, cleo, zoe, params } = await openTables()
  const of = async (person: TestPerson) => person.api.readMyPlenary({ params })
  expect(await of(cleo)).toEqual({
    tables: 2,
    mine: { number: 1, host: 'Ben', iHost: false, people: ['Ben'] },
    reports: [],
  })
  expect((await of(ben)).mine).toMatchObject({ iHost: true, people: ['Cleo'] })
  expect(await of(ada)).toMatchObject({ tables: 2, mine: null })
  await expect(of(zoe)).rejects.toMatchObject({ code: 'not-found' })
})

it('L44: hosts tell that their table is done; what they wrote is nobody’s until the facilitator reveals it to all', async () => {
  const { ada, ben, cleo, dan, session, tell, report, reveal, params } = await openTables()
  await session.goTo(0)
  const room = await session.watch(cleo)
  const draft = report({ body: 'Ask before you advise.' })
  expect(await tell(ben, draft)).toMatchObject({ body: 'Ask before you advise.', done: true })
  await tell(ben, draft)
  await tell(dan, report({ body: '' }))
  expect((await room.agrees()).blocks[0]?.plenary).toEqual({ done: [1, 2], sentences: null })
  expect(room.frames()).not.toContain('Ask before you advise.')
  expect(room.frames().match(/plenary-changed/g)).toHaveLength(2)
  for (const person of [ada, cleo, dan])
    expect(JSON.stringify(await person.api.getRoom({ params }))).not.toContain('Ask before')
  expect((await ben.api.readMyPlenary({ params })).reports).toMatchObject([
    { body: 'Ask before you advise.' },
  ])

  await tell(dan, report({ body: 'Wait.', revision: 2, done: false }))
  expect((await room.agrees()).blocks[0]?.plenary.done).toEqual([1])
  await reveal()
  await reveal()
  expect((await room.agrees()).blocks[0]?.plenary).toEqual({
    done: [1],
    sentences: [
      { number: 1, body: 'Ask before you advise.' },
      { number: 2, body: 'Wait.' },
    ],
  })
  await expect(tell(ben, report({ revision: 9 }))).rejects.toMatchObject({ code: 'conflict' })
  await room.close()
})

it('L44: a late retry of an older sentence changes nothing, and the answer says what is kept', async () => {
  const { ben, session, tell, report } = await openTables()
  await session.goTo(0)
  const id = randomUUID()
  await tell(ben, report({ id, body: 'New.', revision: 5, done: false }))
  expect(await tell(ben, report({ id, body: 'Old.', revision: 2 }))).toMatchObject({
    body: 'New.',
    revision: 5,
    done: false,
  })
})

it('L44: only a host tells, and only of their own table; only whoever runs the session reveals', async () => {
  const { ada, ben, cleo, dan, zoe, stranger, session, tell, report, reveal } = await openTables()
  await session.goTo(0)
  for (const person of [cleo, ada])
    await expect(tell(person)).rejects.toMatchObject({
      code: 'not-allowed',
      message: 'Only the host of a table speaks for it here.',
    })
  await expect(tell(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(tell(stranger())).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(reveal(ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(reveal(zoe)).rejects.toMatchObject({ code: 'not-found' })
  // Nobody writes over what another host wrote, also with its id.
  const mine = report({ body: 'Ours.' })
  await tell(ben, mine)
  await expect(tell(dan, { ...mine, body: 'Theirs.', revision: 7 })).rejects.toMatchObject({
    code: 'conflict',
  })
  await reveal()
  expect((await session.block(0)).plenary.sentences).toEqual([{ number: 1, body: 'Ours.' }])
})

it('L44: what does not fit, or comes too early or too late, is refused in a sentence', async () => {
  const { ada, ben, session, tell, report, reveal, params } = await openTables()
  await expect(tell(ben)).rejects.toMatchObject({ message: 'This block has not begun yet.' })
  await expect(reveal()).rejects.toMatchObject({ message: 'This block has not begun yet.' })
  await session.goTo(0)
  await expect(tell(ben, report({ body: 'x'.repeat(LONGEST_TABLE_SENTENCE + 1) }))).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(tell(ben, { ...report(), blockId: session.blockIds[1] ?? '' })).rejects.toMatchObject({
    message: 'Tables tell nothing in this block.',
  })
  await expect(tell(ben, { ...report(), blockId: randomUUID() })).rejects.toMatchObject({ code: 'not-found' })
  expect((await session.block(0)).plenary).toEqual({ done: [], sentences: null })
  await ada.api.closeSession({ params })
  await expect(tell(ben)).rejects.toMatchObject({ code: 'conflict' })
  await expect(reveal()).rejects.toMatchObject({ code: 'conflict' })
})

it('L44: without tables there is nothing to reveal', async () => {
  const { ben, session, tell, reveal } = await openTables(PLAN, false)
  await session.goTo(0)
  await expect(reveal()).rejects.toMatchObject({ message: 'No tables talk in this block.' })
  await expect(tell(ben)).rejects.toMatchObject({ code: 'not-allowed' })
})

it('L44: what was revealed stays in the wrap-up, what was not stays with its writer', async () => {
  const { ada, ben, dan, session, tell, report, reveal, params, blockId } = await openTables([
    ...PLAN,
    { kind: 'practice', minutes: 10, options: {} },
  ])
  await session.goTo(0)
  await tell(ben, report({ body: 'Ask first.' }))
  await reveal()
  await session.goTo(2)
  await tell(dan, { ...report({ body: 'Only mine.' }), blockId: session.blockIds[2] ?? '' })
  await ada.api.closeSession({ params })
  const wrapUp = await ben.api.getWrapUp({ params })
  expect(wrapUp.blocks.find(({ id }) => id === blockId)?.tables).toEqual([{ number: 1, body: 'Ask first.' }])
  expect(JSON.stringify(wrapUp)).not.toContain('Only mine.')
  expect((await dan.api.exportMyData()).tableReports).toMatchObject([
    { words: 'Only mine.', table: 2, done: true, revealed: false },
  ])
})

it('L44: with an account its sentences go, in every open room at once', async () => {
  const { ben, cleo, session, tell, reveal } = await openTables()
  await session.goTo(0)
  await tell(ben)
  await reveal()
  const room = await session.watch(cleo)
  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect((await room.agrees()).blocks[0]?.plenary).toEqual({ done: [], sentences: [] })
  await room.close()
})

it('L44: a group that keeps words for a time forgets what its tables said, too', async () => {
  const { ada, ben, session, tell, reveal, params, house, groupId, runJob } = await openTables()
  await session.goTo(0)
  await tell(ben)
  await reveal()
  await ada.api.closeSession({ params })
  await house.db.update(groups).set({ retentionMonths: 3 }).where(eq(groups.id, groupId))
  await house.db
    .update(sessions)
    .set({ endsAt: new Date(house.now().getTime() - 200 * 86_400_000) })
    .where(eq(sessions.id, session.sessionId))
  await runJob('forget-old-words')
  expect(await house.db.select().from(tableReports)).toEqual([])
  expect((await ben.api.getWrapUp({ params })).blocks.flatMap((one) => one.tables)).toEqual([])
})
