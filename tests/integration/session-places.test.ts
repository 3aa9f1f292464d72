import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mails, memberships, rsvps, sessions } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

/** Ada schedules it and has the first place. It begins in 56 hours. */
async function schedule(circle: Circle, capacity: number | null = 2, more: object = {}) {
  const session = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Kickoff',
      minutes: 60,
      startsLocal: '2026-11-24T18:00',
      capacity,
      ...more,
    },
  })
  const params = { sessionId: session.id }
  const say = (person: TestPerson, answer: 'coming' | 'not-coming') =>
    person.api.answerRsvp({ params, body: { answer } })
  return {
    id: session.id,
    params,
    session,
    come: (person: TestPerson) => say(person, 'coming'),
    cant: (person: TestPerson) => say(person, 'not-coming'),
    see: (person: TestPerson) => person.api.getSession({ params }),
    change: (body: Parameters<TestPerson['api']['changeSession']>[0]['body']) =>
      circle.ada.api.changeSession({ params, body }),
  }
}

const newestTo = async (circle: Circle, { email }: TestPerson) =>
  (await circle.mail()).findLast(({ to }) => to === email)
const tokenIn = (text = '') => /\/rsvp\/([\w-]+)/.exec(text)?.[1] ?? ''

describe('P18: places of a session', () => {
  it('go by the order of asking, and whoever comes later waits', async () => {
    const circle = await openCircle()
    const dora = await circle.join('Dora')
    const kickoff = await schedule(circle)
    expect(kickoff.session).toMatchObject({ capacity: 2, coming: 1, mine: 'coming' })

    expect(await kickoff.come(circle.ben)).toMatchObject({ mine: 'coming', coming: 2, waiting: 0 })
    expect(await kickoff.come(circle.cleo)).toMatchObject({
      mine: 'waiting',
      ahead: 0,
      coming: 2,
      waiting: 1,
    })
    expect(await kickoff.come(dora)).toMatchObject({ mine: 'waiting', ahead: 1 })
    // Saying it again neither costs nor gains anything.
    expect(await kickoff.come(circle.cleo)).toMatchObject({ mine: 'waiting', ahead: 0 })
    expect(await kickoff.come(circle.ben)).toMatchObject({ mine: 'coming', coming: 2 })

    const { sessions: list } = await dora.api.listSessions({ params: { slug: circle.slug } })
    expect(list[0]).toMatchObject({ capacity: 2, coming: 2, waiting: 2, offered: 0, mine: 'waiting' })
    const people = (await kickoff.see(circle.ada)).people.map(({ name, answer }) => [name, answer])
    expect(people).toEqual([
      ['Ada', 'coming'],
      ['Ben', 'coming'],
      ['Cleo', 'waiting'],
      ['Dora', 'waiting'],
    ])
    await expect(kickoff.come(circle.zoe)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are for everybody when nobody says how many there are', async () => {
    const circle = await openCircle()
    const kickoff = await schedule(circle, null)
    await kickoff.come(circle.ben)
    expect(await kickoff.come(circle.cleo)).toMatchObject({ mine: 'coming', capacity: null, coming: 3 })
  })

  it('that become free are offered to the next, by a mail that needs no sign-in', async () => {
    const circle = await openCircle()
    const dora = await circle.join('Dora')
    const kickoff = await schedule(circle)
    await kickoff.come(circle.ben)
    await kickoff.come(circle.cleo)
    await kickoff.come(dora)

    expect(await kickoff.cant(circle.ben)).toMatchObject({
      mine: 'not-coming',
      coming: 1,
      offered: 1,
      waiting: 1,
    })
    expect(await kickoff.see(circle.cleo)).toMatchObject({
      mine: 'offered',
      offerEndsAt: '2026-11-23T09:00:00.000Z',
    })
    const mail = await newestTo(circle, circle.cleo)
    expect(mail?.subject).toContain('A place is free for you')
    expect(mail?.text).toContain('Monday 23 November 2026, 10:00 (Europe/Berlin)')
    expect(mail?.text).toContain('?answer=not-coming')

    const nobody = circle.stranger()
    const params = { token: tokenIn(mail?.text) }
    expect(await nobody.api.readRsvpLink({ params })).toMatchObject({
      mine: 'offered',
      full: true,
      guestOf: null,
    })
    // A newcomer and whoever gave theirs back wait behind those who do.
    expect(await kickoff.come(circle.ben)).toMatchObject({ mine: 'waiting', ahead: 1 })
    expect(await nobody.api.useRsvpLink({ params, body: { answer: 'coming' } })).toMatchObject({
      mine: 'coming',
    })
    expect(await nobody.api.useRsvpLink({ params, body: { answer: 'coming' } })).toMatchObject({
      mine: 'coming',
    })
    expect(await kickoff.see(dora)).toMatchObject({
      coming: 2,
      offered: 0,
      waiting: 2,
      mine: 'waiting',
      ahead: 0,
    })
  })

  it('go on when the one who is asked declines, and when they let the time go by', async () => {
    const circle = await openCircle()
    const [dora, emil] = [await circle.join('Dora'), await circle.join('Emil')]
    const kickoff = await schedule(circle)
    for (const person of [circle.ben, circle.cleo, dora, emil]) await kickoff.come(person)

    await kickoff.cant(circle.ben)
    await circle.stranger().api.useRsvpLink({
      params: { token: tokenIn((await newestTo(circle, circle.cleo))?.text) },
      body: { answer: 'not-coming' },
    })
    expect(await kickoff.see(dora)).toMatchObject({ mine: 'offered' })

    circle.pass({ hours: 23, minutes: 59 })
    await circle.runJob('pass-places-on')
    expect(await kickoff.see(dora)).toMatchObject({ mine: 'offered' })
    circle.pass({ minutes: 1 })
    await circle.runJob('pass-places-on')
    await circle.runJob('pass-places-on')
    expect(await kickoff.see(dora)).toMatchObject({ mine: null, coming: 1, offered: 1, waiting: 0 })
    expect((await newestTo(circle, dora))?.subject).toContain('The place has gone on')
    // 32 hours are left, so half of them.
    expect(await kickoff.see(emil)).toMatchObject({
      mine: 'offered',
      offerEndsAt: '2026-11-24T01:00:00.000Z',
    })
    expect(
      (await circle.mail()).filter(({ to, subject }) => to === emil.email && /free for you/.test(subject)),
    ).toHaveLength(1)

    // The old mail still opens the page, and asks anew: at the end of the line.
    const again = { token: tokenIn((await newestTo(circle, dora))?.text) }
    expect(
      await circle.stranger().api.useRsvpLink({ params: again, body: { answer: 'coming' } }),
    ).toMatchObject({
      mine: 'waiting',
    })
  })

  it('are not taken with an offer that lapsed a moment ago, before the clock noticed', async () => {
    const circle = await openCircle()
    const dora = await circle.join('Dora')
    const kickoff = await schedule(circle)
    for (const person of [circle.ben, circle.cleo, dora]) await kickoff.come(person)
    await kickoff.cant(circle.ben)
    circle.pass({ days: 1 })
    expect(await kickoff.come(circle.cleo)).toMatchObject({ mine: 'waiting', offered: 1 })
    expect(await kickoff.see(dora)).toMatchObject({ mine: 'offered' })
  })

  it('of who left, was removed, or deleted their account are offered within a minute', async () => {
    const circle = await openCircle()
    const organizer = await circle.join('Olga', 'organizer')
    const [dora, emil, finn] = [
      await circle.join('Dora'),
      await circle.join('Emil'),
      await circle.join('Finn'),
    ]
    const kickoff = await schedule(circle, 4)
    for (const person of [circle.ben, circle.cleo, dora, emil, finn, organizer]) await kickoff.come(person)
    await circle.ben.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
    await organizer.api.removeMember({
      params: { slug: circle.slug, accountId: circle.cleo.id },
      body: { reason: 'We agreed on it.' },
    })
    await dora.api.deleteAccount({ body: { email: dora.email } })

    // Until then nobody jumps the line.
    const gina = await circle.join('Gina')
    expect(await kickoff.come(gina)).toMatchObject({ mine: 'waiting', ahead: 3 })
    await circle.runJob('pass-places-on')
    for (const person of [emil, finn, organizer])
      expect(await kickoff.see(person), person.name).toMatchObject({ mine: 'offered' })
    expect(await kickoff.see(gina)).toMatchObject({ mine: 'waiting', coming: 1, offered: 3 })
    await expect(kickoff.come(circle.ben)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('that are added go to those who wait, in order and without a question', async () => {
    const circle = await openCircle()
    const [dora, emil] = [await circle.join('Dora'), await circle.join('Emil')]
    const kickoff = await schedule(circle)
    for (const person of [circle.ben, circle.cleo, dora, emil]) await kickoff.come(person)
    expect(await kickoff.change({ capacity: 3 })).toMatchObject({ coming: 3, waiting: 2 })
    expect(await kickoff.see(circle.cleo)).toMatchObject({ mine: 'coming' })
    expect((await newestTo(circle, circle.cleo))?.subject).toContain('You have a place')

    // Dora was offered one and has not answered: she is first, and what was kept for her goes on.
    await kickoff.cant(circle.cleo)
    expect(await kickoff.change({ capacity: 4 })).toMatchObject({ coming: 3, offered: 1, waiting: 0 })
    expect(await kickoff.see(dora)).toMatchObject({ mine: 'coming' })
    expect(await kickoff.see(emil)).toMatchObject({ mine: 'offered' })
    expect(await kickoff.change({ capacity: null })).toMatchObject({ coming: 4, offered: 0, capacity: null })
  })

  it('are never fewer than those who have one', async () => {
    const circle = await openCircle()
    const kickoff = await schedule(circle)
    await kickoff.come(circle.ben)
    await kickoff.come(circle.cleo)
    await expect(kickoff.change({ capacity: 1, title: 'Another' })).rejects.toMatchObject({
      code: 'invalid',
      field: 'capacity',
      message: '2 people have a place already. Choose at least 2.',
    })
    await kickoff.cant(circle.ben)
    await expect(kickoff.change({ capacity: 1 })).rejects.toMatchObject({
      message: '1 person has a place already, and 1 more is kept for who was offered one. Choose at least 2.',
    })
    expect(await kickoff.see(circle.ada)).toMatchObject({
      title: 'Kickoff',
      capacity: 2,
      coming: 1,
      offered: 1,
    })
    for (const capacity of [0, -1, 1001, 1.5])
      await expect(kickoff.change({ capacity }), String(capacity)).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      circle.ben.api.changeSession({ params: kickoff.params, body: { capacity: 9 } }),
    ).rejects.toMatchObject({
      code: 'not-allowed',
    })
    await expect(
      circle.zoe.api.changeSession({ params: kickoff.params, body: { capacity: 9 } }),
    ).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('are offered no longer than until the start, also when it is brought forward', async () => {
    const circle = await openCircle()
    const kickoff = await schedule(circle)
    await kickoff.come(circle.ben)
    await kickoff.come(circle.cleo)
    await kickoff.cant(circle.ben)
    await kickoff.change({ startsLocal: '2026-11-22T20:00' })
    expect(await kickoff.see(circle.cleo)).toMatchObject({ offerEndsAt: '2026-11-22T19:00:00.000Z' })
    circle.pass({ hours: 10 })
    await circle.runJob('pass-places-on')
    expect(await kickoff.see(circle.cleo)).toMatchObject({ mine: null, offered: 0 })
  })
})

describe('a session that has begun', () => {
  it('offers nothing any more; an empty place is for whoever comes, a full one says so', async () => {
    const circle = await openCircle()
    const kickoff = await schedule(circle)
    await kickoff.come(circle.ben)
    await kickoff.come(circle.cleo)
    circle.pass({ days: 2, hours: 8 })
    await circle.ada.api.openRoom({ params: kickoff.params })
    await expect(kickoff.come(circle.cleo)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has begun') as string,
    })
    await kickoff.cant(circle.ben)
    await circle.runJob('pass-places-on')
    expect(await kickoff.see(circle.cleo)).toMatchObject({ mine: 'waiting', offered: 0, coming: 1 })
    expect(await kickoff.come(circle.cleo)).toMatchObject({ mine: 'coming', coming: 2 })
  })

  it('takes no answer once it is over or cancelled', async () => {
    const circle = await openCircle()
    const [one, other] = [await schedule(circle), await schedule(circle, 2, { title: 'Another' })]
    await circle.ada.api.cancelSession({ params: one.params, body: { reason: 'The room is closed.' } })
    await expect(one.come(circle.ben)).rejects.toMatchObject({ code: 'conflict' })
    await circle.house.db.update(sessions).set({ status: 'wrapped-up' }).where(eq(sessions.id, other.id))
    await expect(other.come(circle.ben)).rejects.toMatchObject({ code: 'conflict' })
    const said = await circle.house.db.select().from(rsvps).where(eq(rsvps.accountId, circle.ben.id))
    expect(said).toEqual([])
  })
})

it('a place in a calendar is certain, a hope is not, and what somebody declined is not there', async () => {
  const circle = await openCircle()
  const kickoff = await schedule(circle)
  await kickoff.come(circle.ben)
  await kickoff.come(circle.cleo)
  const feedOf = async (person: TestPerson) => {
    const { address } = await person.api.getMyCalendar()
    return (await person.request({ url: new URL(address).pathname })).body
  }
  expect(await feedOf(circle.ben)).toContain('STATUS:CONFIRMED')
  expect(await feedOf(circle.cleo)).toContain('STATUS:TENTATIVE')
  await kickoff.cant(circle.ben)
  expect(await feedOf(circle.ben)).not.toContain('Kickoff')
  const file = await circle.cleo.request({ url: `/calendar/sessions/${kickoff.id}.ics` })
  expect(file.body).toContain('STATUS:TENTATIVE')
})

it('whoever left is offered nothing, though they were next in the line', async () => {
  const circle = await openCircle()
  const dora = await circle.join('Dora')
  const kickoff = await schedule(circle)
  for (const person of [circle.ben, circle.cleo, dora]) await kickoff.come(person)
  await circle.cleo.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
  await kickoff.cant(circle.ben)
  expect(await kickoff.see(dora)).toMatchObject({ mine: 'offered' })
  const toCleo = await circle.house.db
    .select()
    .from(mails)
    .where(and(eq(mails.recipient, circle.cleo.email)))
  expect(toCleo.filter(({ subject }) => subject.includes('free for you'))).toEqual([])
  const [left] = await circle.house.db
    .select()
    .from(memberships)
    .where(eq(memberships.accountId, circle.cleo.id))
  expect(left?.status).toBe('left')
})
