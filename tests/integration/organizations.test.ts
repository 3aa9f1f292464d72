import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { colleagues, memberships, organizationDomains } from '#db/schema.ts'
import type { TestPerson } from '#tests/house.ts'
import { internalDraft, mailedTo, openCompany, openInvite, tokenTo } from '#tests/company.ts'
import { openNameServer } from '#tests/name-server.ts'

const NOT_FOUND = 'nothing here'
const byMail = (domain: string) => ({ domain, method: 'mail', mailbox: 'postmaster' }) as const

it('O1: whoever has a confirmed address of a proven domain is a colleague, and nobody else learns of the company', async () => {
  const { ada, ben, eve, person, stranger, company, params } = await openCompany()
  const mallory = await person('Mallory', { email: 'mallory@harbour.example', verifiedAt: null })
  const near = await person('Near', { email: 'near@not-harbour.example' })

  expect(await ben.api.listMyOrganizations()).toMatchObject([{ name: 'Harbour Ltd', role: 'colleague' }])
  expect(await ben.api.getOrganization({ params })).toMatchObject({
    name: 'Harbour Ltd',
    domains: ['harbour.example'],
    admins: ['Ada'],
    role: 'colleague',
  })
  expect(await ada.api.getOrganization({ params })).toMatchObject({ role: 'admin' })

  for (const outside of [eve, mallory, near, await person('Zoe')]) {
    await expect(outside.api.getOrganization({ params })).rejects.toThrow(NOT_FOUND)
    expect(await outside.api.listMyOrganizations()).not.toContainEqual(
      expect.objectContaining({ slug: company.slug }),
    )
  }
  await expect(stranger().api.getOrganization({ params })).rejects.toThrow('sign in')
  const never = await eve.request({ url: '/api/organizations/never-was-abcdef' })
  const there = await eve.request({ url: `/api/organizations/${company.slug}` })
  expect(there.body).toBe(never.body)
})

it('makes colleagues of who was there before the domain was proven, and of who confirms an address later', async () => {
  const { ada, params, prove, person, colleague } = await openCompany()
  const early = await person('Early', { email: 'early@pier.example' })
  await prove(ada, params.slug, 'pier.example')
  const names = async () => (await ada.api.listColleagues({ params })).map(({ name }) => name)
  expect(await names()).toEqual(['Ada', 'Ben', 'Cleo', 'Early'])

  const late = await colleague('Late')
  expect(await names()).not.toContain('Late')
  await late.api.listMyOrganizations()
  expect(await names()).toContain('Late')
  expect(await early.api.getOrganization({ params })).toMatchObject({ role: 'colleague' })
})

it('O3: proves a domain by the link in the mail to a mailbox, once, and by nothing else', async () => {
  const world = await openCompany()
  const { ada, params, stranger, mail, pass } = world
  const claimed = await ada.api.claimDomain({ params, body: byMail('pier.example') })
  expect(claimed).toMatchObject({ mailbox: 'postmaster@pier.example', provenAt: null })
  const [letter] = (await mail()).filter(({ to }) => to === 'postmaster@pier.example')
  expect(letter?.text).toContain('Ada (ada@harbour.example)')
  expect(letter?.text).toContain('the admins of Harbour Ltd also read the names and addresses')
  const token = await tokenTo(world, 'postmaster@pier.example')

  // Looking does not use it up; mail scanners look at every link.
  const shown = { organization: 'Harbour Ltd', domain: 'pier.example', mailbox: 'postmaster@pier.example' }
  expect(await stranger().api.readDomainLink({ params: { token } })).toEqual(shown)
  expect(await stranger().api.readDomainLink({ params: { token } })).toEqual(shown)
  const made = { params: { token: 'x'.repeat(43) }, body: {} }
  await expect(stranger().api.useDomainLink(made)).rejects.toThrow('used already')
  expect(await stranger().api.useDomainLink({ params: { token }, body: {} })).toEqual(shown)
  await expect(stranger().api.useDomainLink({ params: { token }, body: {} })).rejects.toThrow('used already')
  await expect(stranger().api.readDomainLink({ params: { token } })).rejects.toThrow('used already')

  await ada.api.claimDomain({ params, body: byMail('quay.example') })
  const first = await tokenTo(world, 'postmaster@quay.example')
  await ada.api.claimDomain({ params, body: byMail('quay.example') })
  await expect(stranger().api.useDomainLink({ params: { token: first }, body: {} })).rejects.toThrow(
    'newer one',
  )
  const second = await tokenTo(world, 'postmaster@quay.example')
  pass({ hours: 25 })
  await expect(stranger().api.useDomainLink({ params: { token: second }, body: {} })).rejects.toThrow(
    'expired',
  )
  expect(
    (await ada.api.listDomains({ params })).map(({ domain, provenAt }) => [domain, provenAt !== null]),
  ).toEqual([
    ['harbour.example', true],
    ['pier.example', true],
    ['quay.example', false],
  ])
})

