import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { groups, sessions } from '#db/schema.ts'
import type { GroupDraft, GroupSearch } from '#shared/groups.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

const draft = (more: Partial<GroupDraft> = {}): GroupDraft => ({
  id: crypto.randomUUID(),
  kind: 'meetup',
  name: 'Harbour talks',
  purpose: 'Learn to lead without authority.',
  visibility: 'public',
  admission: 'open',
  domains: [],
  programmeId: null,
  rhythm: 'weekly',
  zone: 'Europe/Berlin',
  firstSessionAt: null,
  places: 8,
  city: 'Hamburg',
  venue: null,
  room: null,
  onlineLink: null,
  ...more,
})

/** Ada organizes; Eve is nobody's member and looks around. */
async function openTown() {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const eve = house.stranger()
  const start = (more: Partial<GroupDraft> = {}) => ada.api.createGroup({ body: draft(more) })
  const find = (query: GroupSearch) => eve.api.findGroups({ query })
  const names = async (query: GroupSearch) => (await find(query)).groups.map(({ name }) => name)
  return { ...house, ada, eve, start, find, names }
}

const plan = (ada: TestPerson, slug: string, startsAt: string) =>
  ada.api.scheduleSession({
    params: { slug },
    body: { id: crypto.randomUUID(), title: 'An evening', minutes: 90, startsAt },
  })

/** Many groups at once, without asking the front door for each. */
async function openMany({ house }: TestHouse, count: number, more: (n: number) => object = () => ({})) {
  await house.db.insert(groups).values(
    Array.from({ length: count }, (_, n) => {
      const { id: _id, ...facts } = draft({ name: `Group ${n}` })
      const createdAt = new Date(Date.UTC(2026, 10, 1, 0, n % 7))
      return { ...facts, slug: `group-${n}`, firstSessionAt: null, createdAt, ...more(n) }
    }),
  )
}

/** All pages of a search, one after the other. */
async function leaf(
  find: (query: GroupSearch) => Promise<{ groups: { slug: string }[]; more: string | null }>,
) {
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: { groups: { slug: string }[]; more: string | null } = await find(after ? { after } : {})
    seen.push(...page.groups.map(({ slug }) => slug))
    after = page.more
  } while (after)
  return seen
}

describe('what everybody may find', () => {
  it('P15: is public, not ended, not suspended and approved, for a stranger and for its organizer', async () => {
    const { start, ada, eve, house } = await openTown()
    await start({ name: 'Open evening' })
    await start({ name: 'Unlisted canary', visibility: 'unlisted' })
    await start({ name: 'Private canary', visibility: 'private', admission: 'invite-only' })
    const change = async (name: string, set: Partial<typeof groups.$inferInsert>) => {
      const { id } = await start({ name })
      await house.db.update(groups).set(set).where(eq(groups.id, id))
    }
    await change('Ended canary', { archivedAt: house.now() })
    await change('Suspended canary', { suspendedAt: house.now() })
    await change('Waiting canary', { approval: 'waiting' })
    await change('Declined canary', { approval: 'declined' })
    await change('Approved evening', { approval: 'approved' })

    for (const who of [eve, ada]) {
      for (const query of [{}, { words: 'harbour canary' }, { city: 'Hamburg' }, { words: 'canary' }]) {
        const found = JSON.stringify(await who.api.findGroups({ query }))
        expect(found).not.toContain('canary')
      }
      const { groups: all } = await who.api.findGroups({ query: { city: 'Hamburg', within: 5 } })
      expect(all.map(({ name }) => name).sort()).toEqual(['Approved evening', 'Open evening'])
    }
  })

  it('P15: says nothing of the online link, the room, the address or where exactly the city lies', async () => {
    const { start, eve } = await openTown()
    await start({
      onlineLink: 'https://meet.example.org/secret',
      room: 'Secret room',
      address: 'Secret street 1',
      accessNotes: 'Secret bell',
    })
    const answer = await eve.request({ url: '/api/groups?city=Hamburg' })
    expect(answer.body).toContain('Harbour talks')
    expect(answer.body).not.toMatch(/secret|latitude|longitude/i)
  })
})

