import { randomUUID } from 'node:crypto'
import { eq, isNull } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { accounts, experts, groups, memberships, posts, walkIns } from '#db/schema.ts'
import { hashPassword } from '#server/sign-in/passwords.ts'
import { applyDiscussionEvent, type DiscussionEvent } from '#shared/discussion.ts'
import type { LiveEvent, SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import type { Discussion } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { Heard, TestPerson } from '#tests/house.ts'
import { takeSnapshot } from '#tests/privacy-snapshot.ts'
import { canariesIn, canary, groupDraft, openWorld, type World } from '#tests/privacy-world.ts'

const goodbye = (person: TestPerson) => person.api.deleteAccount({ body: { email: person.email } })

const caughtUp = (heard: Heard, number: number) =>
  vi.waitUntil(() => heard.frames.some((frame) => frame.type === 'news' && frame.number === number), {
    timeout: 20_000,
  })

/** What a facilitator who keeps both pages open holds of them, and what their logs say from the very first event. */
async function readAlong({ people, slug, episodeId, liveId, pastId }: World) {
  const { facilitator } = people
  const sessions = [liveId, pastId].map((sessionId) => ({
    id: sessionId,
    load: () => facilitator.api.getRoom({ params: { sessionId } }),
  }))
  const load = () => facilitator.api.getDiscussion({ params: { slug, episodeId } })
  const before = await load()
  const heard = await facilitator.follow(episodeId, before.position)
  const rooms = await Promise.all(
    sessions.map(async ({ id, load }) => {
      const { position, view } = await load()
      return { id, load, view, epoch: position.epoch, heard: await facilitator.follow(id, position) }
    }),
  )
  return {
    /** Old state and news, and the whole log over the state of today, both end in what is loaded now. */
    agree: async () => {
      const fresh = await load()
      await caughtUp(heard, fresh.position.number)
      const past = await facilitator.follow(episodeId, { ...fresh.position, number: 0 })
      await caughtUp(past, fresh.position.number)
      expect(foldDiscussion(before, heard)).toEqual(fresh)
      expect(
        foldDiscussion(
          { ...fresh, threads: [], position: { ...fresh.position, number: 0 } },
          past,
        ).threads.map(({ posts }) => posts),
      ).toEqual(fresh.threads.map(({ posts }) => posts))
      for (const room of rooms) {
        const { position, view } = await room.load()
        await caughtUp(room.heard, position.number)
        const again = await facilitator.follow(room.id, { ...position, number: 0 })
        await caughtUp(again, position.number)
        expect(foldRoom(room.view, room.heard)).toEqual(view)
        expect(foldRoom(empty(view), again)).toEqual(view)
        expect(canariesIn(JSON.stringify(again.frames)).filter(isOfMember)).toEqual([])
      }
      return fresh
    },
  }
}

const foldDiscussion = (before: Discussion, heard: Heard) =>
  heard.frames.reduce(
    (state, frame) =>
      frame.type === 'news' && frame.number > state.position.number
        ? applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
        : state,
    before,
  )
const foldRoom = (before: SessionView, heard: Heard) =>
  (heard.events() as LiveEvent[]).reduce(applyLiveEvent, before)

/** As the room was before anything had happened in it. */
const empty = (view: SessionView): SessionView => ({
  ...view,
  session: { ...view.session, status: 'scheduled', openedAt: null, wrappedUpAt: null },
  blocks: view.blocks.map((block) => ({
    ...block,
    skipped: false,
    startedAt: null,
    endedAt: null,
    revealedAt: null,
    written: [],
    writtenCount: 0,
    answers: [],
  })),
  currentBlockId: null,
  timer: { endsAt: null, left: null },
  people: [],
  queue: [],
  speaking: null,
  commitments: [],
  topics: [],
  lead: { leaderId: null, locked: false, lost: null, coFacilitators: [] },
  door: { code: null, guests: false, shown: true },
})

const OF_MEMBER = [
  ...['name member', 'mail member', 'post words', 'hidden words', 'reported words', 'reflection'],
  'account suspension',
  ...['past', 'live'].flatMap((what) =>
    ['revealed answer', 'answer of member', 'cue', 'action'].map((part) => `${what} ${part}`),
  ),
].map(canary)
const isOfMember = (word: string) => OF_MEMBER.includes(word)

it('P12: who deletes their account is gone from every table, and open pages and logs agree on it', async () => {
  const world = await openWorld()
  const { member, facilitator } = world.people
  const { slug, threadId, liveId, memberHandId } = world
  const replyId = randomUUID()
  await facilitator.api.reply({
    params: { slug, threadId },
    body: { postId: replyId, body: 'A reply' },
  })
  await facilitator.api.giveTurn({ params: { sessionId: liveId, turnId: memberHandId } })
  const snapshot = await takeSnapshot(world.databaseUrl)
  const along = await readAlong(world)
  const inRoom = await member.follow(
    liveId,
    (await member.api.getRoom({ params: { sessionId: liveId } })).position,
  )

  await goodbye(member)

  expect(await inRoom.closed).toBeGreaterThan(4_000)
  const { threads } = await along.agree()
  expect(threads[0]).toMatchObject({
    startedBy: null,
    posts: [
      { number: 1, by: null, body: '', withdrawn: true },
      { number: 2 },
      { number: 3, by: null, body: '', withdrawn: true, hidden: null },
      { number: 4, by: null, body: '', withdrawn: true },
      { number: 5, by: null, body: '', withdrawn: true },
      { number: 6 },
      { number: 7, body: 'A reply' },
    ],
  })
  // What was mailed to others is theirs; nothing else holds a word.
  const left = [...(await snapshot.columns())].flatMap(([column, values]) =>
    column.startsWith('mails.')
      ? []
      : canariesIn(values)
          .filter(isOfMember)
          .map((word) => `${word} in ${column}`),
  )
  expect(left).toEqual([])
  await expect(member.api.listSignIns()).rejects.toMatchObject({ code: 'not-signed-in' })
  const wrapUp = await facilitator.api.getWrapUp({ params: { sessionId: world.pastId } })
  expect(canariesIn(JSON.stringify(wrapUp)).filter(isOfMember)).toEqual([])
})

it('P12: a place becomes free for who waits, and the next post takes the next number', async () => {
  const world = await openWorld()
  const { slug, threadId, people } = world
  await goodbye(people.member)

  expect((await people.waitlisted.api.getGroup({ params: { slug } })).role).toBe('member')
  expect((await world.mail()).at(-1)).toMatchObject({
    to: people.waitlisted.email,
    subject: expect.stringMatching(/^You have a place/) as string,
  })
  const next = await people.waitlisted.api.reply({
    params: { slug, threadId },
    body: { postId: randomUUID(), body: 'On we go' },
  })
  expect(next.number).toBe(7)
})

it('P12: the only organizer hands over first, the only operator stays, and both hear what to do', async () => {
  const world = await openWorld()
  const { organizer, operator, member } = world.people

  expect(await organizer.api.readDeletion()).toMatchObject({
    proof: 'email',
    handOver: [{ slug: world.slug }],
    onlyOperator: false,
  })
  await expect(goodbye(organizer)).rejects.toMatchObject({
    code: 'conflict',
    message: `You are the only organizer of “Circle ${canary('group name')}”, and others are in it. Hand over on the members page first.`,
  })
  await organizer.api.handOver({ params: { slug: world.slug }, body: { accountId: member.id } })
  await goodbye(organizer)
  expect((await member.api.getGroup({ params: { slug: world.slug } })).role).toBe('organizer')

  expect((await operator.api.readDeletion()).onlyOperator).toBe(true)
  await expect(goodbye(operator)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('only operator') as string,
  })
  await world.person('Olga', { operator: true })
  await goodbye(operator)
})

