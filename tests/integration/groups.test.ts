import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { memberships } from '#db/schema.ts'
import { makeRoom, readPosition } from '#server/rooms/rooms.ts'
import { groupCalls } from '#shared/group-calls.ts'
import type { GroupDraft } from '#shared/groups.ts'
import { inviteCalls, type InviteDraft } from '#shared/invites.ts'
import { openHouse } from '#tests/house.ts'

const draft = (more: Partial<GroupDraft> = {}): GroupDraft => ({
  id: crypto.randomUUID(),
  kind: 'internal',
  name: 'Tuesday circle',
  purpose: 'Learn to lead without authority.',
  visibility: 'private',
  admission: 'invite-only',
  domains: [],
  programmeId: null,
  rhythm: 'fortnightly',
  zone: 'Europe/Berlin',
  firstSessionAt: '2026-12-01T16:30:00.000Z',
  places: 8,
  city: null,
  venue: null,
  room: 'Elbe',
  onlineLink: null,
  ...more,
})

it('makes whoever starts a group its organizer; a stranger learns nothing of it', async () => {
  const { person } = await openHouse()
  const ada = await person('Ada')
  const eve = await person('Eve')

  const group = await ada.api.createGroup({ body: draft() })
  expect(group).toMatchObject({ name: 'Tuesday circle', role: 'organizer', memberCount: 1, room: 'Elbe' })

  const params = { slug: group.slug }
  expect(await ada.api.getGroup({ params })).toEqual(group)
  expect(await ada.api.listMembers({ params })).toMatchObject([{ name: 'Ada', role: 'organizer' }])
  expect(await ada.api.listMyGroups()).toMatchObject([{ slug: group.slug, role: 'organizer' }])

  await expect(eve.api.getGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  await expect(eve.api.listMembers({ params })).rejects.toMatchObject({ code: 'not-found' })
  expect(await eve.api.listMyGroups()).toEqual([])
})

it('starts a group once, however often it is sent', async () => {
  const { person } = await openHouse()
  const ada = await person('Ada')
  const eve = await person('Eve')
  const body = draft()

  const [first, second] = await Promise.all([ada.api.createGroup({ body }), ada.api.createGroup({ body })])
  expect(second).toEqual(first)
  expect(await ada.api.listMyGroups()).toHaveLength(1)
  await expect(eve.api.createGroup({ body })).rejects.toMatchObject({ code: 'conflict' })
})

it('makes the address of a group from its name, numbered for the public and unguessable for others', async () => {
  const { person } = await openHouse()
  const ada = await person('Ada')
  const start = async (more: Partial<GroupDraft>) => (await ada.api.createGroup({ body: draft(more) })).slug

  const open = { kind: 'meetup', visibility: 'public', admission: 'open', city: 'Łódź' } as const
  expect(await start({ ...open, name: 'Führung & Café' })).toBe('fuhrung-cafe')
  expect(await start({ ...open, name: 'Führung & Café' })).toBe('fuhrung-cafe-2')
  expect(await start({ ...open, name: '学習' })).toBe('group')
  expect(await start({})).toMatch(/^tuesday-circle-[a-z2-9]{6}$/)
})

it.for<[string, Partial<GroupDraft>, string]>([
  ['a first session in the past', { firstSessionAt: '2026-11-01T10:00:00Z' }, 'firstSessionAt'],
  ['a zone that is none', { zone: 'Mars/Olympus' }, 'zone'],
  ['a domain that is none', { domains: ['not a domain'] }, 'domains'],
  ['a link that is none', { onlineLink: 'zoom, as always' }, 'onlineLink'],
  ['a programme that the guide does not have', { programmeId: 'no-such-programme' }, 'programmeId'],
  ['no name', { name: '  ' }, 'name'],
  ['a group of one', { places: 1 }, 'places'],
])('refuses %s and names the field', async ([, wrong, field]) => {
  const { person } = await openHouse()
  const ada = await person('Ada')
  await expect(ada.api.createGroup({ body: draft(wrong) })).rejects.toMatchObject({ code: 'invalid', field })
})

it('asks for a confirmed address before a group is public', async () => {
  const { person } = await openHouse()
  const una = await person('Una', { verifiedAt: null })
  const body = draft({ kind: 'meetup', visibility: 'public', admission: 'open', city: 'Hamburg' })
  await expect(una.api.createGroup({ body })).rejects.toMatchObject({ code: 'not-verified' })
  await una.api.createGroup({ body: { ...body, visibility: 'private' } })
})

const meetup = (more: Partial<GroupDraft> = {}) =>
  draft({
    kind: 'meetup',
    visibility: 'public',
    admission: 'open',
    city: 'Hamburg',
    name: 'Harbour talks',
    ...more,
  })

const link = (more: Partial<InviteDraft> = {}): InviteDraft => ({
  id: crypto.randomUUID(),
  role: 'member',
  days: 7,
  maxUses: null,
  domains: [],
  ...more,
})

const tokenIn = (address: string) => address.split('/').at(-1) ?? ''

/** Ada's group; what follows happens to it. */
async function openGroup(body = draft()) {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const group = await ada.api.createGroup({ body })
  const params = { slug: group.slug }
  const invite = async (more: Partial<InviteDraft> = {}) => {
    const made = await ada.api.createInvite({ params, body: link(more) })
    return { ...made, token: tokenIn(made.link) }
  }
  return { ...house, ada, group, params, invite }
}

it('lets in by a link whoever has it, once each, and tells strangers only what the link is for', async () => {
  const { ada, params, invite, person, stranger } = await openGroup()
  const { token, id } = await invite()
  const ben = await person('Ben', { verifiedAt: null })

  expect(await stranger().api.readInvite({ params: { token } })).toMatchObject({
    name: 'Tuesday circle',
    invitedBy: 'Ada',
    memberCount: 1,
    slug: null,
  })
  await expect(stranger().api.acceptInvite({ params: { token }, body: {} })).rejects.toMatchObject({
    code: 'not-signed-in',
  })
  const joined = await ben.api.acceptInvite({ params: { token }, body: {} })
  expect(joined).toEqual({ slug: params.slug, status: 'active' })
  expect(await ben.api.acceptInvite({ params: { token }, body: {} })).toEqual(joined)
  expect((await ben.api.readInvite({ params: { token } })).slug).toBe(params.slug)
  expect(await ben.api.getGroup({ params })).toMatchObject({ role: 'member', memberCount: 2 })
  expect(await ada.api.listInvites({ params })).toMatchObject([{ id, uses: 1, state: 'open' }])
  for (const call of [
    () => ben.api.listInvites({ params }),
    () => ben.api.createInvite({ params, body: link() }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'not-allowed' })
})

it('says of an invite that lets nobody in any more why not, each reason in its own sentence', async () => {
  const { ada, params, invite, person, pass } = await openGroup()
  const ben = await person('Ben')
  const cleo = await person('Cleo')
  const once = await invite({ maxUses: 1 })
  const revoked = await invite()
  const short = await invite({ days: 1 })

  await ben.api.acceptInvite({ params: { token: once.token }, body: {} })
  await ada.api.revokeInvite({ params: { ...params, inviteId: revoked.id } })
  pass({ days: 2 })

  for (const [{ token }, words] of [
    [once, /used up/],
    [revoked, /taken back/],
    [short, /expired/],
  ] as const) {
    const refused = { code: 'link-used-up', message: expect.stringMatching(words) as string }
    await expect(cleo.api.readInvite({ params: { token } })).rejects.toMatchObject(refused)
    await expect(cleo.api.acceptInvite({ params: { token }, body: {} })).rejects.toMatchObject(refused)
  }
  for (const token of [`${once.token.slice(0, -4)}AAAA`, once.token.slice(0, 12)]) {
    const cutOff = { code: 'not-found', message: expect.stringMatching(/cut off/) as string }
    await expect(cleo.api.readInvite({ params: { token } })).rejects.toMatchObject(cutOff)
    await expect(cleo.api.acceptInvite({ params: { token }, body: {} })).rejects.toMatchObject(cutOff)
  }
  expect((await ada.api.listInvites({ params })).map(({ state }) => state).sort()).toEqual([
    'expired',
    'revoked',
    'used-up',
  ])
})

it('counts the uses of an invite exactly, however many come at once', async () => {
  const { ada, params, invite, person } = await openGroup(draft({ places: 100 }))
  const { token } = await invite({ maxUses: 5 })
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => person(`Guest ${n}`)))

  const outcomes = await Promise.allSettled(
    people.map(({ api }) => api.acceptInvite({ params: { token }, body: {} })),
  )

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  expect(await ada.api.listMembers({ params })).toHaveLength(6)
  expect(await ada.api.listInvites({ params })).toMatchObject([{ uses: 5, state: 'used-up' }])
})