describe('words', () => {
  it('begin words of the name, the purpose or the place, each of them, whatever the accents', async () => {
    const { start, names } = await openTown()
    await start({
      name: 'Führungskreis',
      purpose: 'Leadership/management, e-mail and 100% practice.',
      city: 'Łódź',
    })
    await start({ name: 'Harbour talks', purpose: 'Negotiation.', venue: 'Café Straßenbahn' })

    expect(await names({ words: 'FUHRUNG' })).toEqual(['Führungskreis'])
    expect(await names({ words: 'lodz manage' })).toEqual(['Führungskreis'])
    expect(await names({ words: 'e-mail' })).toEqual(['Führungskreis'])
    expect(await names({ words: 'strassen harb' })).toEqual(['Harbour talks'])
    expect(await names({ words: 'harbour leadership' })).toEqual([])
    expect(await names({ words: 'bour' })).toEqual([])
  })

  it('are no wildcards and no operators', async () => {
    const { start, names } = await openTown()
    await start({ purpose: '100% practice' })
    expect(await names({ words: '100%' })).toEqual(['Harbour talks'])
    for (const words of ['%', '_', '*', "'", ':*', '& |', '!!!', '\\'])
      expect(await names({ words }), words).toEqual([])
    for (const words of ["x' | 'harbour", '!nothing', '(harbour', 'harbour:*', "'; drop table groups; --"])
      await names({ words })
    expect(await names({ words: '!nothing' })).toEqual([])
    expect(await names({ words: 'harbour:*' })).toEqual(['Harbour talks'])
    expect(await names({ city: '%' })).toEqual([])
  })
})

describe('places', () => {
  it('are found within the distance, the nearest first, with how far it is', async () => {
    const { start, find, names } = await openTown()
    await start({ name: 'In Potsdam', city: 'Potsdam' })
    await start({ name: 'In Hamburg', city: 'Hamburg' })
    await start({ name: 'In Berlin', city: 'Berlin' })
    await start({ name: 'In a village', city: 'Kleinkleckersdorf' })

    expect(await names({ city: 'Berlin', within: 5 })).toEqual(['In Berlin'])
    expect(await names({ city: 'berlin', within: 50 })).toEqual(['In Berlin', 'In Potsdam'])
    const { groups: far, city } = await find({ city: 'Berlin, Germany', within: 300 })
    expect(city).toEqual({ name: 'Berlin', country: 'Germany' })
    expect(far.map(({ name }) => name)).toEqual(['In Berlin', 'In Potsdam', 'In Hamburg'])
    expect(far[0]?.kilometres).toBe(0)
    // By the gazetteer's coordinates; the great circle was measured with another formula.
    expect(far[1]?.kilometres).toBeCloseTo(26.1, 0)
    expect(far[2]?.kilometres).toBeCloseTo(254.4, 0)
  })

  it('are found over the date line', async () => {
    const { start, names, house } = await openTown()
    await start({ name: 'West of it', city: 'Suva', zone: 'Pacific/Fiji' })
    const { id } = await start({ name: 'East of it', city: 'Suva', zone: 'Pacific/Fiji' })
    await house.db.update(groups).set({ longitude: -179.9, latitude: -18.1 }).where(eq(groups.id, id))
    const { id: near } = await start({ name: 'Just before it', city: 'Suva', zone: 'Pacific/Fiji' })
    await house.db.update(groups).set({ longitude: 179.9, latitude: -18.1 }).where(eq(groups.id, near))

    expect(await names({ city: 'Suva', within: 200 })).toEqual(['West of it', 'Just before it', 'East of it'])
    expect(await names({ city: 'Suva', within: 160 })).toEqual(['West of it', 'Just before it'])
  })

  it('that nobody can place are found by their name, and go along when a group moves', async () => {
    const { start, ada, find, names } = await openTown()
    const { slug } = await start({ name: 'In a village', city: 'Kleinkleckersdorf' })
    expect(await names({ city: 'kleinkleckersdorf' })).toEqual(['In a village'])
    expect((await find({ city: 'kleinkleckersdorf' })).city).toBeNull()

    await ada.api.changeGroup({ params: { slug }, body: { city: 'Köln' } })
    expect(await names({ city: 'Cologne', within: 10 })).toEqual(['In a village'])
    await ada.api.changeGroup({ params: { slug }, body: { purpose: 'Something else' } })
    expect(await names({ city: 'Cologne', within: 10 })).toEqual(['In a village'])
    await ada.api.changeGroup({ params: { slug }, body: { city: null } })
    expect(await names({ city: 'Cologne', within: 10 })).toEqual([])
  })

  it('offers what is near when nothing is here', async () => {
    const { start, find } = await openTown()
    await start({ city: 'Potsdam' })
    await start({ city: null, onlineLink: 'https://meet.example.org/a' })
    const { groups: none, otherwise } = await find({ city: 'Berlin', within: 5 })
    expect(none).toEqual([])
    expect(otherwise).toEqual({ further: { kilometres: 100, groups: 1 }, online: 1 })
    expect((await find({ city: 'Berlin', within: 100 })).otherwise).toBeNull()
  })
})

