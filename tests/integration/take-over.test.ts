import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEntries, colleagues, groups, memberships, organizations, takeOvers } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const notFound = { code: 'not-found' }

async function openLedCircle() {
  const circle = await openCircle()
  const olga = await circle.join('Olga', 'organizer')
  const otto = await circle.person('Otto', { operator: true })
  return { ...circle, olga, otto }
}

const REASON = 'Olga has not answered for weeks, and we would like to go on.'
const ask = ({ slug }: Circle, who: TestPerson, id = randomUUID()) =>
  who.api.askTakeOver({ params: { slug }, body: { id, reason: REASON } })
const rolesOf = async ({ slug }: Circle, who: TestPerson) =>
  Object.fromEntries((await who.api.listMembers({ params: { slug } })).map(({ name, role }) => [name, role]))
const mailTo = async (circle: Circle, { email }: TestPerson, words: string) =>
  (await circle.mail()).filter(
    ({ to, subject, text }) => to === email && `${subject}\n${text}`.includes(words),
  )

it('G2: a member asks, nobody objects, and after two weeks the operator confirms: everybody hears of it, and it is kept', async () => {
  const circle = await openLedCircle()
  const { ben, olga, otto, cleo, ada, zoe, slug, groupId, house } = circle
  const id = randomUUID()
  await ask(circle, ben, id)
  await ask(circle, ben, id)
  expect(await mailTo(circle, olga, REASON)).toHaveLength(1)
  expect(await cleo.api.readTakeOver({ params: { slug } })).toMatchObject({
    judge: 'operator',
    takeOver: {
      state: 'open',
      askedBy: { name: 'Ben' },
      reason: REASON,
      decidableAt: '2026-12-06T09:00:00.000Z',
    },
  })
  const decide = (who: TestPerson, confirm = true) =>
    who.api.decideTakeOver({ params: { id }, body: { confirm } })
  await expect(decide(otto)).rejects.toMatchObject({ code: 'conflict' })
  await circle.runJob('tell-take-over-judges')
  expect(await mailTo(circle, otto, 'Please decide')).toHaveLength(0)

  circle.pass({ days: 14 })
  await circle.runJob('tell-take-over-judges')
  await circle.runJob('tell-take-over-judges')
  expect(await mailTo(circle, otto, 'Please decide')).toHaveLength(1)
  expect(await otto.api.listTakeOvers()).toMatchObject([
    { id, group: 'Tuesday circle', askedBy: 'Ben', reason: REASON, organizers: ['Olga'], members: 4 },
  ])
  for (const one of [olga, ben, cleo, zoe]) {
    expect(await one.api.listTakeOvers()).toEqual([])
    await expect(decide(one)).rejects.toMatchObject(notFound)
  }
  await expect(decide(otto, false)).rejects.toMatchObject({ code: 'invalid', field: 'reason' })
  await decide(otto)
  await expect(decide(otto)).rejects.toMatchObject(notFound)

  expect(await rolesOf(circle, ben)).toEqual({
    Ben: 'organizer',
    Olga: 'facilitator',
    Ada: 'facilitator',
    Cleo: 'member',
  })
  for (const one of [ben, olga, cleo, ada])
    expect(await mailTo(circle, one, 'Ben organizes Tuesday circle now')).toHaveLength(1)
  const kept = await house.db.select().from(auditEntries).where(eq(auditEntries.groupId, groupId))
  expect(kept.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
    ['role-changed', otto.id, olga.id],
    ['group-handed-over', otto.id, ben.id],
  ])
  expect((await cleo.api.readTakeOver({ params: { slug } })).takeOver?.state).toBe('confirmed')
})

