import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asc, eq } from 'drizzle-orm'
import { expect, it, onTestFinished, vi } from 'vitest'
import { migrateDatabase, openDatabase, type Db } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { accounts, blocks, groups, memberships, roomEvents, rooms, sessions } from '#db/schema.ts'
import { makeRoom } from '#server/rooms/rooms.ts'
import { openSignIn } from '#server/sign-in/engine.ts'
import type { House } from '#server/house.ts'
import type { Room } from '#shared/live.ts'
import { openFront, type Front } from '#tests/faults/front.ts'
import { Facilitator, Somebody } from '#tests/faults/person.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

/** On demand: `FAULT_ROUNDS=200 vitest run --project faults`. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 20)
const PEOPLE = 6
const LONGEST_ROUND = 40_000

type Scene = { instances: Instance[]; front: Front; postmaster: () => number; db: Db }

/** What goes wrong, one after the other. */
const FAULTS: Record<string, (scene: Scene) => Promise<void>> = {
  'a process is killed': async ({ instances: [first] }) => {
    await first?.kill()
    await pause(100)
    await first?.start()
  },
  'all lines are reset': async ({ front }) => front.cut('reset'),
  'PostgreSQL is killed': async ({ postmaster }) => {
    process.kill(postmaster(), 'SIGKILL')
    await pause(400)
  },
  'the other process stands still': async ({ instances: [, second] }) => {
    second?.hold(true)
    await pause(1_200)
    second?.hold(false)
  },
  'a connection of the database is killed': async ({ db }) => {
    const { rows } = await db.execute<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = 'shortside' and pid <> pg_backend_pid() order by random() limit 1",
    )
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
  },
  'the other process is killed': async ({ instances: [, second] }) => {
    await second?.kill()
    await pause(100)
    await second?.start()
  },
  'nothing gets through for a while, then lines hang up': async ({ front }) => {
    front.hold(true)
    await pause(800)
    front.cut('hang up', 0.5)
    front.hold(false)
  },
  'both processes and PostgreSQL are killed at once': async ({ instances, postmaster }) => {
    process.kill(postmaster(), 'SIGKILL')
    await Promise.all(instances.map((instance) => instance.kill()))
    await Promise.all(instances.map((instance) => instance.start()))
  },
}

it(
  `L1, L4, L5, L7, L8, L25, L27: processes, PostgreSQL and lines are killed ${String(ROUNDS)} times: nothing that was answered is lost, and nobody hears a gap, a double or another order`,
  { timeout: 120_000 + ROUNDS * LONGEST_ROUND },
  async () => {
    const scene = await openScene()
    const { ada, people, sessionId } = await openSession(scene)
    const everybody = [ada, ...people]
    const living = everybody.map((person) => person.live())
    await ada.goOn()

    for (let round = 0; round < ROUNDS; round += 1) {
      const [name, fault] = Object.entries(FAULTS)[round % Object.keys(FAULTS).length] ?? []
      await pause(150 + Math.random() * 250)
      await fault?.(scene)
      await recover(everybody, name ?? '')
      if (round % 2 === 1) await ada.goOn()
    }

    for (const person of everybody) person.stop()
    await Promise.all(living)
    await settle(scene.db, sessionId, everybody)
    await expectNothingLost(scene.db, sessionId, everybody)
    expect(everybody.reduce((sum, { retries }) => sum + retries, 0)).toBeGreaterThan(ROUNDS)
    for (const { lines } of everybody) expect(lines).toBeGreaterThan(1)
  },
)

/** Two processes, looking after one durable PostgreSQL, behind a front that cuts lines. */
async function openScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'shortside-faults-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres(folder)
  await migrateDatabase(postgres.url)
  const front = await openFront()
  const database = openDatabase(postgres.url, { connections: 2 })
  const settings = { DATABASE_URL: '', ORIGIN: front.origin }
  const instances: Instance[] = []
  onTestFinished(async () => {
    await front.close()
    for (const instance of instances) {
      instance.hold(false)
      await instance.stop()
    }
    await database.close()
    await postgres.leave()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)
  for (let count = 0; count < 2; count += 1)
    instances.push(await openInstance({ embedded: folder, pages: false, settings }))
  front.lead(instances.map(({ origin }) => Number(new URL(origin).port)))
  const postmaster = () =>
    Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  return { instances, front, postmaster, db: database.db }
}