it('P12: a group of mine alone goes with me; one that others left is closed, and they keep their commitments', async () => {
  const world = await openWorld()
  const { db } = world.house
  const { organizer, outsider, left, requested, waitlisted, member, facilitator } = world.people
  await db
    .insert(memberships)
    .values({ groupId: world.other.groupId, accountId: requested.id, role: 'member', status: 'requested' })

  expect(await outsider.api.readDeletion()).toMatchObject({ deleted: [{ name: 'Another' }], closed: [] })
  await goodbye(outsider)
  expect(await db.select().from(groups).where(eq(groups.id, world.other.groupId))).toEqual([])
  expect((await world.mail()).at(-1)).toMatchObject({
    to: requested.email,
    subject: 'Your request to join Another',
  })

  await db.delete(memberships).where(eq(memberships.accountId, world.people.expired.id))
  await waitlisted.api.leaveGroup({ params: { slug: world.slug }, body: {} })
  for (const one of [member, facilitator])
    await one.api.leaveGroup({ params: { slug: world.slug }, body: {} })
  expect(await organizer.api.readDeletion()).toMatchObject({
    handOver: [],
    deleted: [{ name: `Circle ${canary('split name')}` }],
    closed: [{ slug: world.slug }],
  })
  await goodbye(organizer)
  expect((await left.api.listMyCommitments()).map(({ cue }) => cue)).toEqual([canary('left cue')])
  await expect(requested.api.joinGroup({ params: { slug: world.slug }, body: {} })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  const found = await world.stranger().request({ url: `/api/groups/${world.slug}/public` })
  expect(found.statusCode).toBe(404)
})

it('P12: it takes the password, or the address where there is none; and strangers and invented people are refused', async () => {
  const world = await openWorld()
  const eve = await world.person('Eve', { passwordHash: await hashPassword('a long password') })
  const finn = await world.person('Finn')
  const greta = await world.person('Greta', { sample: true })

  expect((await eve.api.readDeletion()).proof).toBe('password')
  for (const body of [{}, { password: 'a wrong one' }, { email: eve.email }])
    await expect(eve.api.deleteAccount({ body })).rejects.toMatchObject({
      code: 'wrong-password',
      field: 'password',
    })
  await expect(finn.api.deleteAccount({ body: { email: eve.email } })).rejects.toMatchObject({
    code: 'invalid',
    field: 'email',
  })
  await expect(goodbye(greta)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(world.stranger().api.deleteAccount({ body: {} })).rejects.toMatchObject({
    code: 'not-signed-in',
  })

  await eve.api.deleteAccount({ body: { password: 'a long password' } })
  await finn.api.deleteAccount({ body: { email: `  ${finn.email.toUpperCase()} ` } })
  const rest = await world.house.db.select({ name: accounts.name }).from(accounts)
  expect(rest.map(({ name }) => name)).toEqual(expect.not.arrayContaining(['Eve', 'Finn']))
})

it('P12: what is on its way while the account goes is refused or gone with it', async () => {
  const world = await openWorld()
  const { member } = world.people
  const params = { slug: world.slug, episodeId: world.episodeId, threadId: world.threadId }
  const writing = Array.from({ length: 8 }, () =>
    member.api.reply({ params, body: { postId: randomUUID(), body: 'At the last moment' } }),
  )
  const going = goodbye(member).catch(() => goodbye(member))
  await Promise.allSettled([...writing, going])

  const rest = await world.house.db.select().from(posts).where(eq(posts.threadId, world.threadId))
  expect(rest.map(({ body }) => body)).not.toContain('At the last moment')
  expect(rest.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    rest.map((_, index) => index + 1),
  )
})

it('an organizer of a group of their own only is asked nothing but the proof', async () => {
  const world = await openWorld()
  const ivy = await world.person('Ivy')
  await ivy.api.createGroup({ body: { ...groupDraft('group'), id: randomUUID(), name: 'Ivy’s own' } })
  await goodbye(ivy)
  expect(await world.house.db.select().from(groups).where(eq(groups.name, 'Ivy’s own'))).toEqual([])
})

it('P12: whoever came by mail or as a guest takes their name and address out of sessions, and the counts stay', async () => {
  const { ada, zoe, slug, groupId, house } = await openCircle()
  const sessionId = randomUUID()
  await ada.api.scheduleSession({
    params: { slug },
    body: { id: sessionId, title: 'Next', minutes: 60, startsAt: '2026-12-01T17:00:00Z' },
  })
  const here = { groupId, sessionId, name: 'Zoe' }
  const at = house.now()
  for (const email of [zoe.email, 'other@example.org']) {
    await house.db.insert(walkIns).values({ ...here, email, arrivedAt: at, here: true, at })
    await house.db.insert(experts).values({ ...here, email, expects: 'A talk', invitedAt: at, shown: true })
  }
  await zoe.api.deleteAccount({ body: { email: zoe.email } })
  const emails = async (table: typeof walkIns | typeof experts) =>
    new Set((await house.db.select({ email: table.email }).from(table)).map(({ email }) => email))
  for (const table of [walkIns, experts])
    expect(await emails(table)).toEqual(new Set([null, 'other@example.org']))
  expect(
    JSON.stringify([await house.db.select().from(walkIns), await house.db.select().from(experts)]),
  ).not.toContain(zoe.email)
  expect(await house.db.select().from(experts).where(isNull(experts.email))).toMatchObject([
    { name: 'A guest', shown: false },
  ])
})