it('O3: keeps only the hash of the token', async () => {
  const world = await openCompany()
  await world.ada.api.claimDomain({ params: world.params, body: byMail('pier.example') })
  const token = await tokenTo(world, 'postmaster@pier.example')
  const rows = await world.house.db.select().from(organizationDomains)
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(rows.some(({ tokenHash }) => tokenHash?.length === 64)).toBe(true)
})

it('refuses domains that prove nothing, with a sentence, and writes to nobody', async () => {
  const { ada, params, mail } = await openCompany()
  const before = (await mail()).length
  const claim = (domain: string, more = {}) =>
    ada.api.claimDomain({ params, body: { ...byMail(domain), ...more } })

  await expect(claim('gmail.com')).rejects.toThrow('Anybody can have an address at gmail.com')
  await expect(claim(' @GMX.de ')).rejects.toThrow('Anybody can have an address at gmx.de')
  await expect(claim('not a domain')).rejects.toThrow('not an e-mail domain')
  await expect(claim('localhost')).rejects.toThrow('not an e-mail domain')
  await expect(claim('https://harbour.example/x')).rejects.toThrow('not an e-mail domain')
  await expect(claim('harbour.example')).rejects.toThrow('proven already')
  await expect(claim('other.example')).rejects.toThrow('Another organization here has proven other.example')
  await expect(claim('pier.example', { mailbox: undefined })).rejects.toThrow('Choose the mailbox')
  await expect(claim('pier.example', { mailbox: 'ben' })).rejects.toThrow('not something we can use')
  expect((await mail()).length).toBe(before)
  expect(await ada.api.listDomains({ params })).toHaveLength(1)
})

it('gives a domain to whoever proves it first, and to another once it was removed', async () => {
  const world = await openCompany()
  const { ada, eve, params, other, stranger } = world
  await ada.api.claimDomain({ params, body: byMail('pier.example') })
  const hers = await tokenTo(world, 'postmaster@pier.example')
  await world.prove(eve, other.slug, 'pier.example')
  await expect(stranger().api.useDomainLink({ params: { token: hers }, body: {} })).rejects.toThrow(
    'Another organization',
  )
  const [pier] = (await eve.api.listDomains({ params: other })).filter(
    ({ domain }) => domain === 'pier.example',
  )
  await eve.api.removeDomain({ params: { slug: other.slug, domainId: pier?.id ?? '' } })
  await stranger().api.useDomainLink({ params: { token: hers }, body: {} })
  expect((await ada.api.getOrganization({ params })).domains).toEqual(['harbour.example', 'pier.example'])
})

it('lets nobody new in by a domain that was removed; who is a colleague stays until an admin ends that', async () => {
  const { ada, ben, params, colleague } = await openCompany()
  const [domain] = await ada.api.listDomains({ params })
  await ada.api.removeDomain({ params: { ...params, domainId: domain?.id ?? '' } })
  const late = await colleague('Late')
  await expect(late.api.getOrganization({ params })).rejects.toThrow(NOT_FOUND)
  expect(await ben.api.getOrganization({ params })).toMatchObject({ domains: [] })
  await expect(ada.api.removeDomain({ params: { ...params, domainId: domain?.id ?? '' } })).rejects.toThrow(
    NOT_FOUND,
  )
})