async function openSession({ db, front: { origin } }: Scene) {
  const [groupId, sessionId] = [randomUUID(), randomUUID()]
  const signIn = async (name: string) => {
    const [account] = await db
      .insert(accounts)
      .values({ name, email: `${name.toLowerCase()}@example.org`, verifiedAt: new Date() })
      .returning()
    const id = account?.id ?? ''
    const cookie = `signin=${await openSignIn({ now: () => new Date() } as House, db, id, 'test')}`
    return { id, cookie }
  }
  const names = Array.from({ length: PEOPLE }, (_, at) => `Person ${String(at)}`)
  const ada = await signIn('Ada')
  const others = await Promise.all(names.map((name) => signIn(name.replace(' ', ''))))
  await db.transaction(async (tx) => {
    await tx.insert(groups).values({
      ...{ id: groupId, slug: 'faults', name: 'Tuesday circle', kind: 'internal', visibility: 'private' },
      ...{ admission: 'invite-only', rhythm: 'weekly', zone: 'Europe/Berlin', places: 20 },
    })
    await tx.insert(memberships).values(
      [ada, ...others].map(({ id }) => ({
        ...{ groupId, accountId: id, status: 'active' as const },
        role: id === ada.id ? ('organizer' as const) : ('member' as const),
      })),
    )
    await tx.insert(sessions).values({
      ...{ id: sessionId, groupId, title: 'A stormy evening', facilitatorId: ada.id, startsAt: new Date() },
      endsAt: new Date(Date.now() + 3_600_000),
    })
    await makeRoom(tx, sessionId, groupId, 'session')
    await tx.insert(blocks).values(
      Array.from({ length: ROUNDS + 2 }, (_, position) => ({
        ...{ id: randomUUID(), groupId, sessionId, position, title: `Block ${String(position)}` },
        // Long enough that no vote ends by its time.
        ...{ kind: position % 2 === 0 ? ('write' as const) : ('vote' as const), minutes: 60 },
      })),
    )
  })
  // What the browser has around it.
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('location', { href: `${origin}/room/${sessionId}` })
  onTestFinished(() => void vi.unstubAllGlobals())

  const params = { sessionId }
  const load = async (cookie: string): Promise<Room> => {
    const answer = await fetch(`${origin}/api/sessions/${sessionId}/room`, { headers: { cookie } })
    return (await answer.json()) as Room
  }
  const come = async ({ id, cookie }: { id: string; cookie: string }) => ({
    ...{ id, cookie, origin },
    room: await load(cookie),
  })
  const facilitator = new Facilitator(await come(ada))
  await facilitator.ask(() => facilitator.api.openRoom({ params }))
  const people = await Promise.all(others.map(async (one) => new Somebody(await come(one))))
  onTestFinished(() => [facilitator, ...people].forEach((one) => one.connection.stop()))
  return { ada: facilitator, people, sessionId }
}

/** Everybody is answered again, and hears again. */
async function recover(everybody: readonly Somebody[], fault: string): Promise<void> {
  const before = everybody.map(({ answered }) => answered)
  const until = Date.now() + LONGEST_ROUND - 10_000
  const waiting = () => everybody.filter((person, at) => person.answered <= (before[at] ?? 0) + 1)
  while (waiting().length > 0) {
    if (Date.now() > until) expect.fail(`After “${fault}” nobody is answered any more.`)
    await pause(25)
  }
}

async function settle(db: Db, sessionId: string, everybody: readonly Somebody[]): Promise<void> {
  const [room] = await db.select().from(rooms).where(eq(rooms.id, sessionId))
  for (const person of everybody)
    await expect
      .poll(() => [person.connection.ended, person.number, person.connection.status], { timeout: 30_000 })
      .toEqual([undefined, room?.number, 'connected'])
}

