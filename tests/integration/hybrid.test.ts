import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { attendances } from '#db/schema.ts'
import type { Companions } from '#shared/companions.ts'
import { namesOf, openPods, type PodsBlock } from '#tests/pods.ts'
import type { TestPerson } from '#tests/house.ts'

const NOBODY: Companions = { alsoHere: 0, named: [] }
const PLAN: PodsBlock[] = [{ kind: 'write', minutes: 10, options: {} }]

async function openHybrid(plan: PodsBlock[] = PLAN) {
  const story = await openPods()
  const session = await story.open(plan, [story.ben])
  const { params } = session
  const say = (person: TestPerson, to: Companions, from: Companions = NOBODY) =>
    person.api.changeMyCompanions({ params, body: { from, to } })
  const put = (accountId: string, to: Companions, from: Companions = NOBODY) =>
    story.ada.api.changeCompanionsOf({ params: { ...params, accountId }, body: { from, to } })
  const find = async (person: TestPerson) =>
    (await session.view()).people.find(({ accountId }) => accountId === person.id)
  const noticed = async (person: TestPerson) => {
    const [row] = await story.house.db
      .select()
      .from(attendances)
      .where(and(eq(attendances.sessionId, session.sessionId), eq(attendances.accountId, person.id)))
    return row
  }
  return { ...story, session, params, say, put, find, noticed }
}

it('L43: a phone says how many are in the room with it, and who of the group; everybody hears it, and a retry says it once', async () => {
  const { ben, cleo, dan, ada, session, say, find } = await openHybrid()
  const room = await session.watch(ada)
  const three = { alsoHere: 1, named: [cleo.id] }
  await say(ben, three)
  await say(ben, three)
  expect(await find(ben)).toMatchObject({ alsoHere: 1, screen: true })
  expect(await find(cleo)).toMatchObject({ cameWith: ben.id, screen: false })
  await room.agrees()
  expect(room.frames().match(/companions-changed/g)).toHaveLength(1)

  const four = { alsoHere: 0, named: [cleo.id, dan.id] }
  await say(ben, four, three)
  expect(await find(ben)).not.toHaveProperty('alsoHere')
  await room.agrees()

  // Taken back: whom only this phone counted is not there any more.
  await say(ben, NOBODY, four)
  expect(await find(cleo)).toBeUndefined()
  expect(await find(dan)).toBeUndefined()
  await room.agrees()
  await room.close()
})

it('L43: whoever saw something else changes nothing, and a sentence says so', async () => {
  const { ben, cleo, say, find, put } = await openHybrid()
  await put(ben.id, { alsoHere: 2, named: [] })
  await expect(say(ben, { alsoHere: 5, named: [cleo.id] })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('changed meanwhile') as unknown,
  })
  expect(await find(ben)).toMatchObject({ alsoHere: 2 })
  expect(await find(cleo)).toBeUndefined()
})

it('L43: whoever is named comes in with a screen of their own at any time, and is no companion then', async () => {
  const { ben, cleo, ada, session, params, say, find } = await openHybrid()
  const room = await session.watch(ada)
  await say(ben, { alsoHere: 1, named: [cleo.id] })
  await cleo.api.enterRoom({ params })
  expect(await find(cleo)).toMatchObject({ screen: true })
  expect(await find(cleo)).not.toHaveProperty('cameWith')
  expect(await find(ben)).toMatchObject({ alsoHere: 1 })
  await room.agrees()
  await expect(say(ben, { alsoHere: 1, named: [cleo.id] }, { alsoHere: 1, named: [] })).rejects.toMatchObject(
    {
      code: 'conflict',
      field: 'named',
    },
  )
  await room.close()
})