it('O3: proves a domain by a TXT record, asks again by itself, and says what is wrong in one sentence', async () => {
  const names = await openNameServer()
  const { ada, params, pass, runJob } = await openCompany({ dnsServers: [names.address] })
  const claimed = await ada.api.claimDomain({ params, body: { domain: 'pier.example', method: 'dns' } })
  const { name, value } = claimed.record ?? { name: '', value: '' }
  expect(name).toBe('_shortside.pier.example')
  const ofDomain = { params: { ...params, domainId: claimed.id } }
  const check = () => ada.api.checkDomain(ofDomain)

  expect(await check()).toMatchObject({
    provenAt: null,
    problem: expect.stringContaining('no TXT record') as string,
  })
  names.txt.set(name, 'shortside=something-else')
  expect((await check()).problem).toContain('another value')
  names.fail(true)
  expect((await check()).problem).toContain('did not answer')
  names.fail(false)
  names.txt.set(name, value)

  // A clock that comes too early does nothing.
  await runJob('check-domains')
  expect((await ada.api.listDomains({ params }))[1]).toMatchObject({ provenAt: null })
  pass({ minutes: 11 })
  await runJob('check-domains')
  expect((await ada.api.listDomains({ params }))[1]).toMatchObject({ domain: 'pier.example', problem: null })
  expect((await ada.api.getOrganization({ params })).domains).toContain('pier.example')
  expect((await check()).provenAt).not.toBeNull()
})

it('does not take the record of another organization, and stops asking after two weeks', async () => {
  const names = await openNameServer()
  const { ada, eve, params, other, pass, runJob } = await openCompany({ dnsServers: [names.address] })
  const dns = { domain: 'pier.example', method: 'dns' } as const
  const mine = await ada.api.claimDomain({ params, body: dns })
  const hers = await eve.api.claimDomain({ params: other, body: dns })
  expect(hers.record?.value).not.toBe(mine.record?.value)
  names.txt.set('_shortside.pier.example', hers.record?.value ?? '')
  expect((await ada.api.checkDomain({ params: { ...params, domainId: mine.id } })).problem).toContain(
    'another value',
  )
  await expect(ada.api.checkDomain({ params: { ...params, domainId: hers.id } })).rejects.toThrow(NOT_FOUND)

  pass({ days: 15 })
  await runJob('check-domains')
  expect((await eve.api.listDomains({ params: other }))[1]).toMatchObject({ checkedAt: null })
  await eve.api.checkDomain({ params: { slug: other.slug, domainId: hers.id } })
  names.txt.set('_shortside.pier.example', mine.record?.value ?? '')
  expect((await ada.api.checkDomain({ params: { ...params, domainId: mine.id } })).problem).toContain(
    'Another organization here has proven pier.example',
  )
})

it('O2: colleagues find the groups of the company that are for them, and come in by their doors; others learn nothing', async () => {
  const { ben, cleo, eve, person, stranger, params, start } = await openCompany()
  const open = await start(ben)
  const asking = await start(ben, { name: 'Asking circle', admission: 'on-request' })
  const unlisted = await start(ben, { name: 'By link', visibility: 'unlisted' })
  const hidden = await start(ben, { name: 'Private circle', visibility: 'private' })
  expect(open.organization).toEqual({ slug: params.slug, name: 'Harbour Ltd' })

  const found = await cleo.api.listInternalGroups({ params })
  expect(found.map(({ name, door, mine }) => [name, door, mine]).toSorted()).toEqual([
    ['Asking circle', 'ask', null],
    ['Tuesday circle', 'join', null],
  ])
  expect(await cleo.api.joinGroup({ params: open, body: {} })).toMatchObject({ status: 'active' })
  expect(await cleo.api.joinGroup({ params: asking, body: {} })).toMatchObject({ status: 'requested' })
  expect(await cleo.api.getPublicGroup({ params: unlisted })).toMatchObject({ organization: 'Harbour Ltd' })
  await expect(cleo.api.getPublicGroup({ params: hidden })).rejects.toThrow(NOT_FOUND)

  for (const outside of [eve, await person('Zoe'), stranger()]) {
    for (const group of [open, asking, unlisted, hidden]) {
      await expect(outside.api.getPublicGroup({ params: group })).rejects.toThrow(NOT_FOUND)
      await expect(outside.api.joinGroup({ params: group, body: {} })).rejects.toThrow()
    }
    await expect(outside.api.listInternalGroups({ params })).rejects.toThrow()
    expect((await outside.api.findGroups({ query: {} })).groups).toEqual([])
  }
})

