import { expect, it } from 'vitest'
import type { GroupDraft } from '#shared/groups.ts'
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