it('L43: the facilitator puts it right; members do not, and strangers hear nothing', async () => {
  const { ben, cleo, dan, zoe, stranger, params, say, put, find } = await openHybrid()
  await put(ben.id, { alsoHere: 3, named: [dan.id] })
  expect(await find(ben)).toMatchObject({ alsoHere: 3 })
  const body = { from: NOBODY, to: { alsoHere: 1, named: [] } }
  const ofBen = { params: { ...params, accountId: ben.id }, body }
  await expect(cleo.api.changeCompanionsOf(ofBen)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(zoe.api.changeCompanionsOf(ofBen)).rejects.toMatchObject({ code: 'not-found' })
  await expect(say(zoe, body.to)).rejects.toMatchObject({ code: 'not-found' })
  await expect(say(stranger(), body.to)).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(put(cleo.id, body.to)).rejects.toMatchObject({
    code: 'conflict',
    message: 'They are not here with a screen of their own, so nobody is here with it.',
  })
})

it('L43: a phone is for nine, and only members of the group who are nowhere else are named', async () => {
  const { ada, ben, cleo, zoe, params, say, find } = await openHybrid()
  await expect(say(ben, { alsoHere: 8, named: [cleo.id] })).rejects.toMatchObject({ field: 'alsoHere' })
  for (const id of [zoe.id, ben.id])
    await expect(say(ben, { alsoHere: 0, named: [id] })).rejects.toMatchObject({
      message: 'Choose others who are in this group.',
    })
  await say(ben, { alsoHere: 0, named: [cleo.id] })
  await ada.api.enterRoom({ params })
  await expect(say(ada, { alsoHere: 2, named: [cleo.id] })).rejects.toMatchObject({
    message: 'One of them is here with somebody else’s phone.',
  })
  expect(await find(ada)).not.toHaveProperty('alsoHere')
})

it('L43: a guest by code says how many they are, and names nobody of the group', async () => {
  const { ada, cleo, params, session, stranger, withCookie, say } = await openHybrid()
  await ada.api.setDoor({ params, body: { guests: true, shown: true } })
  const { code } = (await session.view()).door
  const answer = await stranger().request({
    method: 'POST',
    url: '/api/join/guest',
    payload: { code, name: 'Gita' },
  })
  const gita = withCookie('', 'Gita', String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '')
  const room = await session.watch(ada)
  await say(gita, { alsoHere: 2, named: [] })
  expect((await room.agrees()).people.find(({ guest }) => guest === true)).toMatchObject({ alsoHere: 2 })
  await expect(
    say(gita, { alsoHere: 1, named: [cleo.id] }, { alsoHere: 2, named: [] }),
  ).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await room.close()
})

it('L43: those at one phone are put together; when it is said during a block, they move there and leave nobody alone', async () => {
  const { ada, ben, cleo, dan, eve, session, params, say } = await openHybrid([
    { kind: 'pairs', minutes: 10, options: { groupsOf: 2 } },
    { kind: 'pairs', minutes: 10, options: { groupsOf: 3 } },
  ])
  const all = [ada, ben, cleo, dan, eve]
  for (const person of [dan, eve]) await person.api.enterRoom({ params })
  await say(ben, { alsoHere: 1, named: [cleo.id] })
  await session.goTo(0)
  expect(namesOf(all, await session.block(0))).toEqual([
    ['Ben', 'Cleo'],
    ['Dan', 'Eve'],
  ])
  await session.goTo(1)
  expect(namesOf(all, await session.block(1))).toEqual([['Ben', 'Cleo', 'Dan', 'Eve']])

  const later = await openHybrid([{ kind: 'pairs', minutes: 10, options: { groupsOf: 2 } }])
  const people = [later.ada, later.ben, later.cleo, later.dan, later.eve]
  for (const person of [later.dan, later.eve]) await person.api.enterRoom({ params: later.params })
  await later.ada.api.setAttendance({
    params: { sessionId: later.session.sessionId, accountId: later.cleo.id },
    body: { present: true },
  })
  await later.session.goTo(0)
  const room = await later.session.watch(later.ben)
  await later.say(later.ben, { alsoHere: 0, named: [later.cleo.id] })
  const pods = namesOf(people, await later.session.block(0))
  expect(pods.find((names) => names.includes('Ben'))).toContain('Cleo')
  expect(pods.flat().sort()).toEqual(['Ben', 'Cleo', 'Dan', 'Eve'])
  for (const names of pods) expect(names.length).toBeGreaterThan(1)
  await room.agrees()
  // Whom the facilitator counted stays there when the phone takes its word back.
  await later.say(later.ben, NOBODY, { alsoHere: 0, named: [later.cleo.id] })
  expect(await later.noticed(later.cleo)).toMatchObject({ noticed: 'facilitator', cameWith: null })
  await room.agrees()
  await room.close()
})

it('L43: a named companion has their turn in a go-round; the phone has one hand for all', async () => {
  const { ben, cleo, session, params, say } = await openHybrid([
    { kind: 'check-in', minutes: 10, options: { goRound: true } },
  ])
  await session.goTo(0)
  const room = await session.watch(ben)
  await say(ben, { alsoHere: 2, named: [cleo.id] })
  const seats = (await session.block(0)).goRound?.seats.map(({ accountId }) => accountId)
  expect(seats).toContain(cleo.id)
  for (const turnId of [crypto.randomUUID(), crypto.randomUUID()])
    await ben.api.raiseHand({ params, body: { turnId } })
  expect((await room.agrees()).queue).toHaveLength(1)
  await room.close()
})

it('L43: when the phone is counted out, or its account is gone, whoever came with it is there on their own', async () => {
  const { ada, ben, cleo, dan, params, session, say, find } = await openHybrid()
  await dan.api.enterRoom({ params })
  await say(ben, { alsoHere: 2, named: [cleo.id] })
  const room = await session.watch(ada)
  const ofBen = { sessionId: session.sessionId, accountId: ben.id }
  await ada.api.setAttendance({ params: ofBen, body: { present: false } })
  expect(await find(cleo)).not.toHaveProperty('cameWith')
  await room.agrees()
  await ben.api.enterRoom({ params })
  expect(await find(ben)).not.toHaveProperty('alsoHere')
  await room.agrees()

  await say(dan, { alsoHere: 1, named: [cleo.id] })
  await room.agrees()
  await dan.api.deleteAccount({ body: { email: dan.email } })
  const after = await room.agrees()
  expect(after.people.map(({ accountId }) => accountId)).not.toContain(dan.id)
  expect(await find(cleo)).toMatchObject({ screen: false })
  expect(await find(cleo)).not.toHaveProperty('cameWith')
  await room.close()
})

it('L43: a room that is shut again knows of nobody’s companions', async () => {
  const { ada, ben, cleo, dan, session, params, say } = await openHybrid()
  await ada.api.setAttendance({
    params: { sessionId: session.sessionId, accountId: dan.id },
    body: { present: true },
  })
  const room = await session.watch(ada)
  await say(ben, { alsoHere: 2, named: [cleo.id, dan.id] })
  await ada.api.shutRoom({ params })
  const after = await room.agrees()
  expect(after.people.map(({ accountId }) => accountId)).toEqual([dan.id])
  expect(after.people[0]).not.toHaveProperty('cameWith')
  await room.close()
})

it('L43: nothing of it changes after the close, and the export says whose phone somebody shared', async () => {
  const { ada, ben, cleo, params, say } = await openHybrid()
  await say(ben, { alsoHere: 1, named: [cleo.id] })
  await ada.api.closeSession({ params })
  await expect(say(ben, NOBODY, { alsoHere: 1, named: [cleo.id] })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await ben.api.getWrapUp({ params })).toMatchObject({ alsoPresent: 1 })
  const [mine] = (await ben.api.exportMyData()).attendances
  expect(mine).toMatchObject({ alsoHere: 1, cameWith: null })
  const [hers] = (await cleo.api.exportMyData()).attendances
  expect(hers).toMatchObject({ noticed: 'phone', cameWith: 'Ben' })
})