it('O2: a group of the company is never open to the world, and one of no company has no colleagues', async () => {
  const { ben, eve, params, start, person } = await openCompany()
  await expect(start(ben, { visibility: 'public' })).rejects.toThrow('for its colleagues')
  await expect(start(eve)).rejects.toThrow('that you are a colleague of')
  await expect(start(ben, { kind: 'meetup', visibility: 'private' })).rejects.toThrow('Only company groups')
  const loose = { ...internalDraft(), visibility: 'colleagues' } as const
  await expect(ben.api.createGroup({ body: loose })).rejects.toThrow('Choose the organization first')
  expect(await ben.api.listMyGroups()).toEqual([])

  const group = await start(ben)
  await expect(ben.api.changeGroup({ params: group, body: { visibility: 'public' } })).rejects.toThrow(
    'for its colleagues',
  )
  const out = { params: { slug: group.slug }, body: { organization: null } }
  expect(await ben.api.setGroupOrganization(out)).toMatchObject({ organization: null, visibility: 'private' })
  await expect((await person('Zoe')).api.getPublicGroup({ params: group })).rejects.toThrow(NOT_FOUND)
  expect(await ben.api.listInternalGroups({ params })).toEqual([])
})

it('an organizer puts a group into the company they work at, and no other', async () => {
  const { ben, eve, cleo, params, other, mail } = await openCompany()
  const group = await ben.api.createGroup({
    body: { ...internalDraft(), visibility: 'unlisted', admission: 'on-request' },
  })
  const into = (slug: string | null) => ({ params: { slug: group.slug }, body: { organization: slug } })
  await expect(ben.api.setGroupOrganization(into(other.slug))).rejects.toThrow('that you are a colleague of')
  await expect(cleo.api.setGroupOrganization(into(params.slug))).rejects.toThrow(NOT_FOUND)
  await eve.api.joinGroup({ params: group, body: {} })

  expect(await ben.api.setGroupOrganization(into(params.slug))).toMatchObject({
    organization: params,
    approval: 'none',
    visibility: 'unlisted',
  })
  await ben.api.changeGroup({ params: group, body: { visibility: 'colleagues' } })
  expect(await cleo.api.listInternalGroups({ params })).toMatchObject([{ slug: group.slug }])

  await ben.api.setGroupOrganization(into(null))
  expect((await mail()).at(-1)).toMatchObject({
    to: 'ada@harbour.example',
    subject: 'Tuesday circle is no longer at Harbour Ltd',
  })
})

it('open links of a company’s group let colleagues in; somebody from outside takes an invite of their own', async () => {
  const { ben, cleo, eve, start, linkTo } = await openCompany()
  const group = await start(ben, { visibility: 'private', admission: 'invite-only' })
  const params = { slug: group.slug }
  const open = openInvite()
  const { link } = await ben.api.createInvite({ params, body: open })
  const token = link.split('/').at(-1) ?? ''
  await expect(eve.api.acceptInvite({ params: { token }, body: {} })).rejects.toThrow(
    'for colleagues at the company',
  )
  expect(await cleo.api.acceptInvite({ params: { token }, body: {} })).toMatchObject({ status: 'active' })

  const body = mailedTo(eve.email)
  await ben.api.mailInvites({ params, body })
  const hers = (await linkTo(eve.email)).split('/').at(-1) ?? ''
  expect(await eve.api.acceptInvite({ params: { token: hers }, body: {} })).toMatchObject({
    status: 'active',
  })
})

