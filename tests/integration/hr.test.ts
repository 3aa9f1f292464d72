import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { attendances, colleagues, groups, memberships, organizations, sessions } from '#db/schema.ts'
import { HR_POLICY, hrSentences } from '#shared/hr.ts'
import { FEWEST_PEOPLE } from '#shared/small-numbers.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

type Company = TestHouse & {
  slug: string
  hr: TestPerson
  /** A group with so many members, who were all at sessions on these days. */
  addGroup: (
    name: string,
    people: number,
    days: string[],
    more?: Partial<typeof groups.$inferInsert>,
  ) => Promise<TestPerson[]>
}

/** It is 22 November; Hanna is HR at Harbour. */
async function openCompany(): Promise<Company> {
  const story = await openHouse()
  const { db } = story.house
  const slug = `harbour-${randomUUID().slice(0, 8)}`
  const [organization] = await db.insert(organizations).values({ slug, name: 'Harbour' }).returning()
  const organizationId = organization?.id ?? ''
  const hr = await story.person('Hanna')
  await db
    .insert(colleagues)
    .values({ organizationId, accountId: hr.id, role: 'hr', joinedAt: story.house.now() })
  const addGroup: Company['addGroup'] = async (name, people, days, more = {}) => {
    const groupId = randomUUID()
    await db.insert(groups).values({
      id: groupId,
      slug: `group-${groupId.slice(0, 8)}`,
      organizationId,
      name,
      purpose: 'Words of a purpose',
      kind: 'internal',
      visibility: 'unlisted',
      admission: 'open',
      rhythm: 'weekly',
      zone: 'Europe/Berlin',
      places: 30,
      ...more,
    })
    const members = await Promise.all(
      Array.from({ length: people }, (_, index) => story.person(`Person ${index} of ${name}`)),
    )
    await db.insert(memberships).values(
      members.map(({ id }) => ({
        groupId,
        accountId: id,
        role: 'member' as const,
        status: 'active' as const,
      })),
    )
    for (const day of days) {
      const sessionId = randomUUID()
      await db.insert(sessions).values({
        id: sessionId,
        groupId,
        title: 'Title of a session',
        status: 'wrapped-up',
        startsAt: new Date(`${day}T17:00:00Z`),
        endsAt: new Date(`${day}T18:00:00Z`),
      })
      await db.insert(attendances).values(
        members.map(({ id }) => ({
          groupId,
          sessionId,
          accountId: id,
          noticed: 'room' as const,
          arrivedAt: new Date(`${day}T17:00:00Z`),
        })),
      )
    }
    return members
  }
  return { ...story, slug, hr, addGroup }
}

it('H1: HR reads counts: groups, members, sessions held, attendance by month', async () => {
  const { slug, hr, addGroup } = await openCompany()
  await addGroup('Elbe circle', 8, ['2026-09-08', '2026-10-06', '2026-10-20', '2026-11-03'])
  await addGroup('Alster circle', 6, ['2026-10-07', '2025-10-30'])

  const view = await hr.api.readHr({ params: { slug } })
  expect(view.months).toHaveLength(13)
  expect([view.months[0], view.months.at(-1)]).toEqual(['2025-11', '2026-11'])
  expect(view.groups.map(({ name, members }) => [name, members])).toEqual([
    ['Alster circle', 6],
    ['Elbe circle', 8],
  ])
  expect(view.members).toBe(14)
  const month = (name: string) => view.months.indexOf(name)
  expect(view.groups[1]?.months[month('2026-09')]).toEqual({ sessions: 1, attendance: 8 })
  expect(view.groups[1]?.months[month('2026-10')]).toEqual({ sessions: 2, attendance: 16 })
  expect(view.totals[month('2026-10')]).toEqual({ sessions: 3, attendance: 22 })
  // The month that is not over tells how often people met, and not yet how many came.
  expect(view.totals[month('2026-11')]).toEqual({ sessions: 1, attendance: null })
  expect(view.totals.reduce((sum, { sessions: held }) => sum + held, 0)).toBe(5)
})