it('holds an invite to its domains: only a confirmed address there opens it', async () => {
  const { params, invite, person } = await openGroup()
  const { token } = await invite({ domains: ['@Harbour.example'] })
  const accept = { params: { token }, body: {} }
  const cleo = await person('Cleo', { email: 'cleo@harbour.example' })
  const una = await person('Una', { email: 'una@harbour.example', verifiedAt: null })
  const eve = await person('Eve', { email: 'eve@harbour.example.evil.org' })

  await expect(una.api.acceptInvite(accept)).rejects.toMatchObject({ code: 'not-verified' })
  await expect(eve.api.acceptInvite(accept)).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await cleo.api.acceptInvite(accept)).toMatchObject({ slug: params.slug, status: 'active' })
})

it('mails each invite to one address, which alone can use it; a wrong address stops all', async () => {
  const { ada, params, person, mail, linkTo } = await openGroup()
  const ben = await person('Ben')
  const eve = await person('Eve')
  const body = {
    invites: [ben.email, 'dora@harbour.example'].map((email) => ({ id: crypto.randomUUID(), email })),
    role: 'facilitator' as const,
    days: 14,
    note: 'We talked about this at lunch.',
  }

  const bad = { ...body, invites: [...body.invites, { id: crypto.randomUUID(), email: 'fred at home' }] }
  await expect(ada.api.mailInvites({ params, body: bad })).rejects.toMatchObject({
    code: 'invalid',
    field: 'invites',
    message: expect.stringContaining('“fred at home”') as string,
  })
  expect(await mail()).toEqual([])

  expect(await ada.api.mailInvites({ params, body })).toEqual({ sent: 2, already: [] })
  await ada.api.mailInvites({ params, body })
  expect((await mail()).map(({ to }) => to).sort()).toEqual([ben.email, 'dora@harbour.example'].sort())
  expect((await mail())[0]?.text).toContain('We talked about this at lunch.')

  const token = tokenIn(await linkTo(ben.email))
  await expect(eve.api.acceptInvite({ params: { token }, body: {} })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await ben.api.acceptInvite({ params: { token }, body: {} })
  expect(await ben.api.getGroup({ params })).toMatchObject({ role: 'facilitator' })
  const again = { ...body, invites: [{ id: crypto.randomUUID(), email: ben.email.toUpperCase() }] }
  expect(await ada.api.mailInvites({ params, body: again })).toEqual({ sent: 0, already: [ben.email] })
})

it('mails nothing for somebody whose own address is not confirmed', async () => {
  const { person } = await openHouse()
  const una = await person('Una', { verifiedAt: null })
  const { slug } = await una.api.createGroup({ body: draft() })
  const body = {
    invites: [{ id: crypto.randomUUID(), email: 'dora@harbour.example' }],
    role: 'member' as const,
    days: 7,
    note: '',
  }
  await expect(una.api.mailInvites({ params: { slug }, body })).rejects.toMatchObject({
    code: 'not-verified',
  })
})

it('gives places until the group is full, then a waitlist; who leaves makes room for the next in order', async () => {
  const { ada, params, person, mail } = await openGroup(meetup({ places: 2 }))
  const [ben, cleo, dan] = await Promise.all(['Ben', 'Cleo', 'Dan'].map((name) => person(name)))
  const join = { params, body: {} }

  expect(await ben?.api.joinGroup(join)).toMatchObject({ status: 'active' })
  expect(await cleo?.api.joinGroup(join)).toMatchObject({ status: 'waitlisted' })
  expect(await dan?.api.joinGroup(join)).toMatchObject({ status: 'waitlisted' })
  expect(await dan?.api.joinGroup(join)).toMatchObject({ status: 'waitlisted' })
  expect((await dan?.api.getPublicGroup({ params }))?.mine).toEqual({
    status: 'waitlisted',
    role: 'member',
    ahead: 1,
  })
  await expect(cleo?.api.getGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  expect((await ada.api.listWaiting({ params })).map(({ name }) => name)).toEqual(['Cleo', 'Dan'])

  await ben?.api.leaveGroup(join)

  expect(await cleo?.api.getGroup({ params })).toMatchObject({ memberCount: 2 })
  expect(await mail()).toMatchObject([{ to: cleo?.email, subject: 'You have a place in Harbour talks' }])
  expect(await ben?.api.joinGroup(join)).toMatchObject({ status: 'waitlisted' })
  expect((await ada.api.listWaiting({ params })).map(({ name }) => name)).toEqual(['Dan', 'Ben'])

  await ada.api.changeGroup({ params, body: { places: 4 } })
  expect((await ada.api.listMembers({ params })).map(({ name }) => name)).toEqual([
    'Ada',
    'Cleo',
    'Dan',
    'Ben',
  ])
  await expect(ada.api.changeGroup({ params, body: { places: 3 } })).rejects.toMatchObject({
    code: 'invalid',
    field: 'places',
  })
})

it('never gives a place twice and loses nobody while sixty people come and go at once', async () => {
  const { params, person, house, group } = await openGroup(meetup({ places: 10 }))
  const people = await Promise.all(Array.from({ length: 60 }, (_, n) => person(`Guest ${n}`)))
  const counts: number[] = []
  let coming = true
  const watching = (async () => {
    while (coming) {
      const rows = await house.db.select().from(memberships).where(eq(memberships.groupId, group.id))
      counts.push(rows.filter(({ status }) => status === 'active').length)
    }
  })()

  await Promise.all(
    people.map(async ({ api }, n) => {
      await api.joinGroup({ params, body: {} })
      if (n % 3 === 0) await api.leaveGroup({ params, body: {} })
    }),
  )
  coming = false
  await watching

  const rows = await house.db
    .select()
    .from(memberships)
    .where(eq(memberships.groupId, group.id))
    .orderBy(memberships.turn)
  const stayed = rows.filter(({ status }) => status !== 'left')
  expect(Math.max(...counts)).toBeLessThanOrEqual(10)
  expect(rows).toHaveLength(61)
  expect(stayed).toHaveLength(41)
  expect(stayed.map(({ status }) => status)).toEqual(
    stayed.map((_, index) => (index < 10 ? 'active' : 'waitlisted')),
  )
})

it('asks the organizers where a group is joined on request', async () => {
  const { ada, params, person, mail } = await openGroup(
    draft({ admission: 'on-request', visibility: 'unlisted' }),
  )
  const ben = await person('Ben')
  const eve = await person('Eve')
  const join = { params, body: {} }

  expect(await ben.api.joinGroup(join)).toMatchObject({ status: 'requested' })
  await ben.api.joinGroup(join)
  await eve.api.joinGroup(join)
  await expect(ben.api.getGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  expect((await mail()).map(({ to }) => to)).toEqual([ada.email, ada.email])

  const decide = (accountId: string, approve: boolean) =>
    ada.api.decideRequest({ params: { ...params, accountId }, body: { approve } })
  await decide(ben.id, true)
  await decide(eve.id, false)

  expect(await ben.api.getGroup({ params })).toMatchObject({ role: 'member' })
  await expect(eve.api.getGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  await expect(decide(eve.id, true)).rejects.toMatchObject({ code: 'not-found' })
  expect((await mail()).slice(2).map(({ to, subject }) => [to, subject])).toEqual([
    [ben.email, 'Welcome to Tuesday circle'],
    [eve.email, 'Your request to join Tuesday circle'],
  ])
})

it('opens a private group to confirmed addresses of its domains, and to nobody else', async () => {
  const { params, person, stranger } = await openGroup(draft({ domains: ['harbour.example'] }))
  const cleo = await person('Cleo', { email: 'cleo@harbour.example' })
  const una = await person('Una', { email: 'una@harbour.example', verifiedAt: null })
  const eve = await person('Eve')
  const join = { params, body: {} }

  for (const { api } of [eve, una, stranger()])
    await expect(api.getPublicGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  await expect(eve.api.joinGroup(join)).rejects.toMatchObject({ code: 'not-found' })
  await expect(una.api.joinGroup(join)).rejects.toMatchObject({ code: 'not-verified' })
  expect(await cleo.api.getPublicGroup({ params })).toMatchObject({ door: 'join', mine: null })
  expect(await cleo.api.joinGroup(join)).toMatchObject({ status: 'active' })
})

it('keeps out who was removed until they get a personal invite, and tells them why', async () => {
  const { ada, params, invite, person, mail, linkTo, pass } = await openGroup(meetup())
  const ben = await person('Ben')
  const { token } = await invite()
  await ben.api.joinGroup({ params, body: {} })

  const remove = {
    params: { ...params, accountId: ben.id },
    body: { reason: 'You recorded us without asking.' },
  }
  await expect(
    ben.api.removeMember({ ...remove, params: { ...params, accountId: ada.id } }),
  ).rejects.toMatchObject({ code: 'not-allowed' })
  await ada.api.removeMember(remove)

  expect((await mail()).at(-1)).toMatchObject({ to: ben.email })
  expect((await mail()).at(-1)?.text).toContain('You recorded us without asking.')
  await expect(ben.api.getGroup({ params })).rejects.toMatchObject({ code: 'not-found' })
  for (const again of [
    () => ben.api.joinGroup({ params, body: {} }),
    () => ben.api.acceptInvite({ params: { token }, body: {} }),
  ])
    await expect(again()).rejects.toMatchObject({ code: 'not-allowed' })

  pass({ days: 1 })
  const invites = [{ id: crypto.randomUUID(), email: ben.email }]
  await ada.api.mailInvites({ params, body: { invites, role: 'member', days: 7, note: '' } })
  const personal = tokenIn(await linkTo(ben.email))
  expect(await ben.api.acceptInvite({ params: { token: personal }, body: {} })).toMatchObject({
    status: 'active',
  })
})

it('always keeps an organizer: the last one hands over before going', async () => {
  const { ada, params, invite, person } = await openGroup()
  const { token } = await invite()
  const ben = await person('Ben')
  await ben.api.acceptInvite({ params: { token }, body: {} })
  const me = { params: { ...params, accountId: ada.id } }

  await expect(ada.api.leaveGroup({ params, body: {} })).rejects.toMatchObject({ code: 'conflict' })
  await expect(ada.api.changeRole({ ...me, body: { role: 'member' } })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(ben.api.handOver({ params, body: { accountId: ben.id } })).rejects.toMatchObject({
    code: 'not-allowed',
  })

  await ada.api.handOver({ params, body: { accountId: ben.id } })
  expect(await ben.api.getGroup({ params })).toMatchObject({ role: 'organizer' })
  expect(await ada.api.getGroup({ params })).toMatchObject({ role: 'facilitator' })
  await ada.api.leaveGroup({ params, body: {} })
  expect(await ben.api.listMembers({ params })).toHaveLength(1)
})

it('leaves one organizer when two take the role from each other at the same moment', async () => {
  const { ada, params, invite, person } = await openGroup()
  const { token } = await invite()
  const ben = await person('Ben')
  await ben.api.acceptInvite({ params: { token }, body: {} })
  await ada.api.changeRole({ params: { ...params, accountId: ben.id }, body: { role: 'organizer' } })

  const outcomes = await Promise.allSettled([
    ada.api.changeRole({ params: { ...params, accountId: ben.id }, body: { role: 'member' } }),
    ben.api.changeRole({ params: { ...params, accountId: ada.id }, body: { role: 'member' } }),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

it('finds public groups by words, city and online, and never any other', async () => {
  const { person, stranger } = await openHouse()
  const ada = await person('Ada')
  const found = async (query: object) =>
    (await stranger().api.findGroups({ query })).groups.map(({ name }) => name).sort()
  await ada.api.createGroup({ body: meetup({ name: 'Harbour talks', purpose: '100% practice' }) })
  await ada.api.createGroup({
    body: meetup({ name: 'Remote rectangle', city: null, onlineLink: 'https://meet.example/secret-room' }),
  })
  await ada.api.createGroup({ body: draft({ name: 'Hidden canary', city: 'Hamburg' }) })
  await ada.api.createGroup({
    body: draft({ name: 'Unlisted canary', visibility: 'unlisted', city: 'Hamburg' }),
  })

  expect(await found({})).toEqual(['Harbour talks', 'Remote rectangle'])
  expect(await found({ words: 'TALKS hamburg' })).toEqual(['Harbour talks'])
  expect(await found({ words: '100%' })).toEqual(['Harbour talks'])
  expect(await found({ words: '_' })).toEqual([])
  expect(await found({ city: 'hamb' })).toEqual(['Harbour talks'])
  expect(await found({ meets: 'online' })).toEqual(['Remote rectangle'])
  expect(await found({ words: 'canary' })).toEqual([])
  const page = await stranger().request({ url: '/api/groups' })
  expect(page.body).not.toContain('secret-room')
})

it('shows on the public page what a newcomer needs, and neither room nor link', async () => {
  const { stranger, params, group } = await openGroup(
    meetup({
      room: 'Canary room',
      onlineLink: 'https://meet.example/canary',
      programmeId: 'local-meetup-season',
    }),
  )
  const { body } = await stranger().request({ url: `/api/groups/${group.slug}/public` })
  expect(body).not.toMatch(/canary/i)
  expect(await stranger().api.getPublicGroup({ params })).toMatchObject({
    name: 'Harbour talks',
    organizers: ['Ada'],
    online: true,
    door: 'join',
    memberCount: 1,
    places: 8,
    mine: null,
  })
})

it('keeps the ticks of the launch checklist', async () => {
  const { ada, params, invite, person } = await openGroup()
  const { token } = await invite()
  const ben = await person('Ben')
  await ben.api.acceptInvite({ params: { token }, body: {} })
  const [first] = await ada.api.listLaunchSteps({ params })
  const item = { params: { ...params, item: first?.id ?? '' } }

  await ada.api.tickStep(item)
  await ada.api.tickStep(item)
  expect((await ada.api.listLaunchSteps({ params }))[0]).toMatchObject({ ticked: true })
  await ada.api.untickStep(item)
  expect((await ada.api.listLaunchSteps({ params }))[0]).toMatchObject({ ticked: false })
  await expect(ben.api.tickStep(item)).rejects.toMatchObject({ code: 'not-allowed' })
})

it('answers "not found" to a stranger on every route of a private group', async () => {
  const { ada, params, person, stranger, invite, group } = await openGroup()
  const { id } = await invite()
  const eve = await person('Eve')
  const bodies: Record<string, unknown> = {
    createInvite: link(),
    mailInvites: { invites: [{ id, email: 'a@b.example' }], role: 'member', days: 7, note: '' },
    decideRequest: { approve: true },
    changeRole: { role: 'organizer' },
    removeMember: { reason: 'no' },
    handOver: { accountId: eve.id },
  }
  const inGroup = Object.entries({ ...groupCalls, ...inviteCalls }).filter(([, { path }]) =>
    path.startsWith('/api/groups/:slug'),
  )
  expect(inGroup.length).toBeGreaterThan(15)
  for (const [name, { method, path }] of inGroup) {
    const url = path
      .replace(':slug', params.slug)
      .replace(':accountId', ada.id)
      .replace(':inviteId', id)
      .replace(':item', 'kickoff')
    const payload = method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {})
    const asEve = await eve.request({ method, url, ...(payload ? { payload } : {}) })
    expect([name, asEve.statusCode]).toEqual([name, 404])
    expect(asEve.body).not.toContain(group.name)
    const asNobody = await stranger().request({ method, url, ...(payload ? { payload } : {}) })
    expect([name, [401, 404].includes(asNobody.statusCode)]).toEqual([name, true])
  }
})

it('hangs up on who left: a removed member hears nothing more', async () => {
  const { ada, params, invite, person, house, group } = await openGroup()
  const { token } = await invite()
  const ben = await person('Ben')
  await ben.api.acceptInvite({ params: { token }, body: {} })
  const roomId = crypto.randomUUID()
  await house.db.transaction((tx) => makeRoom(tx, roomId, group.id, 'session'))
  const heard = await ben.follow(roomId, await readPosition(house.db, roomId))

  await ada.api.removeMember({
    params: { ...params, accountId: ben.id },
    body: { reason: 'A test of this.' },
  })
  expect(await heard.closed).toBeGreaterThan(1000)
})
