import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocks, groups, pods, sessions } from '#db/schema.ts'
import { canary } from '#tests/canary.ts'
import type { TestPerson } from '#tests/house.ts'
import { namesOf, openPods, type OpenSession, type PodsBlock } from '#tests/pods.ts'

const PAIRS: PodsBlock = {
  kind: 'pairs',
  minutes: 10,
  options: { groupsOf: 2, minutesEach: 4, roles: ['Speaker', 'Helper'] },
}
const THREES: PodsBlock = {
  kind: 'practice',
  minutes: 9,
  options: { groupsOf: 3, roles: ['Robin', 'Kim', 'Observer'] },
}

it('L19: at the start everybody who is there is with somebody; who leads is not; whoever has no screen is', async () => {
  const { ada, ben, cleo, dan, eve, zoe, open } = await openPods()
  const session = await open([PAIRS], [ben, cleo, dan])
  await ada.api.setAttendance({ params: { ...session.params, accountId: eve.id }, body: { present: true } })
  const watching = await session.watch(ben)
  await session.goTo(0)

  const view = await watching.agrees()
  const pods = view.blocks[0]?.pods ?? []
  expect(pods.flatMap(({ people }) => people).toSorted()).toEqual(
    [ben, cleo, dan, eve].map(({ id }) => id).toSorted(),
  )
  expect(pods.map(({ people }) => people.length)).toEqual([2, 2])
  expect(view.blocks[0]?.pace).toEqual({ share: 0, left: 600, tail: 120 })

  const blockId = session.blockIds[0] ?? ''
  const command = { id: randomUUID(), withLeader: true, again: true }
  const put = (person: TestPerson) =>
    person.api.makePods({ params: { ...session.params, blockId }, body: command })
  await expect(put(ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(put(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await put(ada)
  const shuffled = await session.block(0)
  await put(ada)
  expect(await session.block(0)).toEqual(shuffled)
  expect(shuffled.pods.flatMap(({ people }) => people)).toContain(ada.id)
  await watching.agrees()
})

it('L19: over the sessions of a group nobody is with somebody again before they were with everybody', async () => {
  const { ben, cleo, dan, eve, open } = await openPods()
  const people = [ben, cleo, dan, eve]
  const seen = new Set<string>()
  for (let time = 0; time < 3; time += 1) {
    const session = await open([PAIRS], people)
    await session.goTo(0)
    for (const pod of namesOf(people, await session.block(0))) seen.add(pod.join(' and '))
  }
  expect(seen.size).toBe(6)
})

it('L20: a late comer joins, a leaver’s partner gets another, and whoever only listens is left in peace', async () => {
  const { ada, ben, cleo, dan, eve, join, open } = await openPods()
  const fay = await join('Fay')
  const people = [ben, cleo, dan, eve, fay]
  const session = await open([PAIRS], [ben, cleo, dan, eve])
  const watching = await session.watch(cleo)
  await session.goTo(0)
  const sizes = async () => (await session.block(0)).pods.map((pod) => pod.people.length).toSorted()
  const with_ = async (person: TestPerson) =>
    (await session.block(0)).pods.find((pod) => pod.people.includes(person.id))?.people ?? []

  await fay.api.enterRoom({ params: session.params })
  expect(await sizes()).toEqual([2, 3])
  await watching.agrees()

  // Ben's partner closes the laptop and goes.
  const before = await session.block(0)
  const lonely = before.pods.find((pod) => pod.people.length === 2)?.people ?? []
  const [stays, gone] = lonely.map((id) => people.find((person) => person.id === id) as TestPerson)
  if (!stays || !gone) throw new Error('no pair')
  await stays.api.missPartner({ params: session.params, body: { accountId: gone.id } })
  await stays.api.missPartner({ params: session.params, body: { accountId: gone.id } })
  expect(await sizes()).toEqual([2, 2])
  expect(await with_(gone)).toEqual([])
  expect((await with_(stays)).length).toBe(2)
  await watching.agrees()

  // It was not so: they are here and say so.
  await gone.api.joinPods({ params: session.params })
  await gone.api.joinPods({ params: session.params })
  expect(await sizes()).toEqual([2, 3])

  await gone.api.leavePods({ params: session.params })
  const zoe = await join('Gil')
  await zoe.api.enterRoom({ params: session.params })
  expect(await with_(gone)).toEqual([])
  expect(await sizes()).toEqual([2, 3])

  await ada.api.setAttendance({
    params: { ...session.params, accountId: zoe.id },
    body: { present: false },
  })
  expect(await with_(zoe)).toEqual([])
  await watching.agrees()
})

it('L20: the facilitator moves people by hand, to others, to a place of their own, and out', async () => {
  const { ada, ben, cleo, dan, eve, open } = await openPods()
  const people = [ben, cleo, dan, eve]
  const session = await open([PAIRS], people)
  const watching = await session.watch(ben)
  await session.goTo(0)
  const params = { ...session.params, blockId: session.blockIds[0] ?? '' }
  const move = (person: TestPerson, podId: string | null, by = ada) =>
    by.api.movePerson({ params, body: { accountId: person.id, podId } })
  const [first, second] = (await session.block(0)).pods
  if (!first || !second) throw new Error('no pods')
  const [one] = second.people
  const moving = people.find(({ id }) => id === one) as TestPerson

  await move(moving, first.id)
  await move(moving, first.id)
  expect((await session.block(0)).pods.map((pod) => pod.people.length)).toEqual([3, 1])
  await watching.agrees()
  const own = randomUUID()
  await move(moving, own)
  expect((await session.block(0)).pods.find(({ id }) => id === own)?.people).toEqual([moving.id])
  await move(moving, null)
  expect(JSON.stringify((await session.block(0)).pods)).not.toContain(moving.id)
  await watching.agrees()
  await expect(move(moving, first.id, ben)).rejects.toMatchObject({ code: 'not-allowed' })
  const stranger = { ...moving, id: randomUUID() }
  await expect(move(stranger, first.id)).rejects.toThrow('They are not here.')
})

it('L20: nobody is moved to people of another group, of another session or of a later turn, who stay together', async () => {
  const { ada, ben, cleo, dan, eve, house, open } = await openPods()
  const people = [ben, cleo, dan, eve]
  const feedback = { ...PAIRS, minutes: 14, options: { groupsOf: 2, minutesEach: 2, feedback: true } }
  const [earlier, session] = [await open([PAIRS], people), await open([PAIRS, feedback], people)]
  await earlier.goTo(0)
  await session.goTo(0)
  const groupId = randomUUID()
  const elsewhere = { sessionId: randomUUID(), blockId: randomUUID(), podId: randomUUID() }
  const startsAt = house.now()
  await house.db.insert(groups).values({
    ...{ id: groupId, slug: `other-${groupId.slice(0, 8)}`, name: 'Others', kind: 'internal' as const },
    ...{ visibility: 'private' as const, admission: 'invite-only' as const, rhythm: 'weekly' as const },
    ...{ zone: 'Europe/Berlin', places: 8 },
  })
  await house.db
    .insert(sessions)
    .values({ id: elsewhere.sessionId, groupId, title: 'Theirs', startsAt, endsAt: startsAt })
  await house.db.insert(blocks).values({
    ...{ id: elsewhere.blockId, groupId, sessionId: elsewhere.sessionId, position: 0 },
    ...{ ...PAIRS, title: 'Theirs' },
  })
  await house.db
    .insert(pods)
    .values({ id: elsewhere.podId, groupId, blockId: elsewhere.blockId, round: 0, number: 1 })

  const stored = () => house.db.select().from(pods).orderBy(pods.id)
  const stays = async (at: number, podId: string) => {
    const before = await stored()
    const params = { ...session.params, blockId: session.blockIds[at] ?? '' }
    await expect(ada.api.movePerson({ params, body: { accountId: ben.id, podId } })).rejects.toThrow(
      'These people are not together here now.',
    )
    expect(await stored()).toEqual(before)
  }
  await stays(0, elsewhere.podId)
  await stays(0, (await earlier.block(0)).pods[0]?.id ?? '')
  await session.goTo(1)
  await stays(1, (await session.block(1)).pods.find(({ round }) => round === 1)?.id ?? '')
})

it('L19: those who are together stay so in a block that says it, and roles go on by one where it says that', async () => {
  const { ben, cleo, dan, open } = await openPods()
  const people = [ben, cleo, dan]
  const kept = (more: PodsBlock['options']): PodsBlock => ({
    ...THREES,
    options: { ...THREES.options, keepPods: true, ...more },
  })
  const session = await open([THREES, kept({}), kept({ changeRoles: true })], people)
  await session.goTo(0)
  const first = (await session.block(0)).pods.map((pod) => pod.people)
  await session.goTo(1)
  await session.goTo(2)
  expect((await session.block(1)).pods.map((pod) => pod.people)).toEqual(first)
  expect((await session.block(2)).pods.map((pod) => pod.people)).toEqual(first)
})

it('L21: turns pause, stretch and are called on with the block, and everybody agrees on them', async () => {
  const { ada, ben, cleo, dan, eve, pass, open } = await openPods()
  const session = await open([PAIRS, THREES], [ben, cleo, dan, eve])
  const { params } = session
  const watching = await session.watch(dan)
  await session.goTo(0)
  const ofBlock = { ...params, blockId: session.blockIds[0] ?? '' }

  pass({ minutes: 2 })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 30 })
  await ada.api.resumeTimer({ params, body: { id: randomUUID() } })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  // A quarter of the turns is over, and what is left of them got two minutes more.
  expect((await session.block(0)).pace).toEqual({ share: 0.25, left: 600, tail: 120 })
  await ada.api.nextTurn({ params: ofBlock, body: { until: 0.5 } })
  await ada.api.nextTurn({ params: ofBlock, body: { until: 0.5 } })
  expect((await session.block(0)).pace).toEqual({ share: 0.5, left: 600, tail: 120 })
  await expect(ben.api.nextTurn({ params: ofBlock, body: { until: 1 } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await watching.agrees()

  // Away and back: nobody has to begin anew.
  await session.goTo(1)
  pass({ minutes: 1 })
  await session.goTo(0)
  expect((await session.block(0)).pace).toEqual({ share: 0.5, left: 600, tail: 120 })
  await watching.agrees()
})

const CARDS: PodsBlock = {
  kind: 'practice',
  minutes: 8,
  options: {
    ...THREES.options,
    cards: [
      { role: 'Robin', words: canary('card Robin'), alsoFor: ['Observer'] },
      { role: 'Kim', words: canary('card Kim'), alsoFor: ['Observer'] },
    ],
  },
}

it('L22: a role card reaches its holder and nobody else, in no frame and in no other answer', async () => {
  const { ada, ben, cleo, dan, zoe, open } = await openPods()
  const people = [ben, cleo, dan]
  const keeps: PodsBlock = { ...THREES, options: { ...THREES.options, keepPods: true } }
  const session = await open([CARDS, keeps], people)
  const watching = await Promise.all([ada, ...people].map((person) => session.watch(person)))
  await session.goTo(0)
  await session.goTo(1)

  const pod = (await session.block(1)).pods[0]
  const holder = (place: number) => people.find(({ id }) => id === pod?.people[place]) as TestPerson
  const cards = async (person: TestPerson) =>
    (await person.api.readMyPods({ params: session.params })).cards.map(({ words }) => words)
  expect(await cards(holder(0))).toEqual([canary('card Robin')])
  expect(await cards(holder(1))).toEqual([canary('card Kim')])
  expect(await cards(holder(2))).toEqual([canary('card Robin'), canary('card Kim')])
  expect(await cards(ada)).toEqual([canary('card Robin'), canary('card Kim')])
  await expect(cards(zoe)).rejects.toMatchObject({ code: 'not-found' })

  for (const one of watching) await one.agrees()
  expect(watching.map((one) => one.frames()).join()).not.toContain(canary('card Robin'))
  for (const person of [...people, ada]) {
    const pages = [`/api/sessions/${session.sessionId}/room`, `/api/sessions/${session.sessionId}`]
    for (const url of person === ada ? pages.slice(0, 1) : pages)
      expect((await person.request({ url })).body).not.toContain(canary('card Robin'))
  }
  // Whoever runs it prepares it, too.
  const own = await ada.request({ url: `/api/sessions/${session.sessionId}` })
  expect(own.body).toContain(canary('card Robin'))
})

it('L22: a link to a place reaches those of that place and whoever runs the session', async () => {
  const { ada, ben, cleo, dan, eve, open } = await openPods()
  const people = [ben, cleo, dan, eve]
  const session: OpenSession = await open([PAIRS], people)
  const watching = await session.watch(ben)
  await session.goTo(0)
  const link = `https://meet.example.org/${canary('pod link')}`
  const put = (words: string, by = ada) =>
    by.api.linkPods({ params: session.params, body: { number: 1, link: words } })
  await put(link)
  await put(link)
  await expect(put(link, ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(put('javascript:alert(1)')).rejects.toMatchObject({ code: 'invalid' })

  const inside = (await session.block(0)).pods.find(({ number }) => number === 1)?.people ?? []
  for (const person of people) {
    const { links } = await person.api.readMyPods({ params: session.params })
    expect(links).toEqual(inside.includes(person.id) ? [{ number: 1, link }] : [])
  }
  await watching.agrees()
  expect(watching.frames()).not.toContain(canary('pod link'))
})

it('L20: somebody who deletes their account is gone from where they were, also for whoever follows', async () => {
  const { ben, cleo, dan, eve, open } = await openPods()
  const session = await open([PAIRS], [ben, cleo, dan, eve])
  const watching = await session.watch(ben)
  await session.goTo(0)
  await eve.api.deleteAccount({ body: { email: eve.email } })
  const view = await watching.agrees()
  expect(JSON.stringify(view)).not.toContain(eve.id)
})

it('L11: each verb says how things stand when nobody works in pairs, or before the room is open', async () => {
  const { ada, ben, cleo, dan, open } = await openPods()
  const plain: PodsBlock = { kind: 'write', minutes: 3, options: {} }
  const session = await open([plain, PAIRS], [ben, cleo, dan])
  await session.goTo(0)
  await expect(ben.api.joinPods({ params: session.params })).rejects.toThrow(
    'Nobody works in pairs or threes in this block.',
  )
  const params = (at: number) => ({ ...session.params, blockId: session.blockIds[at] ?? '' })
  const body = { id: randomUUID(), withLeader: false, again: false }
  await expect(ada.api.makePods({ params: params(0), body })).rejects.toMatchObject({ code: 'conflict' })
  // Beforehand: nothing runs yet, and the block begins with them.
  await ada.api.makePods({ params: params(1), body })
  const made = (await session.block(1)).pods
  expect((await session.block(1)).pace).toBeNull()
  await session.goTo(1)
  expect((await session.block(1)).pods).toEqual(made)
  expect((await session.block(1)).pace).not.toBeNull()
})

it('L1: whatever people do with their pods, two followers fold the same, and nobody is in two at once', async () => {
  const story = await openPods()
  const { ada, ben, cleo, dan, eve, pass, open } = story
  const people = [ben, cleo, dan, eve]
  const feedback: PodsBlock = {
    ...PAIRS,
    minutes: 14,
    options: { groupsOf: 2, minutesEach: 2, feedback: true },
  }
  const session = await open([PAIRS, THREES, feedback], people)
  await session.goTo(0)
  const own = Array.from({ length: 3 }, () => randomUUID())
  const obey = async ([who, what, which]: readonly [number, number, number]) => {
    const person = people[who] as TestPerson
    const view = await session.view()
    const block = view.blocks.find(({ id }) => id === view.currentBlockId)
    const { params } = session
    const ofBlock = { ...params, blockId: block?.id ?? '' }
    const other = people[which % people.length] as TestPerson
    const pod = block?.pods[which % Math.max(1, block.pods.length)]
    const verbs = [
      () => person.api.joinPods({ params }),
      () => person.api.leavePods({ params }),
      () => person.api.missPartner({ params, body: { accountId: other.id } }),
      () => ada.api.movePerson({ params: ofBlock, body: { accountId: person.id, podId: pod?.id ?? null } }),
      () =>
        ada.api.movePerson({
          params: ofBlock,
          body: { accountId: person.id, podId: own[which % 3] ?? null },
        }),
      () => ada.api.movePerson({ params: ofBlock, body: { accountId: person.id, podId: null } }),
      () =>
        ada.api.makePods({
          params: ofBlock,
          body: { id: randomUUID(), withLeader: which % 2 === 0, again: true },
        }),
      () => ada.api.nextTurn({ params: ofBlock, body: { until: (1 + (which % 6)) / 6 } }),
      () => ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 1 + which } }),
      () =>
        which % 2 === 0
          ? ada.api.pauseTimer({ params, body: { id: randomUUID() } })
          : ada.api.resumeTimer({ params, body: { id: randomUUID() } }),
      () =>
        ada.api.setAttendance({
          params: { ...params, accountId: person.id },
          body: { present: which % 2 === 0 },
        }),
      () => person.api.enterRoom({ params }),
      () => session.goTo(which % 3),
    ]
    pass({ minutes: (which % 3) / 2 })
    await verbs[what]?.().catch((problem: unknown) => {
      if (!(problem instanceof Error) || problem.name !== 'Refusal') throw problem
    })
  }
  const command = fc.tuple(fc.nat(3), fc.nat(12), fc.nat(5))
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 14 }), async (commands) => {
      const [one, two] = [await session.watch(ben), await session.watch(cleo)]
      for (const each of commands) await obey(each)
      // Two at once, as it happens in a room.
      await Promise.all(commands.slice(0, 3).map(obey))
      expect(await one.agrees()).toEqual(await two.agrees())
      for (const { pods } of (await session.view()).blocks)
        for (const round of new Set(pods.map((pod) => pod.round))) {
          const seated = pods.filter((pod) => pod.round === round).flatMap((pod) => pod.people)
          expect(new Set(seated).size).toBe(seated.length)
        }
      await Promise.all([one.close(), two.close()])
    }),
    { numRuns: 6 },
  )
})
