import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import { CODE_LENGTH, CODE_LETTERS, SOON, spacedCode } from '#shared/joining.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

const PLAN = [{ kind: 'write', minutes: 10, options: {} }] as const

async function openDoors() {
  const story = await openPods()
  const session = await story.open([...PLAN], [story.ben])
  const code = async () => (await session.view()).door.code ?? ''
  const letGuestsIn = (guests = true) =>
    story.ada.api.setDoor({ params: session.params, body: { guests, shown: true } })
  /** A stranger's browser: it comes in with a name and keeps the cookie that it is given. */
  const comeIn = async (name: string, typed: string) => {
    const answer = await story.stranger().request({
      method: 'POST',
      url: '/api/join/guest',
      payload: { code: typed, name },
    })
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? ''
    return { answer, person: story.withCookie('', name, cookie) }
  }
  return { ...story, session, params: session.params, code, letGuestsIn, comeIn }
}

const OPENS_NOTHING = { code: 'not-found', field: 'code' }

it('L42: a member comes in with the code of the wall, however it is typed', async () => {
  const { cleo, session, code } = await openDoors()
  const made = await code()
  expect(made).toHaveLength(CODE_LENGTH)
  for (const letter of made) expect(CODE_LETTERS).toContain(letter)
  for (const typed of [made, made.toLowerCase(), ` ${spacedCode(made)} `, made.split('').join('-')])
    expect(await cleo.api.findByCode({ query: { code: typed } })).toMatchObject({
      sessionId: session.sessionId,
      seat: true,
      open: true,
    })
})

it('L42: to whomever it opens nothing, a code tells nothing: made up, of another group, or of a session that is over', async () => {
  const { ada, zoe, cleo, stranger, params, code, letGuestsIn, comeIn } = await openDoors()
  const made = await code()
  const answers = await Promise.all([
    zoe.api.findByCode({ query: { code: made } }).catch((problem: unknown) => problem),
    zoe.api.findByCode({ query: { code: 'QQQQQQ' } }).catch((problem: unknown) => problem),
    stranger()
      .api.findByCode({ query: { code: made } })
      .catch((problem: unknown) => problem),
    zoe.api.joinAsGuest({ body: { code: made, name: '' } }).catch((problem: unknown) => problem),
  ])
  for (const answer of answers) {
    expect(answer).toMatchObject(OPENS_NOTHING)
    expect(String(answer)).toBe(String(answers[0]))
  }
  expect((await comeIn('Mallory', made)).answer.statusCode).toBe(404)

  await letGuestsIn()
  await ada.api.closeSession({ params })
  for (const person of [cleo, zoe])
    await expect(person.api.findByCode({ query: { code: made } })).rejects.toMatchObject(OPENS_NOTHING)
  await expect(letGuestsIn()).rejects.toThrow('over')
})

it('L42: whoever is not in the group comes in with a name only where the session lets guests in', async () => {
  const { ada, ben, session, params, code, letGuestsIn, comeIn } = await openDoors()
  const room = await session.watch(ben)
  await letGuestsIn()
  const typed = await code()
  expect((await comeIn('  ', typed)).answer.json()).toMatchObject({ code: 'invalid', field: 'name' })
  const { answer, person: gita } = await comeIn('Gita', typed)
  expect(answer.json()).toEqual({ sessionId: session.sessionId })

  await gita.api.enterRoom({ params })
  await gita.api.raiseHand({ params, body: { turnId: crypto.randomUUID() } })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
  const answerId = crypto.randomUUID()
  const blockId = session.blockIds[0] ?? ''
  await gita.api.writeAnswer({
    params,
    body: { id: answerId, blockId, body: 'From far away.', revision: 1, done: true },
  })
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const view = await room.agrees()
  const guest = view.people.find(({ name }) => name === 'Gita')
  expect(guest).toMatchObject({ role: 'member', guest: true, byCode: true })
  expect(view.people.find(({ name }) => name === 'Ben')).not.toHaveProperty('guest')
  expect(view.blocks[0]?.answers).toMatchObject([{ body: 'From far away.' }])
  // Who was there is corrected for guests as for anybody else.
  const attendance = { ...params, accountId: guest?.accountId ?? '' }
  for (const present of [false, true]) {
    await ada.api.setAttendance({ params: attendance, body: { present } })
    const names = (await room.agrees()).people.map(({ name }) => name)
    expect(names.includes('Gita')).toBe(present)
  }

  // One session, nothing else: not the group, not another session, not the table.
  const other = await openAnother()
  for (const closed of [
    () => gita.api.getGroup({ params: { slug: view.group.slug } }),
    () => gita.api.getRoom({ params: other }),
    () => gita.api.pauseTimer({ params, body: { id: randomUUID() } }),
    () => gita.api.sendGuestOut({ params: { ...params, accountId: ben.id } }),
  ])
    await expect(closed()).rejects.toMatchObject({ code: 'not-found' })

  await ada.api.closeSession({ params })
  await expect(gita.api.getRoom({ params })).rejects.toMatchObject({ code: 'not-signed-in' })

  async function openAnother() {
    const { id } = await ada.api.scheduleSession({
      params: { slug: view.group.slug },
      body: {
        id: crypto.randomUUID(),
        title: 'Another',
        startsLocal: '2026-11-24T18:00',
        minutes: 60,
        zone: 'Europe/Berlin',
        room: '',
        onlineLink: '',
        facilitatorId: ada.id,
      },
    } as never)
    return { sessionId: id }
  }
})