describe('how, when and in which language', () => {
  it('tells in person, online and hybrid apart', async () => {
    const { start, names } = await openTown()
    const onlineLink = 'https://meet.example.org/a'
    await start({ name: 'Here' })
    await start({ name: 'Both', onlineLink })
    await start({ name: 'Far', city: null, onlineLink })
    expect((await names({ meets: 'online' })).sort()).toEqual(['Both', 'Far'])
    expect((await names({ meets: 'in person' })).sort()).toEqual(['Both', 'Here'])
    expect(await names({ meets: 'hybrid' })).toEqual(['Both'])
  })

  it('knows the weekday of the next session on the clock of its group', async () => {
    const { start, ada, names } = await openTown()
    const berlin = await start({ name: 'Berlin', city: 'Berlin' })
    const auckland = await start({ name: 'Auckland', city: 'Auckland', zone: 'Pacific/Auckland' })
    await start({ name: 'No date' })
    // A Tuesday evening in Berlin, and by then a Wednesday morning in Auckland.
    for (const { slug } of [berlin, auckland]) await plan(ada, slug, '2026-11-24T19:00:00Z')
    await plan(ada, berlin.slug, '2026-11-25T19:00:00Z')

    expect(await names({ weekday: 2 })).toEqual(['Berlin'])
    expect(await names({ weekday: 3 })).toEqual(['Auckland'])
    expect(await names({ weekday: 3, city: 'Auckland' })).toEqual(['Auckland'])
    expect(await names({ weekday: 2, words: 'berlin' })).toEqual(['Berlin'])
    expect(await names({ weekday: 7 })).toEqual([])
  })

  it('finds every way of a language, and one way only when that is asked', async () => {
    const { start, ada, names } = await openTown()
    await start({ name: 'Rio', language: 'pt-br' })
    const porto = await start({ name: 'Porto', language: 'pt' })
    await start({ name: 'Oslo', language: 'no' })
    expect(porto.language).toBe('pt')
    expect((await names({ language: 'pt' })).sort()).toEqual(['Porto', 'Rio'])
    expect(await names({ language: 'PT-BR' })).toEqual(['Rio'])
    await ada.api.changeGroup({ params: { slug: porto.slug }, body: { language: null } })
    expect(await names({ language: 'pt' })).toEqual(['Rio'])
  })
})

