import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEntries } from '#db/schema.ts'
import type { AuditEntry } from '#shared/audit-calls.ts'
import { openCompany } from '#tests/company.ts'

const told = ({ entries }: { entries: AuditEntry[] }) =>
  entries.map(({ action, actor, subject, detail }) => ({ action, actor, subject, detail }))
/** The clock stands still, so what was done in one story has no order. */
const inOrder = <Fact extends { action: string }>(facts: Fact[]) =>
  facts.toSorted((one, other) => one.action.localeCompare(other.action))
const NOT_FOUND = 'nothing here'

it('O6: whom it is about reads who did what to them, the organizer reads it of the group, and nobody else does', async () => {
  const { ada, ben, cleo, eve, start } = await openCompany()
  const group = await start(ada)
  for (const one of [ben, cleo]) await one.api.joinGroup({ params: group, body: {} })
  const params = { slug: group.slug }
  const ofBen = { slug: group.slug, accountId: ben.id }
  await ada.api.changeRole({ params: ofBen, body: { role: 'facilitator' } })
  await ada.api.changeRole({ params: ofBen, body: { role: 'facilitator' } })
  await ada.api.exportRoster({ params })
  await ada.api.exportAttendance({ params })
  await ada.api.removeMember({ params: ofBen, body: { reason: 'A word that nobody keeps.' } })
  await cleo.api.leaveGroup({ params, body: {} })

  const changed = {
    action: 'role-changed',
    actor: 'Ada',
    subject: 'Ben',
    detail: { from: 'member', to: 'facilitator' },
  }
  const removed = { action: 'member-removed', actor: 'Ada', subject: 'Ben', detail: {} }
  const took = (action: string) => ({ action, actor: 'Ada', subject: null, detail: {} })
  const tables = [took('attendance-exported'), took('roster-exported')]
  expect(inOrder(told(await ben.api.listMyAudit({ query: {} })))).toEqual(
    inOrder([removed, ...tables, changed]),
  )
  expect(inOrder(told(await cleo.api.listMyAudit({ query: {} })))).toEqual(
    inOrder([{ action: 'member-left', actor: 'Cleo', subject: 'Cleo', detail: {} }, ...tables]),
  )
  expect(
    told(await ada.api.listGroupAudit({ params, query: {} }))
      .map(({ action }) => action)
      .toSorted(),
  ).toEqual([
    'attendance-exported',
    'group-placed',
    'member-left',
    'member-removed',
    'role-changed',
    'roster-exported',
  ])
  expect((await eve.api.listMyAudit({ query: {} })).entries).toEqual([])
  for (const outside of [ben, cleo, eve])
    await expect(outside.api.listGroupAudit({ params, query: {} })).rejects.toThrow(NOT_FOUND)
})

it('O6: a table is told to those who were in the group when it was taken', async () => {
  const { ada, ben, cleo, start, pass } = await openCompany()
  const group = await start(ada)
  const params = { slug: group.slug }
  await ben.api.joinGroup({ params: group, body: {} })
  pass({ hours: 1 })
  await ada.api.exportRoster({ params })
  pass({ hours: 1 })
  await ben.api.leaveGroup({ params, body: {} })
  await cleo.api.joinGroup({ params: group, body: {} })
  pass({ hours: 1 })
  await ada.api.exportRoster({ params })
  const tables = async (person: typeof ben) =>
    (await person.api.listMyAudit({ query: {} })).entries.filter(({ action }) => action === 'roster-exported')
      .length
  expect([await tables(ben), await tables(cleo)]).toEqual([1, 1])
})

it('O6: a changed setting is kept with what it was, and words are not', async () => {
  const { ada, start, house } = await openCompany()
  const group = await start(ada)
  const params = { slug: group.slug }
  const secret = 'A purpose that stays in the group'
  await ada.api.changeGroup({
    params,
    body: { admission: 'invite-only', places: 9, purpose: secret, room: 'Room Weser', name: group.name },
  })
  const entries = told(await ada.api.listGroupAudit({ params, query: {} })).filter(
    ({ action }) => action === 'group-changed',
  )
  expect(
    entries
      .map(({ detail }) => detail)
      .toSorted((a, b) => String(a.setting).localeCompare(String(b.setting))),
  ).toEqual([
    { setting: 'admission', from: 'open', to: 'invite-only' },
    { setting: 'places', from: 8, to: 9 },
    { setting: 'purpose' },
    { setting: 'room' },
  ])
  const rows = await house.db.select().from(auditEntries)
  for (const words of [secret, 'Weser', group.name]) expect(JSON.stringify(rows)).not.toContain(words)

  const before = rows.length
  await expect(ada.api.changeGroup({ params, body: { places: 1 } })).rejects.toThrow()
  await ada.api.changeGroup({ params, body: { places: 9 } })
  expect(await house.db.$count(auditEntries)).toBe(before)
})

it('O6: handing over and leaving the company are told to whom they concern', async () => {
  const { ada, ben, cleo, start, params } = await openCompany()
  const group = await start(ben)
  await cleo.api.joinGroup({ params: group, body: {} })
  await ben.api.handOver({ params: { slug: group.slug }, body: { accountId: cleo.id } })
  expect(told(await cleo.api.listMyAudit({ query: {} }))).toEqual([
    { action: 'group-handed-over', actor: 'Ben', subject: 'Cleo', detail: {} },
  ])
  await ada.api.endColleague({ params: { slug: params.slug, accountId: ben.id }, body: {} })
  expect(
    told(await ben.api.listMyAudit({ query: {} }))
      .map(({ action, actor }) => `${action} by ${actor ?? ''}`)
      .toSorted(),
  ).toEqual(['colleague-ended by Ada', 'member-removed by Ada'])
})

