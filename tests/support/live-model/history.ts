import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import { blocks, episodes, groups, liveDeadlines, memberships, rooms, sessions } from '#db/schema.ts'
import { sweepDeadlines } from '#server/live/sweep-deadlines.ts'
import { makeRoom } from '#server/rooms/rooms.ts'
import { Refusal } from '#shared/refusals.ts'
import { canariesIn } from '#tests/canary.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'
import { DEEDS, deedNamed, FITTING, type DeedName } from './all-deeds.ts'
import { at, type Request } from './deed.ts'
import { Device } from './device.ts'
import { settleBallot } from './rules.ts'
import {
  agrees,
  ballotsOf,
  by,
  isMissingIds,
  learn,
  mineOf,
  newBlock,
  No,
  seenOf,
  shownBy,
  type Block,
  type Role,
  type World,
} from './world.ts'

/** What happens next in a history. */
export type Move =
  | { move: 'do'; device: number; deed: Chosen; pick: number; sent: Sending }
  /** Something that was under way for long comes at last. */
  | { move: 'deliver'; which: number }
  | { move: 'at once'; device: number; deeds: { deed: Chosen; device: number; pick: number }[] }
  | { move: 'drop' | 'come back'; device: number }
  | { move: 'pass'; seconds: number }
  | { move: 'remove Eve' }

/** By name, or whatever people mostly do in the block that the page shows. */
type Chosen = DeedName | 'fitting'

/** Later: it was written from the page as it is now. Again: the same request a second time, then or later. */
type Sending = 'once' | 'twice at once' | 'later' | 'now and again later'

/** The plan of each history. A new kind of block gets a line here, and its deeds in `DEEDS`. */
const PLAN: readonly Pick<Block, 'kind' | 'minutes' | 'options'>[] = [
  { kind: 'check-in', minutes: 3, options: { goRound: true } },
  { kind: 'write', minutes: 5, options: { groupTogether: true } },
  { kind: 'vote', minutes: 2, options: { votes: 2 } },
  { kind: 'pairs', minutes: 4, options: { groupsOf: 2 } },
  { kind: 'write', minutes: 2, options: { stayHidden: true } },
  { kind: 'write', minutes: 2, options: { anonymous: true } },
  { kind: 'vote', minutes: 1, options: { confidence: true } },
  { kind: 'listen', minutes: 2, options: { part: { start: 10, end: 40 } } },
  { kind: 'commit', minutes: 2, options: {} },
  { kind: 'close', minutes: 1, options: { closing: 'plus-delta' } },
]

const ROLES = {
  Ada: 'organizer',
  Cleo: 'facilitator',
  Ben: 'member',
  Dan: 'member',
  Eve: 'member',
} as const satisfies Record<string, Role>

/** Ben has a phone and a laptop; Zoe belongs to no group. */
const DEVICES = ['Ada', 'Cleo', 'Ben', 'Ben', 'Dan', 'Eve', 'Zoe'] as const
const WITHOUT_A_LINE = ['Dan', 'Zoe'] as const

/** Whoever runs the session does the most. */
const deviceOf = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1) },
  { weight: 3, arbitrary: fc.nat(DEVICES.length - 1) },
)
const chosen = fc.nat(400)
const names = Object.keys(DEEDS) as DeedName[]
/** A session that is closed early tells little, so this is done rarely. */
const deed = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...names.filter((name) => name !== 'close')) },
  { weight: 25, arbitrary: fc.constant('fitting' as const) },
  { weight: 1, arbitrary: fc.constant('close' as const) },
)

