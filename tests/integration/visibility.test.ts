import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Admission, Visibility } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

/**
 * Who sees a group and who comes in are two questions. What each visitor finds: the door on the page, or that there is
 * no such page; and whether the list has it.
 */
type Found = 'join' | 'ask' | 'invite' | 'closed' | 'no page'
type Row = {
  /** Somebody without an account, and somebody with one. */
  stranger: Found
  /** With a confirmed address of one of the domains of the group, when it has some. */
  colleague: Found
  /** With such an address that is not confirmed. */
  unconfirmed: Found
  listed: boolean
  /** Whether an invite lets somebody in. */
  invite: boolean
}

const PLAIN: Record<
  `${Exclude<Visibility, 'colleagues'>} ${Admission}`,
  Omit<Row, 'colleague' | 'unconfirmed'>
> = {
  'public open': { stranger: 'join', listed: true, invite: true },
  'public on-request': { stranger: 'ask', listed: true, invite: true },
  'public invite-only': { stranger: 'invite', listed: true, invite: true },
  'public closed': { stranger: 'closed', listed: true, invite: false },
  'unlisted open': { stranger: 'join', listed: false, invite: true },
  'unlisted on-request': { stranger: 'ask', listed: false, invite: true },
  'unlisted invite-only': { stranger: 'invite', listed: false, invite: true },
  'unlisted closed': { stranger: 'closed', listed: false, invite: false },
  'private open': { stranger: 'no page', listed: false, invite: true },
  'private on-request': { stranger: 'no page', listed: false, invite: true },
  'private invite-only': { stranger: 'no page', listed: false, invite: true },
  'private closed': { stranger: 'no page', listed: false, invite: false },
}

/** With domains: they open every door but a closed one, and an open door is then theirs. */
const WITH_DOMAINS: Record<keyof typeof PLAIN, Row> = {
  'public open': row('invite', 'join', 'invite', true),
  'public on-request': row('ask', 'join', 'ask', true),
  'public invite-only': row('invite', 'join', 'invite', true),
  'public closed': row('closed', 'closed', 'closed', true, false),
  'unlisted open': row('invite', 'join', 'invite', false),
  'unlisted on-request': row('ask', 'join', 'ask', false),
  'unlisted invite-only': row('invite', 'join', 'invite', false),
  'unlisted closed': row('closed', 'closed', 'closed', false, false),
  'private open': row('no page', 'join', 'no page', false),
  'private on-request': row('no page', 'join', 'no page', false),
  'private invite-only': row('no page', 'join', 'no page', false),
  'private closed': row('no page', 'closed', 'no page', false, false),
}

function row(stranger: Found, colleague: Found, unconfirmed: Found, listed: boolean, invite = true): Row {
  return { stranger, colleague, unconfirmed, listed, invite }
}

async function openGroup(organizer: TestPerson, [visibility, admission]: string[], domains: string[]) {
  const { slug } = await organizer.api.createGroup({
    body: {
      id: randomUUID(),
      kind: 'meetup',
      name: `Circle ${visibility ?? ''} ${admission ?? ''}`,
      purpose: '',
      visibility: visibility as Visibility,
      admission: 'open',
      domains: [],
      programmeId: null,
      rhythm: 'weekly',
      zone: 'UTC',
      firstSessionAt: null,
      places: 8,
      city: null,
      venue: null,
      room: null,
      onlineLink: null,
    },
  })
  const params = { slug }
  const { link } = await organizer.api.createInvite({
    params,
    body: { id: randomUUID(), role: 'member', days: 7, maxUses: null, domains: [] },
  })
  await organizer.api.changeGroup({ params, body: { admission: admission as Admission, domains } })
  return { slug, token: link.split('/').at(-1) ?? '' }
}

const doorOf = (who: TestPerson, slug: string): Promise<Found> =>
  who.api.getPublicGroup({ params: { slug } }).then(
    ({ door }) => door,
    (problem: unknown) => {
      if (problem instanceof Refusal && problem.code === 'not-found') return 'no page'
      throw problem
    },
  )

const isListed = async ({ stranger }: TestHouse, slug: string): Promise<boolean> =>
  (await stranger().api.findGroups({ query: { words: 'Circle' } })).groups.some((one) => one.slug === slug)

/** What somebody hears who does not look but joins at once. */
async function join(who: TestPerson, slug: string): Promise<string> {
  try {
    return (await who.api.joinGroup({ params: { slug }, body: {} })).status
  } catch (problem) {
    return problem instanceof Refusal ? problem.code : String(problem)
  }
}
const JOINED: Record<Found, string> = {
  join: 'active',
  ask: 'requested',
  invite: 'not-allowed',
  closed: 'not-allowed',
  'no page': 'not-found',
}

async function accept(who: TestPerson, token: string): Promise<boolean> {
  return who.api.acceptInvite({ params: { token }, body: {} }).then(
    () => true,
    () => false,
  )
}