it('O6: admins read what was done in the organization, and nothing of the inside of a group', async () => {
  const { ada, ben, cleo, eve, params, start } = await openCompany()
  await cleo.api.listMyOrganizations()
  const group = await start(ben, { visibility: 'private', admission: 'invite-only' })
  await ben.api.changeGroup({ params: group, body: { places: 9 } })
  await ada.api.changeOrganization({ params, body: { name: 'Harbour & Sons', approvesGroups: true } })
  await ada.api.changeColleagueRole({
    params: { slug: params.slug, accountId: cleo.id },
    body: { role: 'hr' },
  })

  const trail = told(await ada.api.listOrganizationAudit({ params, query: {} }))
  expect(trail.map(({ action, detail }) => `${action} ${String(detail.setting ?? '')}`).toSorted()).toEqual([
    'domain-proven ',
    'group-placed ',
    'organization-changed approvesGroups',
    'organization-changed name',
    'role-changed ',
  ])
  expect(told(await cleo.api.listMyAudit({ query: {} }))).toEqual([
    { action: 'role-changed', actor: 'Ada', subject: 'Cleo', detail: { from: 'colleague', to: 'hr' } },
  ])
  for (const inside of [ben, cleo])
    await expect(inside.api.listOrganizationAudit({ params, query: {} })).rejects.toThrow(
      'Ask one of its admins',
    )
  await expect(eve.api.listOrganizationAudit({ params, query: {} })).rejects.toThrow(NOT_FOUND)
})

it('O6, H1: admins read no name of a private group that they never approved, nor of one that left the company', async () => {
  const { ada, ben, params, start } = await openCompany()
  await start(ben, { visibility: 'private', admission: 'invite-only' })
  const names = async () =>
    (await ada.api.listOrganizationAudit({ params, query: {} })).entries.map(({ group }) => group)
  expect(await names()).toEqual([null, null])
  const open = await start(ben, { visibility: 'colleagues' })
  const { name } = await ben.api.getGroup({ params: open })
  expect(await names()).toContain(name)
  await ben.api.setGroupOrganization({ params: open, body: { organization: null } })
  await ben.api.changeGroup({ params: open, body: { name: 'We all leave together' } })
  expect((await names()).filter(Boolean)).toEqual([])
})

it('O6: an entry goes on when its people delete their accounts, without their names, and comes along in my data', async () => {
  const { ada, ben, cleo, start, house } = await openCompany()
  const group = await start(ada)
  await ben.api.joinGroup({ params: group, body: {} })
  await cleo.api.joinGroup({ params: group, body: {} })
  await ada.api.changeRole({ params: { slug: group.slug, accountId: ben.id }, body: { role: 'facilitator' } })
  expect(await ben.api.exportMyData()).toMatchObject({
    organizations: [{ organization: 'Harbour Ltd', role: 'colleague', status: 'active' }],
    keptAboutMe: [{ action: 'role-changed', place: 'Tuesday circle' }],
    keptByMe: [],
  })
  expect((await ada.api.exportMyData()).keptByMe.map(({ action }) => action).toSorted()).toEqual([
    'group-placed',
    'role-changed',
  ])

  await ben.api.deleteAccount({ body: { email: ben.email } })
  const trail = told(await ada.api.listGroupAudit({ params: { slug: group.slug }, query: {} }))
  const entry = trail.find(({ action }) => action === 'role-changed')
  expect(entry).toMatchObject({ action: 'role-changed', actor: 'Ada', subject: null })
  const rows = await house.db.select().from(auditEntries).where(eq(auditEntries.groupId, group.id))
  expect(JSON.stringify(rows)).not.toContain('Ben')
})

it('shows the trail page by page', async () => {
  const { ada, ben, start } = await openCompany()
  const group = await start(ada)
  await ben.api.joinGroup({ params: group, body: {} })
  for (let turn = 0; turn < 26; turn += 1)
    for (const role of ['facilitator', 'member'] as const)
      await ada.api.changeRole({ params: { slug: group.slug, accountId: ben.id }, body: { role } })
  const first = await ben.api.listMyAudit({ query: {} })
  const second = await ben.api.listMyAudit({ query: { offset: 50 } })
  expect([first.entries.length, first.more, second.entries.length, second.more]).toEqual([50, true, 2, false])
})

it('the only admin of a company with colleagues makes another one before deleting the account; alone, the company goes too', async () => {
  const { ada, ben, eve, params } = await openCompany()
  await ben.api.listMyOrganizations()
  expect((await ada.api.readDeletion()).onlyAdmin).toMatchObject([{ slug: params.slug, name: 'Harbour Ltd' }])
  await expect(ada.api.deleteAccount({ body: { email: ada.email } })).rejects.toThrow(
    'only admin of “Harbour Ltd”',
  )
  await ada.api.changeColleagueRole({
    params: { slug: params.slug, accountId: ben.id },
    body: { role: 'admin' },
  })
  await ada.api.deleteAccount({ body: { email: ada.email } })
  expect(await ben.api.getOrganization({ params })).toMatchObject({ admins: ['Ben'], role: 'admin' })
  await eve.api.deleteAccount({ body: { email: eve.email } })
})