export const aMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      move: fc.constant('do' as const),
      device: deviceOf,
      deed,
      pick: chosen,
      sent: fc.constantFrom<Sending>('once', 'once', 'twice at once', 'later', 'now and again later'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ move: fc.constant('deliver' as const), which: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constant('at once' as const),
      device: deviceOf,
      deeds: fc.array(fc.record({ deed, device: deviceOf, pick: chosen }), { minLength: 2, maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ move: fc.constantFrom('drop' as const, 'come back' as const), device: deviceOf }),
  },
  { weight: 2, arbitrary: fc.record({ move: fc.constant('pass' as const), seconds: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.constant({ move: 'remove Eve' as const }) },
)

const once = (device: number, deed: DeedName, pick = 1): Move => ({
  ...{ move: 'do', device, deed, pick, sent: 'once' },
})
const [ADA, CLEO, BEN, EVE] = [0, 1, 2, 5]
const OPENED: Move[] = [
  { move: 'do', device: ADA, deed: 'open', pick: 0, sent: 'twice at once' },
  once(BEN, 'enter'),
  once(EVE, 'enter'),
]
const WRITTEN: Move[] = [
  { move: 'do', device: ADA, deed: 'start', pick: 1, sent: 'now and again later' },
  ...[BEN, EVE, CLEO].map((device) => once(device, 'done')),
]
const GATHERED: Move[] = [...WRITTEN, once(ADA, 'reveal'), once(BEN, 'gather', 2)]

/** How a history may begin. */
const BEGINNINGS = {
  closed: [],
  writing: [...OPENED, ...WRITTEN.slice(0, 1)],
  goingRound: [...OPENED, once(ADA, 'start', 0), once(ADA, 'nextSpeaker')],
  gathering: [...OPENED, ...GATHERED],
  voting: [...OPENED, ...GATHERED, once(ADA, 'start', 2), once(BEN, 'vote', 1), once(EVE, 'voteDone', 2)],
  counted: [...OPENED, ...GATHERED, once(CLEO, 'start', 2), once(BEN, 'vote', 1), once(ADA, 'count', 1)],
  anonymous: [...OPENED, once(ADA, 'start', 5), ...[BEN, EVE, 4].map((device) => once(device, 'done'))],
  confidence: [...OPENED, once(ADA, 'start', 6), once(EVE, 'voteDone', 3)],
  listening: [...OPENED, once(ADA, 'start', 7), once(CLEO, 'play', 1)],
  promising: [...OPENED, once(ADA, 'start', 8), once(BEN, 'promise', 1)],
} satisfies Record<string, Move[]>

/** The history of one session. */
export const aHistory = fc.record({
  begun: fc.constantFrom(...(Object.keys(BEGINNINGS) as (keyof typeof BEGINNINGS)[])),
  moves: fc.array(aMove, { minLength: 6, maxLength: 18, size: 'medium' }),
})
export type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

/** A server of its own with people; histories on it come one after another, because they turn its clock. */
export type Lane = TestHouse & { people: Record<keyof typeof ROLES | 'Zoe', TestPerson> }

export async function openLane(): Promise<Lane> {
  const house = await openHouse()
  const everybody = await Promise.all(
    [...Object.keys(ROLES), 'Zoe'].map(async (name) => [name, await house.person(name)] as const),
  )
  return { ...house, people: Object.fromEntries(everybody) as Lane['people'] }
}

/** Plays one history in a session of its own, and holds everything that came of it against the model. */
export async function play(lane: Lane, { begun, moves }: History): Promise<void> {
  const room = await openRoom(lane)
  try {
    for (const move of [...BEGINNINGS[begun], ...moves]) await room.make(move)
    await room.hold()
  } finally {
    await room.leave()
  }
}

async function openRoom({ house, people, pass }: Lane) {
  const { sessionId, slug, world } = await seed(house, people)
  const { Ada, Eve, Zoe } = people
  const load = (person: TestPerson) => person.api.getRoom({ params: { sessionId } })
  const numberNow = async () => {
    const [room] = await house.db.select({ number: rooms.number }).from(rooms).where(eq(rooms.id, sessionId))
    return room?.number ?? 0
  }

  /** How things may stand: more than one way while it is open what came first. */
  let worlds: World[] = [world]
  const underWay: { device: Device; request: Request }[] = []
  const told: string[] = []
  let heardByEve = Infinity
  const start = await load(Ada)
  const devices = DEVICES.map((name) => new Device(people[name], start))
  const listening = devices.filter(({ person: { name } }) => !WITHOUT_A_LINE.some((one) => one === name))
  await Promise.all(listening.map((device) => device.connect()))
  await expect(people.Zoe.follow(sessionId, start.position)).rejects.toThrow('HTTP 404')

  return { make, hold, leave }

  async function make(move: Move): Promise<void> {
    switch (move.move) {
      case 'do': {
        const [device, request] = await prepare(move)
        if (move.sent === 'later' || move.sent === 'now and again later') underWay.push({ device, request })
        if (move.sent !== 'later')
          await deliver(
            Array.from({ length: move.sent === 'twice at once' ? 2 : 1 }, () => ({ device, request })),
          )
        return
      }
      case 'at once': {
        const all = []
        for (const one of move.deeds) all.push(await prepare(one))
        return deliver(all.map(([device, request]) => ({ device, request })))
      }
      case 'deliver': {
        const [late] = underWay.splice(move.which % Math.max(1, underWay.length), 1)
        return late && deliver([late])
      }
      case 'drop':
        return deviceAt(move.device).drop()
      case 'come back':
        return comeBack(deviceAt(move.device))
      case 'pass':
        return goBy(move.seconds)
      case 'remove Eve':
        return removeEve()
    }
  }

  function deviceAt(at: number): Device {
    return devices[at] ?? (devices[0] as Device)
  }

  async function comeBack(device: Device): Promise<void> {
    if (!listening.includes(device) || (device.person === Eve && heardByEve < Infinity)) return
    await device.connect()
  }

  /** Time goes by, and what is due then is looked at. */
  async function goBy(seconds: number): Promise<void> {
    pass({ minutes: seconds / 60 })
    await sweepDeadlines(house)
    const now = house.now().getTime()
    for (const one of worlds) if (one.dueAt !== null && one.dueAt <= now) settleBallot(one, now)
    if (worlds.some(isMissingIds)) await compare()
  }

  /** What somebody sends from the page that they have: up to date where there is a line. */
  async function prepare({ device: at, deed, pick }: { device: number; deed: Chosen; pick: number }) {
    const device = deviceAt(at)
    if (device.connected) await device.reach(await numberNow())
    return [device, deedNamed(deed === 'fitting' ? fitting(device, pick) : deed)(device, pick)] as const
  }

  /** Sends these at once. Some order of them has to explain every answer. */
  async function deliver(sent: { device: Device; request: Request }[]): Promise<void> {
    const before = await numberNow()
    const now = house.now().getTime()
    const answers = await Promise.all(
      sent.map(({ device, request }) => request.send(device.person.api).then(given, refused)),
    )
    told.push(
      sent
        .map(({ device, request }, at) => `${device.person.name}: ${request.name} → ${say(answers[at])}`)
        .join(' | '),
    )
    const possible = worlds.flatMap((one) =>
      orders(sent.length).flatMap((order) => {
        const next = structuredClone(one)
        // One may undo what another has just done: then the room hears both.
        let stirred = false
        const explains = order.every((at) => {
          const seen = structuredClone(seenOf(next))
          const expected = outcome(sent[at]?.request, next, now)
          stirred ||= !isDeepStrictEqual(seenOf(next), seen)
          const answer = answers[at]
          return expected.kind === 'anything' ? answer?.kind === 'given' : isDeepStrictEqual(expected, answer)
        })
        return explains ? [{ next, stirred }] : []
      }),
    )
    if (possible.length === 0)
      fail(
        `The model expected ${sent.map(({ request }) => say(outcome(request, structuredClone(worlds[0] as World), now))).join(' | ')}.`,
      )
    const unchanged = possible.every(({ stirred }) => !stirred)
    if (unchanged && (await numberNow()) !== before && !/write|play/.test(told.at(-1) ?? ''))
      fail('Nothing changed, and the room was told that something did.')
    worlds = possible
      .map(({ next }) => next)
      .filter((one, at, all) => !all.slice(0, at).some((other) => isDeepStrictEqual(one, other)))
    if (worlds.length > 1 || worlds.some(isMissingIds)) await compare()
  }

  async function removeEve(): Promise<void> {
    if (heardByEve < Infinity) return
    await Ada.api.removeMember({ params: { slug, accountId: Eve.id }, body: { reason: 'She moved away.' } })
    told.push('Eve is removed')
    heardByEve = await numberNow()
    for (const one of worlds)
      one.roles = Object.fromEntries(Object.entries(one.roles).filter(([accountId]) => accountId !== Eve.id))
    const device = devices.find(({ person }) => person === Eve)
    if (device?.connected) expect(await device.closed()).toBe(4003)
  }

  /** The state as it is loaded now is one of those that may be. */
  async function compare() {
    const fresh = await load(Ada)
    worlds = worlds.map((one) => learn(one, fresh.view)).filter((one) => agrees(one, fresh.view))
    if (worlds.length === 0) fail('The loaded state is not what the model says.')
    return fresh
  }

  async function hold(): Promise<void> {
    const before = worlds[0] as World
    const fresh = await load(Ada)
    try {
      await compare()
    } catch {
      expect(shownBy(fresh.view), told.join('\n')).toEqual(seenOf(before))
    }
    const members = listening.filter(({ person }) => person !== Eve || heardByEve === Infinity)
    const number = await numberNow()
    for (const device of members) {
      await device.connect()
      await device.reach(number)
      expect(device.view, told.join('\n')).toEqual(fresh.view)
    }
    for (const device of members) expect([...device.heard]).toEqual([...(members[0]?.heard ?? [])])
    expect([...(members[0]?.heard.keys() ?? [])]).toEqual(Array.from({ length: number }, (_, at) => at + 1))

    for (const { person } of members) {
      const { mine, ballots } = await load(person)
      expect(ballots.toSorted(by('blockId'))).toEqual(ballotsOf(worlds[0] as World, person.id))
      expect(mine.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(mineOf(worlds[0] as World, person.id))
    }
    for (const stranger of heardByEve < Infinity ? [Zoe, Eve] : [Zoe])
      await expect(load(stranger)).rejects.toMatchObject({ code: 'not-found' })
    await Promise.all(devices.map((device) => device.drop()))
    holdFrames()
  }

  /** Nothing that was written is in any frame but that which reveals it, and then only what counts. */
  function holdFrames(): void {
    const { blocks: plan } = worlds[0] as World
    const revealed = plan.filter((block) => block.revealedAt !== null).map(({ id }) => id)
    const anonymous = plan.filter(({ options }) => options.anonymous).map(({ id }) => id)
    const open = [
      ...(worlds[0] as World).answers.filter(({ blockId }) => revealed.includes(blockId)),
      ...plan.flatMap(({ nobodys }) => nobodys),
    ].flatMap(({ body }) => canariesIn(body))
    const accountIds = Object.values(people).map(({ id }) => id)
    for (const device of devices)
      for (const text of device.frames) {
        const words = canariesIn(text)
        const frame = JSON.parse(text) as { number?: number; event?: { type: string; blockId?: string } }
        const { type = '', blockId = '' } = frame.event ?? {}
        if (device.person === Eve && (frame.number ?? 0) > heardByEve)
          fail(`Eve was removed, and heard ${text}`)
        if (anonymous.includes(blockId) && accountIds.some((id) => text.includes(id)))
          fail(`${device.person.name} heard who writes without a name: ${text}`)
        if (
          ['answers-revealed', 'topics-changed'].includes(type)
            ? words.some((word) => !open.includes(word))
            : words.length > 0
        )
          fail(`${device.person.name} read too early: ${text}`)
      }
  }

  async function leave(): Promise<void> {
    await Promise.all(devices.map((device) => device.drop()))
    await house.db.delete(liveDeadlines).where(eq(liveDeadlines.sessionId, sessionId))
  }

  function fail(problem: string): never {
    throw new Error(`${problem}\n${told.join('\n')}`)
  }
}

type Outcome = { kind: 'given'; value: unknown } | { kind: 'refused'; code: string } | { kind: 'anything' }

const given = (value: unknown): Outcome => ({ kind: 'given', value })
function refused(problem: unknown): Outcome {
  if (problem instanceof Refusal || problem instanceof No) return { kind: 'refused', code: problem.code }
  throw problem
}
function outcome(request: Request | undefined, world: World, now: number): Outcome {
  const before = structuredClone(world)
  try {
    const value = request?.happen(world, now)
    return value === undefined ? { kind: 'anything' } : given(value)
  } catch (problem) {
    // What was refused has done nothing.
    Object.assign(world, before)
    return refused(problem)
  }
}
const say = (one: Outcome | undefined): string =>
  one?.kind === 'given' ? JSON.stringify(one.value) : one?.kind === 'refused' ? one.code : 'anything'

const fitting = (device: Device, pick: number): DeedName => {
  const { blocks: plan, currentBlockId } = device.view
  const kind = plan.find(({ id }) => id === currentBlockId)?.kind
  return at((kind && FITTING[kind]) ?? names, pick) ?? 'next'
}

/** All orders of so many things. */
function orders(length: number): number[][] {
  if (length === 0) return [[]]
  return orders(length - 1).flatMap((order) =>
    Array.from({ length }, (_, at) => [...order.slice(0, at), length - 1, ...order.slice(at)]),
  )
}

/** A group and a session of this history alone. */
async function seed({ db, now }: Lane['house'], people: Lane['people']) {
  const [groupId, sessionId] = [randomUUID(), randomUUID()]
  const slug = `model-${groupId}`
  const roles = Object.entries(ROLES).map(([name, role]) => [people[name as 'Ada'].id, role] as const)
  const plan = PLAN.map((block) => ({ ...block, id: randomUUID() }))
  await db.transaction(async (tx) => {
    await tx.insert(groups).values({
      ...{ id: groupId, slug, name: 'Tuesday circle', kind: 'internal', visibility: 'private' },
      ...{ admission: 'invite-only', rhythm: 'weekly', zone: 'Europe/Berlin', places: 8 },
    })
    await tx
      .insert(memberships)
      .values(roles.map(([accountId, role]) => ({ groupId, accountId, role, status: 'active' as const })))
    const [episode] = await tx.insert(episodes).values({ groupId, title: 'Asking first' }).returning()
    await tx.insert(sessions).values({
      ...{
        id: sessionId,
        groupId,
        episodeId: episode?.id,
        title: 'A session',
        facilitatorId: people.Ada.id,
        startsAt: now(),
      },
      endsAt: new Date(now().getTime() + 3_600_000),
    })
    await makeRoom(tx, sessionId, groupId, 'session')
    await tx
      .insert(blocks)
      .values(plan.map((block, position) => ({ ...block, title: block.kind, groupId, sessionId, position })))
  })
  const world: World = {
    status: 'scheduled',
    roles: Object.fromEntries(roles),
    blocks: plan.map(newBlock),
    current: null,
    timer: { endsAt: null, left: null },
    people: [],
    answers: [],
    turns: [],
    commitments: [],
    witnesses: [],
    topics: [],
    added: [],
    ballots: [],
    dueAt: null,
    facilitator: people.Ada.id,
    names: Object.fromEntries(Object.values(people).map(({ id, name }) => [id, name])),
    happened: [],
    unknown: 0,
  }
  return { sessionId, slug, world }
}