it('L42: somebody with an account comes as themselves, and a guest who is sent out is gone with the old code', async () => {
  const { ada, ben, zoe, session, params, code, letGuestsIn, comeIn } = await openDoors()
  await letGuestsIn()
  const typed = await code()
  expect(await zoe.api.findByCode({ query: { code: typed } })).toMatchObject({ seat: false, open: true })
  await zoe.api.joinAsGuest({ body: { code: typed, name: 'not asked' } })
  await zoe.api.joinAsGuest({ body: { code: typed, name: 'not asked' } })
  await zoe.api.enterRoom({ params })
  const room = await session.watch(ben)
  const { position } = await zoe.api.getRoom({ params })
  const line = await zoe.follow(session.sessionId, position)
  await zoe.api.raiseHand({ params, body: { turnId: crypto.randomUUID() } })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
  const blockId = session.blockIds[0] ?? ''
  await zoe.api.writeAnswer({
    params,
    body: { id: crypto.randomUUID(), blockId, body: 'Rude words.', revision: 1, done: true },
  })

  await expect(ben.api.sendGuestOut({ params: { ...params, accountId: zoe.id } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(ada.api.sendGuestOut({ params: { ...params, accountId: ben.id } })).rejects.toThrow(
    'Only guests who came with the code',
  )
  await ada.api.sendGuestOut({ params: { ...params, accountId: zoe.id } })
  await ada.api.sendGuestOut({ params: { ...params, accountId: zoe.id } })
  expect(await line.closed).toBe(4003)
  await ada.api.revealAnswers({ params: { ...params, blockId } })
  const view = await room.agrees()
  expect(JSON.stringify(view)).not.toContain('Rude words.')
  expect(view).toMatchObject({ queue: [], blocks: [{ answers: [], written: [] }] })
  expect(view.people.map(({ name }) => name)).not.toContain('Zoe')

  await expect(zoe.api.getRoom({ params })).rejects.toMatchObject({ code: 'not-found' })
  expect(await code()).not.toBe(typed)
  for (const tried of [typed, await code()])
    await expect(zoe.api.findByCode({ query: { code: tried } })).rejects.toMatchObject(OPENS_NOTHING)
  expect((await comeIn('Gita', typed)).answer.statusCode).toBe(404)
  expect((await comeIn('Gita', await code())).answer.statusCode).toBe(200)
})

it('L42: whoever only asked to join the group, or left it, comes by code as a guest, and can be sent out', async () => {
  const { ada, ben, zoe, groupId, house, person, session, params, code, letGuestsIn } = await openDoors()
  await letGuestsIn()
  const room = await session.watch(ben)
  const late = { groupId, role: 'member' as const }
  const asked = await person('Yusuf')
  const left = await person('Xenia')
  await house.db.insert(memberships).values([
    { ...late, accountId: asked.id, status: 'requested' },
    { ...late, accountId: left.id, status: 'left' },
  ])
  const guests = [asked, left, zoe]
  for (const guest of guests) {
    await guest.api.joinAsGuest({ body: { code: await code(), name: '' } })
    await guest.api.enterRoom({ params })
  }
  const view = await room.agrees()
  for (const { id } of guests)
    expect(view.people.find(({ accountId }) => accountId === id)).toMatchObject({
      role: 'member',
      guest: true,
      byCode: true,
    })
  expect(view.people.find(({ accountId }) => accountId === ben.id)).not.toHaveProperty('guest')

  for (const { id } of guests) await ada.api.sendGuestOut({ params: { ...params, accountId: id } })
  expect((await room.agrees()).people.map(({ accountId }) => accountId)).not.toContain(asked.id)
  for (const guest of guests)
    await expect(guest.api.getRoom({ params })).rejects.toMatchObject({ code: 'not-found' })

  // Once they are let into the group they are no guests, and come back to a seat of their own.
  await house.db.update(memberships).set({ status: 'active' }).where(eq(memberships.accountId, asked.id))
  await asked.api.enterRoom({ params })
  expect((await room.agrees()).people.find(({ accountId }) => accountId === asked.id)).not.toHaveProperty(
    'guest',
  )
  await expect(ada.api.sendGuestOut({ params: { ...params, accountId: asked.id } })).rejects.toThrow(
    'Only guests who came with the code',
  )
})

it('L51: a guest who is let into the group, or joins it, is no guest any more on every page', async () => {
  const { ada, ben, zoe, groupId, slug, house, person, session, params, code, letGuestsIn } =
    await openDoors()
  await house.db
    .update(groups)
    .set({ admission: 'on-request', visibility: 'public' })
    .where(eq(groups.id, groupId))
  await house.db.update(memberships).set({ role: 'organizer' }).where(eq(memberships.accountId, ada.id))
  await letGuestsIn()
  const yusuf = await person('Yusuf')
  for (const guest of [yusuf, zoe]) {
    await guest.api.joinAsGuest({ body: { code: await code(), name: '' } })
    await guest.api.enterRoom({ params })
  }
  const room = await session.watch(ben)
  const isGuest = async ({ id }: TestPerson) =>
    (await room.agrees()).people.find(({ accountId }) => accountId === id)?.guest
  const page = await yusuf.follow(session.sessionId, (await yusuf.api.getRoom({ params })).position)

  await yusuf.api.joinGroup({ params: { slug }, body: {} })
  expect(room.frames()).not.toContain('role-changed')
  await ada.api.decideRequest({ params: { slug, accountId: yusuf.id }, body: { approve: true } })
  await page.until('reset')
  expect(await isGuest(yusuf)).toBeUndefined()
  expect(await isGuest(zoe)).toBe(true)

  const { link } = await ada.api.createInvite({
    params: { slug },
    body: { id: randomUUID(), role: 'member', days: 7, maxUses: 1, domains: [] },
  })
  await zoe.api.acceptInvite({ params: { token: link.split('/').at(-1) ?? '' }, body: {} })
  expect(await isGuest(zoe)).toBeUndefined()
})

it('L42: the code is there an hour before it begins, for members to wait and for guests to come back to', async () => {
  const { ada, ben, zoe, groupId, slug, house, pass } = await openPods()
  const { id: sessionId } = await ada.api.scheduleSession({
    params: { slug },
    body: {
      id: crypto.randomUUID(),
      title: 'Soon',
      startsLocal: '2026-11-22T12:30',
      minutes: 60,
      zone: 'Europe/Berlin',
      room: '',
      onlineLink: '',
      facilitatorId: ada.id,
    },
  } as never)
  const params = { sessionId }
  const make = () => ada.api.setDoor({ params, body: { guests: true, shown: false } })
  await expect(make()).rejects.toThrow('an hour before')
  pass({ minutes: 150 - SOON / 60_000 })
  await make()
  const { door } = (await ben.api.getRoom({ params })).view
  expect(door).toMatchObject({ guests: true, shown: false })
  const code = door.code ?? ''
  expect(await ben.api.findByCode({ query: { code } })).toMatchObject({ seat: true, open: false })
  expect(await zoe.api.findByCode({ query: { code } })).toMatchObject({ seat: false, open: false })
  await expect(zoe.api.joinAsGuest({ body: { code, name: '' } })).rejects.toThrow('not open yet')

  // Somebody who confirmed a place on the public page has a seat once the room is open, and needs no code.
  const now = house.now()
  await house.db.insert(sessionGuests).values({ groupId, sessionId, accountId: zoe.id, confirmedAt: now })
  await house.db
    .insert(rsvps)
    .values({ groupId, sessionId, accountId: zoe.id, answer: 'coming', answeredAt: now })
  await ada.api.openRoom({ params })
  expect(await zoe.api.findByCode({ query: { code } })).toMatchObject({ seat: true, open: true })
  await zoe.api.enterRoom({ params })
})

it('L37, L42: a room that is shut again keeps its code, which tells whoever has no seat no more than one that was made up', async () => {
  const { ada, ben, cleo, zoe, stranger, session, params, house, pass, letGuestsIn, code } = await openDoors()
  await letGuestsIn()
  const made = await code()
  const room = await session.watch(ben)
  await ada.api.shutRoom({ params })
  expect((await room.agrees()).door).toEqual({ code: made, guests: true, shown: true })

  // Opened a day too early: until an hour before, whoever has no seat hears what everybody hears of a code that is none.
  const startsAt = new Date(house.now().getTime() + 25 * 60 * 60_000)
  const endsAt = new Date(startsAt.getTime() + 60 * 60_000)
  await house.db.update(sessions).set({ startsAt, endsAt }).where(eq(sessions.id, session.sessionId))
  const refusals = await Promise.all(
    [zoe, stranger()].flatMap((person) =>
      [made, 'QQQQQQ'].flatMap((typed) => [
        person.api.findByCode({ query: { code: typed } }).catch((problem: unknown) => problem),
        person.api
          .joinAsGuest({ body: { code: typed, name: 'Mallory' } })
          .catch((problem: unknown) => problem),
      ]),
    ),
  )
  for (const refusal of refusals) {
    expect(refusal).toMatchObject(OPENS_NOTHING)
    expect(String(refusal)).toBe(String(refusals[0]))
  }
  expect(String(refusals[0])).toContain('shortly before the session begins')
  // Whoever has a seat is told that it is not open yet, and the door can still be set.
  expect(await cleo.api.findByCode({ query: { code: made } })).toMatchObject({ seat: true, open: false })
  await ada.api.setDoor({ params, body: { guests: true, shown: false } })
  pass({ minutes: 24 * 60 + 1 })
  expect(await zoe.api.findByCode({ query: { code: made } })).toMatchObject({ seat: false, open: false })

  await ada.api.openRoom({ params })
  expect((await session.view()).door).toEqual({ code: made, guests: true, shown: false })
  expect(await zoe.api.findByCode({ query: { code: made } })).toMatchObject({ seat: false, open: true })
  expect(await cleo.api.findByCode({ query: { code: made } })).toMatchObject({ seat: true, open: true })

  await ada.api.closeSession({ params })
  for (const person of [cleo, zoe])
    await expect(person.api.findByCode({ query: { code: made } })).rejects.toMatchObject(OPENS_NOTHING)
})

it('L42: a code of a room that was shut opens nothing once the session is cancelled, or its time went by', async () => {
  const { ada, cleo, params, pass, code } = await openDoors()
  const made = await code()
  await ada.api.shutRoom({ params })
  pass({ minutes: 91 })
  await expect(cleo.api.findByCode({ query: { code: made } })).rejects.toMatchObject(OPENS_NOTHING)

  const other = await openDoors()
  const another = await other.code()
  await other.ada.api.shutRoom({ params: other.params })
  await other.ada.api.cancelSession({ params: other.params, body: { reason: 'The room has no heating.' } })
  await expect(other.cleo.api.findByCode({ query: { code: another } })).rejects.toMatchObject(OPENS_NOTHING)
})

it('L42: codes that open nothing can be tried ten times by an account, and no more for ten minutes', async () => {
  const story = await openHouse({ settings: { limits: true } })
  const zoe = await story.person('Zoe')
  const guess = () => zoe.api.findByCode({ query: { code: 'QQQQQQ' } })
  for (let tries = 0; tries < 10; tries += 1) await expect(guess()).rejects.toMatchObject(OPENS_NOTHING)
  await expect(guess()).rejects.toMatchObject({ code: 'too-many' })
  const ben = await story.person('Ben')
  for (let tries = 0; tries < 10; tries += 1)
    await expect(ben.api.findByCode({ query: { code: 'QQQQQQ' } })).rejects.toMatchObject(OPENS_NOTHING)
  const stranger = story.stranger()
  for (let tries = 0; tries < 10; tries += 1)
    await expect(stranger.api.findByCode({ query: { code: 'QQQQQQ' } })).rejects.toMatchObject(OPENS_NOTHING)
  await expect(stranger.api.findByCode({ query: { code: 'QQQQQQ' } })).rejects.toMatchObject({
    code: 'too-many',
  })
  story.pass({ minutes: 11 })
  await expect(guess()).rejects.toMatchObject(OPENS_NOTHING)
})
