import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { memberships } from '#db/schema.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'
import { callOf, CALL_NAMES, rowOf, send, verdictOf } from '#tests/privacy-ask.ts'
import { members, PEOPLE, type Who } from '#tests/privacy-people.ts'
import { takeSnapshot } from '#tests/privacy-snapshot.ts'
import { READERS } from '#tests/privacy-words.ts'
import { canariesIn, openWorld, type World } from '#tests/privacy-world.ts'
import { openSocket } from '#tests/raw-socket.ts'

const ORIGIN = 'http://localhost:3000'

/** Where the log of a session's or an episode's room stands, and how to hear all of it. */
async function pathOf({ people, slug, episodeId }: World, roomId: string, after = 0) {
  const { position } =
    roomId === episodeId
      ? await people.organizer.api.getDiscussion({ params: { slug, episodeId } })
      : await people.organizer.api.getRoom({ params: { sessionId: roomId } })
  return { ...position, path: `/api/rooms/${roomId}/socket?after=${after}&epoch=${position.epoch}` }
}

it('P1–P5: a room is heard by its members alone, and nobody hears what was not said to all', async () => {
  const world = await openWorld({ settings: { logLevel: 'fatal' } })
  const codes = { ok: 101, 'not-signed-in': 401, 'not-found': 404 } as Record<string, number>
  const wrong: string[] = []
  for (const roomId of [world.pastId, world.liveId, world.nextId, world.episodeId]) {
    const { path, number } = await pathOf(world, roomId)
    for (const who of PEOPLE) {
      const { cookie } = world.people[who]
      const socket = await openSocket(world, path, { origin: ORIGIN, cookie })
      const expected = codes[members[who]]
      if (socket.status !== expected) wrong.push(`${who} gets ${socket.status}, not ${expected}`)
      if (socket.status === 101)
        await expect.poll(() => socket.heard.join('')).toContain(`"number":${number},"event"`)
      for (const word of canariesIn(socket.heard.join('')))
        // The stream is the same for everybody in the room: it holds only what a member may read.
        if (!READERS.get(word)?.includes('member') || /answerof/.test(word))
          wrong.push(`${who} hears ${word}`)
    }
  }
  expect(wrong).toEqual([])
})

it('P6, L10: the sockets of who is removed, leaves or signs out close within a second, in every process', async () => {
  const world = await openWorld()
  const elsewhere = await openHouse({ databaseUrl: world.databaseUrl })
  const { slug, groupId, liveId, people, house } = world
  const { organizer } = people
  const { epoch, number } = await pathOf(world, liveId)
  const joining = async (name: string) => {
    const one = await elsewhere.person(name)
    await house.db
      .insert(memberships)
      .values({ groupId, accountId: one.id, role: 'member', status: 'active' })
    return { one, heard: await one.follow(liveId, { number, epoch }) }
  }
  const [ben, cleo, dora] = [await joining('Ben'), await joining('Cleo'), await joining('Dora')]
  // Both processes hear each other by now.
  await organizer.api.pauseTimer({ params: { sessionId: liveId }, body: { id: randomUUID() } })
  await Promise.all([ben, cleo, dora].map(({ heard }) => heard.until('timer-changed')))

  const write = (one: TestPerson, url: string, payload: object = {}) =>
    world.app.inject({ method: 'POST', url, payload, headers: { origin: ORIGIN, cookie: one.cookie } })
  const closesIn = async ({ heard }: typeof ben, change: () => Promise<{ statusCode: number }>) => {
    const began = performance.now()
    expect((await change()).statusCode).toBe(200)
    const code = await heard.closed
    expect(performance.now() - began).toBeLessThan(1_000)
    return code
  }
  const removal = `/api/groups/${slug}/members/${ben.one.id}/remove`
  expect(await closesIn(ben, () => write(organizer, removal, { reason: 'So.' }))).toBe(4003)
  expect(await closesIn(cleo, () => write(cleo.one, `/api/groups/${slug}/leave`))).toBe(4003)
  expect(await closesIn(dora, () => write(dora.one, '/api/sign-out'))).toBe(4001)

  await organizer.api.resumeTimer({ params: { sessionId: liveId }, body: { id: randomUUID() } })
  for (const { one, heard } of [ben, cleo, dora]) {
    expect(heard.events().map(({ type }) => type)).toEqual(['timer-changed'])
    await expect(one.follow(liveId, { number, epoch })).rejects.toThrow(/HTTP 40[14]/)
  }
})