it('O4: where the company approves groups, nobody is let in before the yes', async () => {
  const { ada, ben, cleo, eve, params, start, mail } = await openCompany()
  await ada.api.changeOrganization({ params, body: { approvesGroups: true } })
  expect(await start(ada, { name: 'Of an admin' })).toMatchObject({ approval: 'approved' })
  const group = await start(ben)
  expect(group.approval).toBe('waiting')
  expect((await mail()).at(-1)).toMatchObject({
    to: ada.email,
    subject: 'A new group at Harbour Ltd waits for your yes',
  })

  const inGroup = { slug: group.slug }
  const invite = openInvite()
  await expect(ben.api.createInvite({ params: inGroup, body: invite })).rejects.toThrow('waits for a yes')
  const body = mailedTo(cleo.email)
  await expect(ben.api.mailInvites({ params: inGroup, body })).rejects.toThrow('waits for a yes')
  await expect(cleo.api.getPublicGroup({ params: inGroup })).rejects.toThrow(NOT_FOUND)
  await expect(cleo.api.joinGroup({ params: inGroup, body: {} })).rejects.toThrow(NOT_FOUND)
  expect((await cleo.api.listInternalGroups({ params })).map(({ name }) => name)).toEqual(['Of an admin'])

  const decide = (person: TestPerson, approve: boolean, reason?: string) =>
    person.api.decideGroup({
      params: { slug: params.slug, groupId: group.id },
      body: { approve, ...(reason ? { reason } : {}) },
    })
  await expect(decide(cleo, true)).rejects.toThrow('Ask one of its admins')
  await expect(decide(eve, true)).rejects.toThrow(NOT_FOUND)
  await expect(
    eve.api.decideGroup({
      params: { slug: (await eve.api.listMyOrganizations())[0]?.slug ?? '', groupId: group.id },
      body: { approve: true },
    }),
  ).rejects.toThrow(NOT_FOUND)
  await expect(decide(ada, false)).rejects.toThrow('Say why')
  expect(await ada.api.listWaitingGroups({ params })).toMatchObject([
    { name: 'Tuesday circle', organizers: ['Ben'] },
  ])

  await decide(ada, false, 'There is one like it: join that.')
  await expect(decide(ada, true)).rejects.toThrow('decided already: it is declined')
  expect((await mail()).at(-1)?.text).toContain('There is one like it: join that.')
  expect((await mail()).at(-1)?.to).toBe(ben.email)
  await expect(ben.api.createInvite({ params: inGroup, body: invite })).rejects.toThrow('declined this group')

  const again = { params: inGroup, body: { organization: params.slug } }
  expect(await ben.api.setGroupOrganization(again)).toMatchObject({ approval: 'waiting' })
  await decide(ada, true)
  await expect(decide(ada, true)).rejects.toThrow('decided already: it is approved')
  expect(await ada.api.listWaitingGroups({ params })).toEqual([])
  expect(await cleo.api.joinGroup({ params: inGroup, body: {} })).toMatchObject({ status: 'active' })
})

it('O5: who leaves the company is in none of its groups, hears so, and keeps what is theirs', async () => {
  const { ada, ben, cleo, eve, params, start, person, house, mail, colleague } = await openCompany()
  const dora = await colleague('Dora')
  await dora.api.listMyOrganizations()
  const [circle, alone, led] = [
    await start(ada, { name: 'Circle' }),
    await start(ben, { name: 'Alone' }),
    await start(ben, { name: 'Led by Ben' }),
  ]
  const meetup = await eve.api.createGroup({
    body: { ...internalDraft(), name: 'Meetup', kind: 'meetup', visibility: 'public' },
  })
  for (const group of [circle, meetup]) await ben.api.joinGroup({ params: group, body: {} })
  await dora.api.joinGroup({ params: led, body: {} })
  await cleo.api.joinGroup({ params: led, body: {} })
  await ben.api.changeRole({ params: { slug: led.slug, accountId: cleo.id }, body: { role: 'facilitator' } })
  const invited = await start(ada, { name: 'Never entered', visibility: 'private', admission: 'invite-only' })
  const body = mailedTo(ben.email)
  await ada.api.mailInvites({ params: invited, body })
  const token =
    /\/join\/(\S+)/.exec((await mail()).findLast(({ to }) => to === ben.email)?.text ?? '')?.[1] ?? ''

  const ofBen = { params: { slug: params.slug, accountId: ben.id }, body: {} }
  for (const outside of [eve, await person('Zoe')])
    await expect(outside.api.endColleague(ofBen)).rejects.toThrow(NOT_FOUND)
  await expect(cleo.api.endColleague(ofBen)).rejects.toThrow('Ask one of its admins')

  expect(await ada.api.endColleague(ofBen)).toEqual({
    groups: 3,
    handedOver: [{ group: 'Led by Ben', to: 'Cleo' }],
    ended: ['Alone'],
  })
  await expect(ada.api.endColleague(ofBen)).rejects.toThrow('no colleague any more')
  const letters = (await mail()).slice(-3)
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    [cleo.email, 'You organize Led by Ben now'],
    [ben.email, 'You are no longer at Harbour Ltd on Shortside'],
    [ada.email, 'Groups that Ben organized at Harbour Ltd'],
  ])

  expect((await ben.api.listMyGroups()).map(({ name }) => name)).toEqual(['Meetup'])
  for (const group of [circle, alone, led]) {
    await expect(ben.api.getGroup({ params: group })).rejects.toThrow(NOT_FOUND)
    await expect(ben.api.joinGroup({ params: group, body: {} })).rejects.toThrow(NOT_FOUND)
  }
  await expect(ben.api.acceptInvite({ params: { token }, body: {} })).rejects.toThrow('taken back')
  await expect(ben.api.getOrganization({ params })).rejects.toThrow(NOT_FOUND)
  expect(await ben.api.listMyOrganizations()).toEqual([])
  expect((await ben.api.exportMyData()).memberships).toHaveLength(4)
  expect(await cleo.api.getGroup({ params: led })).toMatchObject({ role: 'organizer' })
  const [ended] = await house.db.select().from(memberships).where(eq(memberships.groupId, alone.id))
  expect(ended?.status).toBe('removed')

  await ada.api.welcomeBack(ofBen)
  expect(await ben.api.getOrganization({ params })).toMatchObject({ role: 'colleague' })
  expect((await ben.api.listMyGroups()).map(({ name }) => name)).toEqual(['Meetup'])
  expect(await ben.api.joinGroup({ params: circle, body: {} })).toMatchObject({ status: 'active' })
})