describe('the list', () => {
  it('begins with whoever meets soonest, and ends with those that have no date', async () => {
    const { start, ada, names, pass } = await openTown()
    const [late, soon, none] = [
      await start({ name: 'Late' }),
      await start({ name: 'Soon' }),
      await start({ name: 'None' }),
    ]
    await plan(ada, late.slug, '2026-12-03T18:00:00Z')
    await plan(ada, soon.slug, '2026-11-24T18:00:00Z')
    await plan(ada, soon.slug, '2026-12-08T18:00:00Z')
    expect(none.slug).toBeTruthy()
    const ways: GroupSearch[] = [{}, { words: 'lead' }]
    for (const query of ways) expect(await names(query)).toEqual(['Soon', 'Late', 'None'])

    // What has begun is not the next one any more, without anybody doing anything.
    pass({ days: 3 })
    for (const query of ways) expect(await names(query)).toEqual(['Late', 'Soon', 'None'])
  })

  it.for<[string, GroupSearch]>([
    ['of all', {}],
    ['of words', { words: 'group' }],
    ['of a place', { city: 'Hamburg', within: 100 }],
    ['of those that meet online', { meets: 'online' }],
  ])('%s is turned page by page without a group twice or missing', async ([, query]) => {
    const town = await openTown()
    await openMany(town, 107, (n) => ({
      onlineLink: 'https://meet.example.org/a',
      latitude: 53.5 + (n % 5) / 100,
      longitude: 10,
      city: 'Hamburg',
    }))
    const all = await town.house.db.select({ id: groups.id, slug: groups.slug }).from(groups)
    // Two in three meet, many at the very same time.
    const meeting = all.filter((_, n) => n % 3 > 0)
    await town.house.db.insert(sessions).values(
      meeting.flatMap(({ id }, n) =>
        [1, 8].map((day) => ({
          groupId: id,
          title: 'An evening',
          startsAt: new Date(Date.UTC(2026, 11, day + (n % 4), 18)),
          endsAt: new Date(Date.UTC(2026, 11, day + (n % 4), 19)),
        })),
      ),
    )
    const seen = await leaf(async (page) => {
      // Time goes on while somebody reads.
      town.pass({ minutes: 1 })
      return town.find({ ...query, ...page })
    })
    expect(seen).toHaveLength(107)
    expect(new Set(seen)).toEqual(new Set(all.map(({ slug }) => slug)))
  })

  it('goes through the sessions ahead when thousands of groups have the words', async () => {
    const town = await openTown()
    await openMany(town, 2_100)
    const [one, other] = await town.house.db.select().from(groups).limit(2)
    if (!one || !other) throw new Error('no groups')
    const at = (day: number) => ({
      startsAt: new Date(Date.UTC(2026, 11, day, 18)),
      endsAt: new Date(Date.UTC(2026, 11, day, 19)),
    })
    await town.house.db.insert(sessions).values([
      { groupId: one.id, title: 'Second', ...at(2) },
      { groupId: other.id, title: 'First', ...at(1) },
    ])
    const first = await town.find({ words: 'group' })
    expect(first.groups.map(({ slug }) => slug).slice(0, 2)).toEqual([other.slug, one.slug])
    expect(first.groups).toHaveLength(20)
    expect(await town.names({ words: 'group', weekday: 2 })).toEqual([other.name])
    const seen = await leaf((page) => town.find({ words: 'group', ...page }))
    expect(seen).toHaveLength(2_100)
    expect(new Set(seen).size).toBe(2_100)
  })
})

it.for<[string, GroupSearch, string, RegExp]>([
  [
    'a city that nobody knows, with a distance',
    { city: 'Kleinkleckersdorf', within: 25 },
    'city',
    /bigger city nearby/,
  ],
  ['a distance from nowhere', { within: 25 }, 'city', /which city/],
  ['a language that is none', { language: 'klingonisch' }, 'language', /no language/],
  ['a language of signs', { language: '%%' }, 'language', /no language/],
  ['an eighth day', { weekday: 8 }, 'weekday', /7/],
  ['a distance around the world', { city: 'Berlin', within: 40_000 }, 'within', /500/],
  ['a page that never was', { after: 'time_x_y' }, 'after', /Begin the search anew/],
  [
    'the page of another search',
    { city: 'Berlin', after: 'time_1764000000000_00000000-0000-4000-8000-000000000000_1764000000000' },
    'after',
    /Begin the search anew/,
  ],
])('answers %s with a sentence', async ([, query, field, words]) => {
  const { find } = await openTown()
  await expect(find(query)).rejects.toMatchObject({
    code: 'invalid',
    field,
    message: expect.stringMatching(words) as string,
  })
})

it('stores a language only when there is one, and nothing else of a draft that says otherwise', async () => {
  const { start, ada } = await openTown()
  await expect(start({ language: 'x-nonsense-1' })).rejects.toMatchObject({
    code: 'invalid',
    field: 'language',
  })
  expect(await ada.api.listMyGroups()).toEqual([])
  const { slug, language } = await start({ language: 'DE-at' })
  expect(language).toBe('de-AT')
  await expect(
    ada.api.changeGroup({ params: { slug }, body: { language: '??', city: 'Berlin' } }),
  ).rejects.toMatchObject({ field: 'language' })
  expect(await ada.api.getGroup({ params: { slug } })).toMatchObject({ language: 'de-AT', city: 'Hamburg' })
})

it('suggests cities to whoever types, and nothing for nonsense', async () => {
  const { eve } = await openTown()
  const suggest = (words: string) => eve.api.suggestCities({ query: { words } })
  expect(await suggest('köl')).toContainEqual({ name: 'Köln', country: 'Germany', zone: 'Europe/Berlin' })
  expect((await suggest('springfield')).length).toBeGreaterThan(3)
  expect(await suggest('%')).toEqual([])
  expect(await suggest(' ')).toEqual([])
})