it('V1: who sees a group and who comes in are apart, for each of the twelve ways and each visitor', async () => {
  const house = await openHouse()
  const organizer = await house.person('Olga')
  for (const [way, expected] of Object.entries(PLAIN)) {
    const { slug, token } = await openGroup(organizer, way.split(' '), [])
    const [zoe, yan] = [await house.person('Zoe'), await house.person('Yan')]
    const unconfirmed = await house.person('Uma', { verifiedAt: null })
    expect.soft([way, await doorOf(house.stranger(), slug)]).toEqual([way, expected.stranger])
    expect.soft([way, await doorOf(zoe, slug)]).toEqual([way, expected.stranger])
    expect.soft([way, await doorOf(unconfirmed, slug)]).toEqual([way, expected.stranger])
    expect.soft([way, await isListed(house, slug)]).toEqual([way, expected.listed])
    expect.soft([way, await join(zoe, slug)]).toEqual([way, JOINED[expected.stranger]])
    expect.soft([way, await join(unconfirmed, slug)]).toEqual([way, 'not-verified'])
    expect.soft([way, await join(house.stranger(), slug)]).toEqual([way, 'not-signed-in'])
    expect.soft([way, await accept(yan, token)]).toEqual([way, expected.invite])
    // Whoever is in, or waits for a word, sees it whatever the others see.
    if (expected.invite)
      expect.soft([way, (await yan.api.getGroup({ params: { slug } })).slug]).toEqual([way, slug])
  }
}, 60_000)

it('V1: domains open every door but a closed one, for confirmed addresses only', async () => {
  const house = await openHouse()
  const organizer = await house.person('Olga')
  for (const [way, expected] of Object.entries(WITH_DOMAINS)) {
    const { slug, token } = await openGroup(organizer, way.split(' '), ['acme.example'])
    const colleague = await house.person('Cora', { email: `${randomUUID()}@acme.example` })
    const unconfirmed = await house.person('Uma', { email: `${randomUUID()}@acme.example`, verifiedAt: null })
    const [zoe, yan] = [await house.person('Zoe'), await house.person('Yan')]
    expect.soft([way, await doorOf(zoe, slug)]).toEqual([way, expected.stranger])
    expect.soft([way, await doorOf(colleague, slug)]).toEqual([way, expected.colleague])
    expect.soft([way, await doorOf(unconfirmed, slug)]).toEqual([way, expected.unconfirmed])
    expect.soft([way, await isListed(house, slug)]).toEqual([way, expected.listed])
    expect.soft([way, await join(zoe, slug)]).toEqual([way, JOINED[expected.stranger]])
    expect.soft([way, await join(colleague, slug)]).toEqual([way, JOINED[expected.colleague]])
    expect.soft([way, await accept(yan, token)]).toEqual([way, expected.invite])
  }
}, 60_000)

it('V2: closing sign-up hides nothing, and hiding a group closes no door that somebody stands in', async () => {
  const house = await openHouse()
  const [olga, zoe, ben] = [await house.person('Olga'), await house.person('Zoe'), await house.person('Ben')]
  const { slug, token } = await openGroup(olga, ['public', 'on-request'], [])
  const params = { slug }
  await zoe.api.joinGroup({ params, body: {} })

  await olga.api.changeGroup({ params, body: { admission: 'closed' } })
  expect(await isListed(house, slug)).toBe(true)
  expect(await doorOf(house.stranger(), slug)).toBe('closed')
  expect(await accept(ben, token)).toBe(false)
  const invite = { id: randomUUID(), role: 'member' as const, days: 7, maxUses: null, domains: [] }
  await expect(olga.api.createInvite({ params, body: invite })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/settings/) as string,
  })
  expect(await olga.api.listInvites({ params })).toHaveLength(1)

  await olga.api.changeGroup({ params, body: { visibility: 'private', admission: 'on-request' } })
  expect(await isListed(house, slug)).toBe(false)
  expect(await doorOf(house.stranger(), slug)).toBe('no page')
  // Zoe asked while it was open to see; she still knows of it, and gets her answer.
  expect(await doorOf(zoe, slug)).toBe('ask')
  await olga.api.decideRequest({ params: { slug, accountId: zoe.id }, body: { approve: true } })
  expect((await zoe.api.getGroup({ params })).slug).toBe(slug)

  await olga.api.removeMember({ params: { slug, accountId: zoe.id }, body: { reason: 'So.' } })
  expect(await doorOf(zoe, slug)).toBe('no page')
  await olga.api.changeGroup({ params, body: { visibility: 'unlisted', admission: 'open' } })
  expect(await doorOf(zoe, slug)).toBe('invite')
  expect(await join(zoe, slug)).toBe('not-allowed')
  await olga.api.changeGroup({ params, body: { admission: 'closed' } })
  expect(await doorOf(zoe, slug)).toBe('closed')
})