it('D1: every call that changes something is refused from anywhere but our own pages, and changes nothing', async () => {
  const world = await openWorld()
  const snapshot = await takeSnapshot(world.databaseUrl)
  const wrong: string[] = []
  for (const name of CALL_NAMES) {
    const { method } = callOf(name)
    if (method === 'GET') continue
    for (const who of ['member', 'organizer', 'operator'] as const satisfies Who[]) {
      const { app, people } = world
      const request: TestPerson['request'] = (options) =>
        app.inject({
          ...options,
          headers: { origin: 'https://elsewhere.example', cookie: people[who].cookie },
        })
      const said = verdictOf(
        await send({ ...people[who], request }, name, rowOf(name).ask?.(world, who) ?? {}),
      )
      if (said !== 'wrong-origin') wrong.push(`${name} says ${said} to ${who}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await snapshot.changed(world.groupId)).toEqual([])
})

it('D2: a socket is opened from our own pages only', async () => {
  const world = await openWorld({ settings: { logLevel: 'fatal' } })
  const { path } = await pathOf(world, world.liveId)
  const { cookie } = world.people.member
  const opened = async (headers: Record<string, string>) =>
    (await openSocket(world, path, { ...headers, cookie })).status

  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'https://elsewhere.example' },
    { origin: 'http://localhost:3000.elsewhere.example' },
    { origin: 'http://localhost:30000' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[])
    expect(await opened(headers), JSON.stringify(headers)).toBe(403)
  expect(await opened({ origin: ORIGIN })).toBe(101)
  expect(await opened({ 'sec-fetch-site': 'same-origin' })).toBe(101)
})

it('D3: a socket that sends too much, too often or nonsense is closed', async () => {
  const world = await openWorld({ settings: { logLevel: 'fatal' } })
  const { path, number } = await pathOf(world, world.liveId)
  const open = () => openSocket(world, path, { origin: ORIGIN, cookie: world.people.member.cookie })
  const question = JSON.stringify({ type: 'clock', sent: 1 })

  const calm = await open()
  for (let times = 0; times < 10; times += 1) calm.send(question)
  await expect.poll(() => calm.heard.filter((frame) => frame.includes('"clock"'))).toHaveLength(10)

  const large = await open()
  large.send('x'.repeat(65_537))
  expect(await large.closed).toBe(1009)
  const nonsense = await open()
  nonsense.send('{"type":"news","number":1}')
  expect(await nonsense.closed).toBe(1003)
  // So many that at least 21 fall into one second.
  const busy = await open()
  for (let times = 0; times < 42; times += 1) busy.send(question)
  expect(await busy.closed).toBe(4029)
  await expect.poll(() => calm.heard.join('')).toContain(`"number":${number},"event"`)
})

it('D4: an account has ten sockets at most, and gets one back when it closes one', async () => {
  const world = await openWorld({ settings: { logLevel: 'fatal' } })
  const { path } = await pathOf(world, world.liveId)
  const open = (who: Who = 'member') =>
    openSocket(world, path, { origin: ORIGIN, cookie: world.people[who].cookie })
  const sockets = await Promise.all(Array.from({ length: 14 }, () => open()))
  expect(sockets.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(10).fill(101),
    ...Array<number>(4).fill(429),
  ])

  expect((await open()).status).toBe(429)
  expect((await open('organizer')).status).toBe(101)
  const one = sockets.find(({ status }) => status === 101)
  one?.close()
  await one?.closed
  await expect.poll(async () => (await open()).status).toBe(101)
})