it('O5: hangs up on who leaves the company, and keeps their commitments for them', async () => {
  const { ada, ben, params, start } = await openCompany()
  const group = await start(ada)
  await ben.api.joinGroup({ params: group, body: {} })
  const session = await ada.api.scheduleSession({
    params: { slug: group.slug },
    body: {
      id: randomUUID(),
      title: 'Kickoff',
      minutes: 60,
      startsAt: '2026-11-22T10:00:00Z',
      templateId: 'kickoff',
    },
  })
  const room = { params: { sessionId: session.id } }
  await ada.api.openRoom(room)
  await ben.api.enterRoom(room)
  const body = { id: randomUUID(), cue: 'I am asked', action: 'ask back', due: '2026-12-24' }
  await ben.api.makeCommitment({ ...room, body })
  const { position } = await ben.api.getRoom(room)
  const heard = await ben.follow(session.id, position)

  await ada.api.endColleague({ params: { slug: params.slug, accountId: ben.id }, body: {} })
  expect(await heard.closed).toBeGreaterThan(4_000)
  await expect(ben.api.getRoom(room)).rejects.toThrow(NOT_FOUND)
  expect(await ben.api.listMyCommitments()).toMatchObject([{ action: 'ask back' }])
  expect((await ben.api.exportMyData()).commitments).toMatchObject([{ action: 'ask back', status: 'open' }])
})

it('a colleague leaves by themselves, and their confirmed address does not bring them back', async () => {
  const { ben, params, start, ada } = await openCompany()
  const group = await start(ada)
  await ben.api.joinGroup({ params: group, body: {} })
  expect(await ben.api.leaveOrganization({ params, body: {} })).toMatchObject({ groups: 1 })
  expect(await ben.api.listMyOrganizations()).toEqual([])
  await expect(ben.api.leaveOrganization({ params, body: {} })).rejects.toThrow(NOT_FOUND)
  expect((await ada.api.listColleagues({ params })).find(({ name }) => name === 'Ben')).toMatchObject({
    status: 'left',
  })
})

