import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accounts, groups } from '#db/schema.ts'
import { openHouse, type TestHouse } from '#tests/house.ts'

/** Enters the sample circle and gives what the cookie opens. */
async function lookAround({ stranger }: TestHouse) {
  const visitor = stranger()
  const answer = await visitor.request({ method: 'POST', url: '/api/sample' })
  const cookie = `signin=${answer.cookies.at(-1)?.value ?? ''}`
  const get = async <T>(url: string) => (await visitor.request({ url, headers: { cookie } })).json<T>()
  return { answer, cookie, get, visitor }
}

it('shows an empty instance a whole circle, entered as its facilitator', async () => {
  const house = await openHouse()
  const { answer, get } = await lookAround(house)

  expect(answer.json()).toEqual({ slug: 'harbour-circle' })
  const visit = await get<{ account: { name: string }; empty: boolean; samplePeople: { role: string }[] }>(
    '/api/visit',
  )
  expect(visit.account.name).toBe('Aisha Rahmani')
  expect(visit.samplePeople.map(({ role }) => role)).toEqual(['organizer', 'facilitator', 'member'])
  expect(await get<unknown[]>('/api/groups/harbour-circle/members')).toHaveLength(8)
  expect(await get<unknown[]>('/api/groups/harbour-circle/episodes')).toHaveLength(3)
  const { sessions } = await get<{ sessions: { status: string; startsAt: string }[] }>(
    '/api/groups/harbour-circle/sessions',
  )
  expect(sessions.filter(({ status }) => status === 'wrapped-up')).toHaveLength(5)
  const next = sessions.find(({ status }) => status === 'scheduled')
  expect(next?.startsAt).toBe('2026-11-23T16:30:00.000Z')
})

it('can be looked at as another of its people, by somebody who is in it only', async () => {
  const house = await openHouse()
  const { cookie, visitor } = await lookAround(house)
  const [jonas] = await house.house.db.select().from(accounts).where(eq(accounts.name, 'Jonas Falk'))
  const payload = { accountId: jonas?.id }

  const switched = await visitor.request({
    method: 'POST',
    url: '/api/sample/switch',
    payload,
    headers: { cookie },
  })
  expect(switched.statusCode).toBe(200)
  const refused = await visitor.request({ method: 'POST', url: '/api/sample/switch', payload })
  expect(refused.statusCode).toBe(401)
})

it('is never on an instance with real accounts: the first one clears it away, and there is no way back', async () => {
  const house = await openHouse()
  const { get, visitor, cookie } = await lookAround(house)
  const tried = {
    id: crypto.randomUUID(),
    kind: 'internal',
    name: 'Just trying',
    purpose: '',
    visibility: 'private',
    admission: 'invite-only',
    domains: [],
    programmeId: null,
    rhythm: 'none',
    zone: 'UTC',
    firstSessionAt: null,
    places: 6,
    city: null,
    venue: null,
    room: null,
    onlineLink: null,
  }
  const begun = await visitor.request({
    method: 'POST',
    url: '/api/groups',
    payload: tried,
    headers: { cookie },
  })
  expect(begun.json()).toMatchObject({ name: 'Just trying' })
  // Nobody comes to it as a guest, whose account would be the first real one.
  expect(await house.house.db.select().from(groups).where(eq(groups.sample, false))).toEqual([])
  await visitor.api.signUp({
    body: { email: 'ada@example.org', name: 'Ada', password: 'correct horse', zone: 'UTC' },
  })

  expect((await get<{ account: unknown }>('/api/visit')).account).toBeNull()
  expect(await house.house.db.select().from(groups)).toEqual([])
  expect(await house.house.db.select().from(accounts)).toHaveLength(1)
  await expect(visitor.api.lookAround()).rejects.toMatchObject({ code: 'instance-in-use' })
})