it('G2: an organizer who is still there objects, and whoever asked hears why', async () => {
  const circle = await openLedCircle()
  const { ben, cleo, olga, slug } = circle
  const params = { slug }
  await ask(circle, ben)
  await expect(ben.api.objectToTakeOver({ params, body: { reason: 'x' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await olga.api.objectToTakeOver({ params, body: { reason: 'I was ill, and am back.' } })
  expect(await mailTo(circle, ben, 'I was ill, and am back.')).toHaveLength(1)
  expect((await ben.api.readTakeOver({ params })).takeOver).toMatchObject({
    state: 'objected',
    answer: 'I was ill, and am back.',
  })
  expect((await cleo.api.readTakeOver({ params })).takeOver).toMatchObject({ state: 'objected', answer: '' })
  await expect(olga.api.grantTakeOver({ params })).rejects.toMatchObject({ code: 'conflict' })
  expect(await rolesOf(circle, ben)).toMatchObject({ Ben: 'member', Olga: 'organizer' })
})

it('G2: an organizer hands over at once to whoever asked', async () => {
  const circle = await openLedCircle()
  const { ben, cleo, olga, slug } = circle
  await ask(circle, ben)
  await olga.api.grantTakeOver({ params: { slug } })
  expect(await rolesOf(circle, ben)).toMatchObject({ Ben: 'organizer', Olga: 'facilitator' })
  expect(await mailTo(circle, cleo, 'Olga handed the group over.')).toHaveLength(1)
})

it('G2: there is one request at a time; it is taken back by who made it, and an organizer, a stranger and an empty reason are refused', async () => {
  const circle = await openLedCircle()
  const { ben, cleo, olga, zoe, slug, house } = circle
  const params = { slug }
  await expect(
    ben.api.askTakeOver({ params, body: { id: randomUUID(), reason: ' \n' } }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'reason' })
  await expect(ask(circle, olga)).rejects.toMatchObject({ code: 'conflict' })
  await expect(ask(circle, zoe)).rejects.toMatchObject(notFound)
  const both = await Promise.allSettled([ask(circle, ben), ask(circle, cleo)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const [asked, other] = both[0].status === 'fulfilled' ? [ben, cleo] : [cleo, ben]
  await expect(other.api.withdrawTakeOver({ params })).rejects.toMatchObject(notFound)
  await asked.api.withdrawTakeOver({ params })
  await ask(circle, other)
  expect(await house.db.$count(takeOvers)).toBe(2)
  await other.api.leaveGroup({ params, body: {} })
  // Whoever leaves asks for nothing any more.
  expect((await asked.api.readTakeOver({ params })).takeOver).toBeNull()
  await ask(circle, asked)
})

it('G2: where nobody organizes, nobody has to be waited for', async () => {
  const circle = await openLedCircle()
  const { ben, olga, otto, house, groupId } = circle
  await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, olga.id))
  const id = randomUUID()
  await ask(circle, ben, id)
  expect(await mailTo(circle, otto, 'Please decide')).toHaveLength(1)
  await otto.api.decideTakeOver({ params: { id }, body: { confirm: true } })
  expect(await rolesOf(circle, ben)).toMatchObject({ Ben: 'organizer' })
  expect(await house.db.$count(takeOvers, eq(takeOvers.groupId, groupId))).toBe(1)
})

it('G2: in an organization its admin decides, not the operator, and never whoever asked', async () => {
  const circle = await openLedCircle()
  const { ben, cleo, olga, otto, house, groupId, slug } = circle
  const ida = await circle.person('Ida')
  const organizationId = randomUUID()
  await house.db.insert(organizations).values({ id: organizationId, slug: 'harbour', name: 'Harbour' })
  const admin = (who: TestPerson) =>
    house.db
      .insert(colleagues)
      .values({ organizationId, accountId: who.id, role: 'admin', joinedAt: house.now() })
  await admin(ida)
  await house.db.update(groups).set({ organizationId }).where(eq(groups.id, groupId))
  const id = randomUUID()
  await ask(circle, ben, id)
  expect((await ben.api.readTakeOver({ params: { slug } })).judge).toBe('organization')
  circle.pass({ days: 15 })
  await circle.runJob('tell-take-over-judges')
  expect(await mailTo(circle, ida, 'Please decide')).toHaveLength(1)
  expect(await otto.api.listTakeOvers()).toEqual([])
  await expect(otto.api.decideTakeOver({ params: { id }, body: { confirm: true } })).rejects.toMatchObject(
    notFound,
  )
  await ida.api.decideTakeOver({
    params: { id },
    body: { confirm: false, reason: 'Olga is on leave until May.' },
  })
  for (const one of [ben, olga])
    expect(await mailTo(circle, one, 'Olga is on leave until May.')).toHaveLength(1)
  expect(await mailTo(circle, cleo, 'Olga is on leave until May.')).toHaveLength(0)

  // The only admin asks: then it is the operator who decides.
  await house.db.insert(memberships).values({ groupId, accountId: ida.id, role: 'member', status: 'active' })
  await ask(circle, ida)
  expect((await ben.api.readTakeOver({ params: { slug } })).judge).toBe('operator')
  circle.pass({ days: 15 })
  expect(await ida.api.listTakeOvers()).toEqual([])
  expect(await otto.api.listTakeOvers()).toHaveLength(1)
})