it('H1: HR reads no name of a person, no title, no word; nobody else reads even the counts', async () => {
  const company = await openCompany()
  const { slug, hr, addGroup, house } = company
  const members = await addGroup('Elbe circle', 8, ['2026-10-06'])
  await addGroup('Secret circle', 7, ['2026-10-06'], { visibility: 'private' })
  await addGroup('Waiting circle', 7, ['2026-10-06'], { approval: 'waiting' })
  await addGroup('Known circle', 7, ['2026-10-06'], { visibility: 'private', approval: 'approved' })

  const { body } = await hr.request({ url: `/api/organizations/${slug}/hr` })
  expect(body).toContain('Elbe circle')
  expect(body).toContain('Known circle')
  const secrets = [
    'Person',
    'Title of a session',
    'Words of a purpose',
    'Secret circle',
    'Waiting circle',
    '@',
  ]
  for (const secret of [...secrets, ...members.map(({ id }) => id)]) expect(body).not.toContain(secret)
  expect(JSON.parse(body)).toMatchObject({ members: 15 })

  const [organization] = await house.db
    .insert(organizations)
    .values({ slug: 'pier', name: 'Pier' })
    .returning()
  const otherHr = await company.person('Otto')
  const colleague = await company.person('Cleo')
  const left = await company.person('Lea')
  const mine = await house.db.query.organizations.findFirst({
    where: (table, { eq }) => eq(table.slug, slug),
  })
  const joinedAt = house.now()
  await house.db.insert(colleagues).values([
    { organizationId: organization?.id ?? '', accountId: otherHr.id, role: 'hr', joinedAt },
    { organizationId: mine?.id ?? '', accountId: colleague.id, role: 'colleague', joinedAt },
    { organizationId: mine?.id ?? '', accountId: left.id, role: 'hr', status: 'left', joinedAt },
  ])
  const params = { slug }
  for (const [who, code] of [
    [company.stranger(), 'not-signed-in'],
    [await company.person('Zoe'), 'not-found'],
    [otherHr, 'not-found'],
    [left, 'not-found'],
    [members[0], 'not-found'],
    [colleague, 'not-allowed'],
  ] as const)
    await expect(who?.api.readHr({ params })).rejects.toMatchObject({ code })
})

it('H2: a number about too few people is left out, and so is what would give it away', async () => {
  const { slug, hr, addGroup } = await openCompany()
  await addGroup('Alster circle', 9, ['2026-10-06'])
  await addGroup('Bille circle', 3, ['2026-10-06', '2026-10-13'])
  await addGroup('Elbe circle', 8, ['2026-10-06'])

  const view = await hr.api.readHr({ params: { slug } })
  expect(view.groups.map(({ members }) => members)).toEqual([null, null, 8])
  expect(view.members).toBe(20)
  const october = view.months.indexOf('2026-10')
  expect(view.groups.map(({ months }) => months[october])).toEqual([
    { sessions: 1, attendance: null },
    { sessions: 2, attendance: null },
    { sessions: 1, attendance: 8 },
  ])
  expect(view.totals[october]).toEqual({ sessions: 4, attendance: 23 })

  const alone = await openCompany()
  await alone.addGroup('Bille circle', 4, ['2026-10-06'])
  expect(await alone.hr.api.readHr({ params: { slug: alone.slug } })).toMatchObject({
    groups: [{ members: null }],
    members: null,
  })
})

it('H2: what the page says of it is made from the rule', () => {
  const said = hrSentences(HR_POLICY).join(' ')
  expect(said).toContain(`fewer than ${FEWEST_PEOPLE} people`)
  for (const word of [...HR_POLICY.reads, ...HR_POLICY.never]) expect(said).toContain(word)
})