/** The sums are what was acknowledged: no vote is lost, none counts twice, and what is put together stays so. */
function expectSums(view: Room['view'], everybody: readonly Somebody[]): void {
  const counted = view.blocks.filter(({ count }) => count !== null)
  expect(counted.length).toBeGreaterThan(0)
  for (const { id, count } of counted) {
    const there = new Set(count?.dots.map(({ topicId }) => topicId))
    const given = everybody
      .map(({ acknowledged }) => acknowledged.ballots.get(id)?.dots ?? [])
      .map((dots) => dots.filter(({ topicId }) => there.has(topicId)))
      .filter((dots) => dots.length > 0)
    const sums = new Map([...there].map((topicId) => [topicId, 0]))
    for (const { topicId, dots } of given.flat()) sums.set(topicId, (sums.get(topicId) ?? 0) + dots)
    expect(count?.voters).toBe(given.length)
    expect(new Map(count?.dots.map(({ topicId, dots }) => [topicId, dots]))).toEqual(sums)
  }
  expect(counted.some(({ count }) => (count?.voters ?? 0) > 0)).toBe(true)
  for (const [answerId, topicId] of everybody.flatMap((one) => [...one.acknowledged.gathered]))
    expect(view.topics.filter(({ answerIds }) => answerIds.includes(answerId)).map(({ id }) => id)).toEqual([
      topicId,
    ])
}

async function expectNothingLost(db: Db, sessionId: string, everybody: readonly Somebody[]): Promise<void> {
  const params = { sessionId }
  const log = await db
    .select({ number: roomEvents.number, event: roomEvents.event })
    .from(roomEvents)
    .where(eq(roomEvents.roomId, sessionId))
    .orderBy(asc(roomEvents.number))
  const events = log.map(({ event }) => event as { type: string } & Record<string, unknown>)
  expect(log.map(({ number }) => number)).toEqual(log.map((_, at) => at + 1))
  const told = (type: string, field: string) =>
    events.filter((event) => event.type === type).map((event) => event[field])

  for (const person of everybody) {
    const { view, mine } = (await person.ask(() => person.api.getRoom({ params }))) as Room
    expect(person.problems).toEqual([])
    expect(person.view).toEqual(view)
    if (person instanceof Facilitator) expectSums(view, everybody)
    for (const { number, event } of person.heard) expect(event.type).toBe(events[number - 1]?.type)

    const { answers, hands, commitments, extensions } = person.acknowledged
    if (!(person instanceof Facilitator)) expect(answers.size).toBeGreaterThan(1)
    for (const [blockId, { revision }] of answers) {
      const kept = mine.find((one) => one.blockId === blockId)
      expect(kept?.revision).toBeGreaterThanOrEqual(revision)
      expect(kept?.body).toBe(person.texts.get(blockId)?.get(kept?.revision ?? 0))
      const block = view.blocks.find(({ id }) => id === blockId)
      if (block?.revealedAt)
        expect(block.answers.filter(({ accountId }) => accountId === person.id)).toMatchObject([
          { body: kept?.body },
        ])
    }
    for (const turnId of hands)
      expect(told('hand-raised', 'turnId').filter((id) => id === turnId)).toHaveLength(1)
    for (const id of commitments) {
      expect(told('commitment-made', 'commitmentId').filter((one) => one === id)).toHaveLength(1)
      expect(view.commitments.filter((one) => one.id === id)).toHaveLength(1)
    }
    for (const id of extensions)
      expect(told('timer-changed', 'id').filter((one) => one === id)).toHaveLength(1)
    const up = view.queue.filter(({ accountId }) => accountId === person.id)
    const lowered = new Set([...told('hands-lowered', 'turnIds').flat(), ...told('turn-given', 'turnId')])
    expect(up.map(({ turnId }) => turnId)).toEqual([...hands].filter((turnId) => !lowered.has(turnId)))
  }
}