it('roles are given by admins, and the last admin can’t go', async () => {
  const { ada, ben, cleo, params } = await openCompany()
  await Promise.all([ben, cleo].map(({ api }) => api.listMyOrganizations()))
  const give = (by: TestPerson, to: TestPerson, role: 'admin' | 'hr' | 'colleague') =>
    by.api.changeColleagueRole({ params: { slug: params.slug, accountId: to.id }, body: { role } })
  await expect(give(ben, ben, 'admin')).rejects.toThrow('Ask one of its admins')
  await expect(give(ada, ada, 'colleague')).rejects.toThrow('needs an admin')
  await expect(ada.api.leaveOrganization({ params, body: {} })).rejects.toThrow('needs an admin')
  await expect(
    ada.api.endColleague({ params: { slug: params.slug, accountId: ada.id }, body: {} }),
  ).rejects.toThrow('That is you')

  await give(ada, cleo, 'hr')
  await expect(cleo.api.listColleagues({ params })).rejects.toThrow('Ask one of its admins')
  await give(ada, ben, 'admin')
  // Two admins who end each other's role take turns.
  const both = await Promise.allSettled([give(ada, ben, 'colleague'), give(ben, ada, 'colleague')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

it('names, adds, hides and orders the skills for its colleagues', async () => {
  const { ada, ben, eve, params } = await openCompany()
  const ten = await ben.api.listSkills({ params })
  expect(ten).toHaveLength(10)
  const changed = [
    { skill: 'selling', name: 'Selling', hidden: false },
    ...ten.map((one) =>
      one.skill === 'ethics' ? { ...one, name: 'Judgement' } : { ...one, hidden: one.skill === 'networking' },
    ),
  ]
  const save = (by: TestPerson, skills: typeof changed) => by.api.saveSkills({ params, body: { skills } })
  await expect(save(ben, changed)).rejects.toThrow('Ask one of its admins')
  await expect(save(eve, changed)).rejects.toThrow(NOT_FOUND)
  await expect(save(ada, changed.slice(2))).rejects.toThrow('is missing')
  await expect(save(ada, [...changed, changed[0] ?? { skill: '', name: '', hidden: false }])).rejects.toThrow(
    'twice',
  )
  expect(await ben.api.listSkills({ params })).toEqual(ten)

  await save(ada, changed)
  const seen = await ben.api.listSkills({ params })
  expect(seen[0]).toMatchObject({ name: 'Selling' })
  expect(seen.map(({ name }) => name)).toContain('Judgement')
  expect(seen.map(({ name }) => name)).not.toContain('Networking')
  expect(await ada.api.listSkills({ params })).toHaveLength(11)
})

it('offers the skills of the organization where one is chosen, and the ten to everybody else', async () => {
  const { ada, ben, eve, params } = await openCompany()
  const skills = (await ada.api.listSkills({ params })).map((one) => ({
    ...one,
    hidden: one.skill === 'networking',
    name: one.skill === 'ethics' ? 'Judgement' : one.name,
  }))
  await ada.api.saveSkills({
    params,
    body: { skills: [{ skill: 'own-selling', name: 'Selling', hidden: false }, ...skills] },
  })
  const names = async (person: TestPerson) => (await person.api.listMySkills()).map(({ name }) => name)
  expect((await names(ben))[0]).toBe('Selling')
  expect(await names(ben)).toContain('Judgement')
  expect(await names(ben)).not.toContain('Networking')
  expect(await names(eve)).toEqual((await names(eve)).filter((name) => name !== 'Selling'))
  expect(await names(eve)).toHaveLength(10)

  const goal = {
    id: randomUUID(),
    words: 'Sell to a port',
    measure: '',
    due: null,
    status: 'open',
    reportId: null,
  } as const
  await ben.api.saveGoal({ body: { ...goal, skill: 'own-selling' } })
  await expect(
    eve.api.saveGoal({ body: { ...goal, id: randomUUID(), skill: 'own-selling' } }),
  ).rejects.toThrow('Choose a skill of the list')
  await ben.api.leaveOrganization({ params, body: {} })
  await ben.api.saveGoal({ body: { ...goal, skill: 'own-selling', status: 'done' } })
  expect(await ben.api.listMyGoals()).toMatchObject([{ words: 'Sell to a port', status: 'done' }])
})

it('an organization is deleted with its name as the proof, and its groups go on as private ones', async () => {
  const { ada, ben, eve, cleo, params, start, house } = await openCompany()
  const group = await start(ben)
  await expect(ben.api.deleteOrganization({ params, body: { name: 'Harbour Ltd' } })).rejects.toThrow(
    'admins',
  )
  await expect(ada.api.deleteOrganization({ params, body: { name: 'harbour' } })).rejects.toThrow(
    'Type the name',
  )
  await ada.api.deleteOrganization({ params, body: { name: 'Harbour Ltd' } })
  await expect(ada.api.getOrganization({ params })).rejects.toThrow(NOT_FOUND)
  expect(await ben.api.getGroup({ params: group })).toMatchObject({
    organization: null,
    visibility: 'private',
  })
  for (const outside of [eve, cleo])
    await expect(outside.api.getPublicGroup({ params: group })).rejects.toThrow(NOT_FOUND)
  expect(await house.db.$count(colleagues)).toBe(1)
})

it('a retry creates no second organization, and an id of another is refused', async () => {
  const { ada, eve } = await openCompany()
  const draft = { id: randomUUID(), name: 'Pier Ltd' }
  const made = await ada.api.createOrganization({ body: draft })
  expect(await ada.api.createOrganization({ body: draft })).toEqual(made)
  await expect(eve.api.createOrganization({ body: draft })).rejects.toThrow()
  expect(await ada.api.listMyOrganizations()).toHaveLength(2)
})
