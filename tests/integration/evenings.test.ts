import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { accounts, attendances, memberships, rsvps, sessionGuests, walkIns } from '#db/schema.ts'
import type { Mark } from '#shared/evenings.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

/** A meetup with a session of this evening at six, with as many places as said. It is noon. */
async function openEvening(capacity: number | null = 4) {
  const circle = await openCircle(
    {
      kind: 'meetup',
      visibility: 'public',
      admission: 'open',
      city: 'Hamburg',
      venue: 'Central library',
      room: null,
    },
    {},
  )
  circle.pass({ hours: 2 })
  const { id } = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Negotiation night',
      minutes: 120,
      startsLocal: '2026-11-22T18:00',
      capacity,
    },
  })
  const params = { sessionId: id }
  const evening = {
    circle,
    id,
    params,
    come: (who: TestPerson) => who.api.answerRsvp({ params, body: { answer: 'coming' } }),
    mark: (marks: Mark[], who = circle.ada) => who.api.markAtDoor({ params, body: { marks } }),
    door: () => circle.ada.api.readDoor({ params }),
    see: () => circle.ada.api.getSession({ params }),
    /** Until half past five. */
    doorsOpen: () => circle.pass({ hours: 5, minutes: 30 }),
    link: async (kind: 'helper' | 'poster') => {
      const linkId = randomUUID()
      const links = await circle.ada.api.makeDoorLink({ params, body: { id: linkId, kind, label: 'Front' } })
      const link = links.find((one) => one.id === linkId)?.link ?? ''
      return { linkId, params: { token: link.split('/').at(-1) ?? '' } }
    },
    /** Somebody with a mailbox only. Gives the token of their RSVP link. */
    guest: async (name: string) => {
      const email = `${name.toLowerCase()}@example.net`
      const stranger = circle.stranger()
      await stranger.api.askAsGuest({ params: { slug: circle.slug, sessionId: id }, body: { name, email } })
      const mail = (await circle.mail()).findLast(({ to }) => to === email)
      const token = /\/guest\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
      return (await stranger.api.confirmGuest({ params: { token }, body: {} })).token
    },
    ticketOf: async (who: TestPerson) =>
      (await who.api.readMyEvening({ params })).ticket?.split('/').at(-1) ?? '',
  }
  return evening
}

const now = (circle: Circle, minutes = 0) =>
  new Date(circle.house.now().getTime() + minutes * 60_000).toISOString()
const person = (circle: Circle, personId: string, more: Partial<Mark> = {}): Mark =>
  ({ id: randomUUID(), kind: 'person', personId, here: true, at: now(circle), ...more }) as Mark
const walkIn = (circle: Circle, name: string, more: Partial<Mark> = {}): Mark =>
  ({
    id: randomUUID(),
    kind: 'walk-in',
    walkInId: randomUUID(),
    name,
    here: true,
    at: now(circle),
    ...more,
  }) as Mark
const nameOf = (people: { name: string; here: boolean }[]) =>
  people.filter(({ here }) => here).map(({ name }) => name)

it('From eight to 250: venue and capacity of one evening change, everybody hears of it, guests too, and whoever waits comes in', async () => {
  const evening = await openEvening(3)
  const { circle, params } = evening
  for (const who of [circle.ada, circle.ben, circle.cleo]) await evening.come(who)
  const token = await evening.guest('Nia')
  const nobody = circle.stranger()
  expect(await nobody.api.readRsvpLink({ params: { token } })).toMatchObject({ mine: 'waiting' })

  const changed = await circle.ada.api.changeSession({
    params,
    body: { venue: 'City hall, Hamburg', address: 'Rathausmarkt 1', capacity: 250 },
  })
  expect(changed).toMatchObject({ capacity: 250, venue: 'City hall, Hamburg', waiting: 0 })
  expect(['coming', 'offered']).toContain((await nobody.api.readRsvpLink({ params: { token } })).mine)
  await nobody.api.useRsvpLink({ params: { token }, body: { answer: 'coming' } })
  const moved = (await circle.mail()).filter(({ subject }) => subject.startsWith('Moved:'))
  expect(moved.map(({ to }) => to).toSorted()).toEqual(
    [circle.ben.email, circle.cleo.email, 'nia@example.net'].toSorted(),
  )
  for (const { to, text } of moved) if (to !== 'nia@example.net') expect(text).toContain('City hall')
  expect(await nobody.api.readRsvpLink({ params: { token } })).toMatchObject({
    mine: 'coming',
    venue: expect.stringContaining('City hall') as string,
  })
})

describe('Check-in at the door', () => {
  it('is attendance: door, session page, live room and wrap-up agree, and it can be taken back', async () => {
    const evening = await openEvening()
    const { circle, params } = evening
    await evening.come(circle.ben)
    expect(await evening.door()).toMatchObject({ state: 'early', runs: true })
    expect((await evening.mark([person(circle, circle.ben.id)])).refused).toMatchObject([{ why: 'closed' }])
    evening.doorsOpen()
    const { refused, door } = await evening.mark([person(circle, circle.ben.id)])
    expect(refused).toEqual([])
    expect(nameOf(door.people)).toEqual(['Ben'])
    expect((await evening.see()).present).toBe(1)
    await circle.ada.api.openRoom({ params })
    const { position } = await circle.ada.api.getRoom({ params })
    const heard = await circle.ada.follow(evening.id, position)
    await evening.mark([
      person(circle, circle.cleo.id),
      person(circle, circle.ben.id, { here: false, at: now(circle, 1) }),
    ])
    circle.pass({ minutes: 2 })
    await evening.mark([person(circle, circle.ben.id, { here: false })])
    await heard.until('counted-out')
    expect(heard.events().map(({ type }) => type)).toEqual(['entered', 'counted-out'])
    heard.close()
    expect(nameOf((await evening.door()).people)).toEqual(['Ada', 'Cleo'])
    await circle.ada.api.closeSession({ params })
    const wrapUp = await circle.ben.api.getWrapUp({ params })
    expect(wrapUp.present.map(({ name }) => name)).toEqual(['Ada', 'Cleo'])
    const [kept] = await circle.house.db
      .select()
      .from(attendances)
      .where(eq(attendances.accountId, circle.cleo.id))
    expect(kept?.noticed).toBe('door')
  })

  it('is told twice, late and in any order, by two doorkeepers, and comes to the same', async () => {
    const evening = await openEvening()
    const { circle } = evening
    await evening.come(circle.ben)
    await evening.come(circle.cleo)
    const helper = await evening.link('helper')
    evening.doorsOpen()
    const [a, b, c] = [
      person(circle, circle.ben.id),
      person(circle, circle.ben.id, { here: false, at: now(circle, 1) }),
      person(circle, circle.cleo.id, { at: now(circle, 2) }),
    ]
    const guest = walkIn(circle, 'Walt', { at: now(circle, 1) })
    const gone = { ...guest, id: randomUUID(), here: false, at: now(circle, 3) }
    circle.pass({ minutes: 10 })
    // The undo arrives before what it undoes.
    await Promise.all([
      evening.mark([gone, b]),
      circle.stranger().api.markAtDoorByLink({ params: helper.params, body: { marks: [c, a] } }),
    ])
    await evening.mark([guest, c, a, b])
    const { refused, door } = await evening.mark([a, guest])
    expect(refused).toEqual([])
    expect(nameOf(door.people)).toEqual(['Cleo'])
    expect(door.walkIns).toEqual([])
    expect(await circle.house.db.select().from(walkIns)).toHaveLength(1)
  })

  it('E1: by a helper with a link: names of those who said that they come, no addresses, until the link is revoked', async () => {
    const evening = await openEvening(10)
    const { circle, params } = evening
    await evening.come(circle.ben)
    await evening.guest('Nia')
    const helper = await evening.link('helper')
    const sam = circle.stranger()
    evening.doorsOpen()
    await evening.mark([walkIn(circle, 'Walt', { email: 'walt@example.net' })])
    const door = await sam.api.readDoorByLink(helper)
    expect(door.people.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Nia'])
    expect(door).toMatchObject({ runs: false, capacity: 10 })
    expect(JSON.stringify(door)).not.toMatch(/@|Cleo/)
    expect(JSON.stringify(await evening.door())).toContain('walt@example.net')
    const marks = [
      person(circle, circle.ben.id),
      person(circle, circle.cleo.id),
      person(circle, circle.zoe.id),
    ]
    const heard = await sam.api.markAtDoorByLink({ params: helper.params, body: { marks } })
    expect(heard.refused.map(({ why }) => why)).toEqual(['unknown', 'unknown'])
    expect(nameOf(heard.door.people)).toEqual(['Ben'])

    for (const who of [circle.ben, circle.zoe, sam])
      await expect(who.api.readDoor({ params })).rejects.toMatchObject({
        code: who === circle.ben ? 'not-allowed' : who === sam ? 'not-signed-in' : 'not-found',
      })
    await circle.ada.api.revokeDoorLink({ params: { ...params, linkId: helper.linkId } })
    await expect(sam.api.readDoorByLink(helper)).rejects.toMatchObject({ code: 'not-found' })
    await expect(sam.api.markAtDoorByLink({ params: helper.params, body: { marks } })).rejects.toMatchObject({
      code: 'not-found',
    })
    const poster = await evening.link('poster')
    await expect(sam.api.readDoorByLink(poster)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('E2: by the QR of a person: of members and guests, once, and only at its own session', async () => {
    const evening = await openEvening()
    const other = await evening.circle.ada.api.scheduleSession({
      params: { slug: evening.circle.slug },
      body: { id: randomUUID(), title: 'Another', minutes: 60, startsLocal: '2026-11-22T18:30' },
    })
    const { circle } = evening
    await evening.come(circle.ben)
    const rsvp = await evening.guest('Nia')
    const nobody = circle.stranger()
    const ben = await evening.ticketOf(circle.ben)
    const nia =
      (await nobody.api.readMyEveningByLink({ params: { token: rsvp } })).ticket?.split('/').at(-1) ?? ''
    expect(await circle.cleo.api.readMyEvening({ params: evening.params })).toMatchObject({ ticket: null })
    const helper = await evening.link('helper')
    evening.doorsOpen()
    expect(await nobody.api.readTicket({ params: { token: ben } })).toMatchObject({
      name: 'Ben',
      runs: false,
      here: false,
    })
    expect(await circle.ada.api.readTicket({ params: { token: ben } })).toMatchObject({ runs: true })
    // It shows, and answers nothing.
    await expect(
      nobody.api.useRsvpLink({ params: { token: ben }, body: { answer: 'not-coming' } }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const scan = (ticket: string): Mark => ({
      id: randomUUID(),
      kind: 'ticket',
      ticket,
      here: true,
      at: now(circle),
    })
    for (let times = 0; times < 2; times += 1) {
      const { refused, door } = await nobody.api.markAtDoorByLink({
        params: helper.params,
        body: { marks: [scan(ben), scan(nia), scan('x'.repeat(46))] },
      })
      expect(refused.map(({ why }) => why)).toEqual(['unknown'])
      expect(nameOf(door.people)).toEqual(['Ben', 'Nia'])
    }
    const elsewhere = await circle.ada.api.markAtDoor({
      params: { sessionId: other.id },
      body: { marks: [scan(ben)] },
    })
    expect(elsewhere.refused[0]?.message).toContain('another session')
    await circle.ada.api.removeGuest({
      params: { sessionId: evening.id, accountId: await guestId(circle) },
      body: {},
    })
    expect((await evening.mark([scan(nia)])).refused).toMatchObject([{ why: 'unknown' }])
  })

  it('with my own phone before the poster: members, guests by the link of their mail, and everybody else as a walk-in', async () => {
    const evening = await openEvening()
    const { circle } = evening
    await evening.come(circle.ben)
    const rsvp = { token: await evening.guest('Nia') }
    const { params } = await evening.link('poster')
    const nobody = circle.stranger()
    expect(await nobody.api.readPoster({ params })).toMatchObject({
      state: 'early',
      signedIn: false,
      me: null,
    })
    await expect(nobody.api.arriveByLink({ params: rsvp })).rejects.toMatchObject({ code: 'conflict' })
    evening.doorsOpen()
    expect(await circle.ben.api.arriveByPoster({ params })).toMatchObject({ me: { here: true } })
    await expect(circle.zoe.api.arriveByPoster({ params })).rejects.toMatchObject({ code: 'not-found' })
    expect(await nobody.api.readMyEveningByLink({ params: rsvp })).toMatchObject({ canArrive: true })
    expect(await nobody.api.arriveByLink({ params: rsvp })).toMatchObject({ here: true, canArrive: false })
    const body = { id: randomUUID(), name: 'Walt', email: 'walt@example.net' }
    for (let times = 0; times < 2; times += 1)
      expect(await nobody.api.walkIn({ params, body })).toEqual({ name: 'Walt', table: null })
    // Nobody sits down as somebody else, and reads who is at their table.
    await expect(
      nobody.api.walkIn({ params, body: { id: circle.ben.id, name: 'Ben' } }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const door = await evening.door()
    expect(nameOf(door.people)).toEqual(['Ben', 'Nia'])
    expect(door.walkIns).toMatchObject([{ name: 'Walt' }])
  })

  it('keeps places for those who are expected; a walk-in over capacity comes in only by whoever runs the session', async () => {
    const evening = await openEvening(2)
    const { circle } = evening
    const dora = await circle.join('Dora')
    for (const who of [circle.ben, circle.cleo, dora]) await evening.come(who)
    const helper = await evening.link('helper')
    evening.doorsOpen()
    await evening.mark([person(circle, circle.ben.id)])
    const walt = walkIn(circle, 'Walt')
    const byHelper = (marks: Mark[]) =>
      circle.stranger().api.markAtDoorByLink({ params: helper.params, body: { marks } })
    const { refused, door } = await byHelper([
      walt,
      person(circle, dora.id),
      { ...walt, id: randomUUID(), anyway: true },
    ])
    expect(refused.map(({ why }) => why)).toEqual(['full', 'full', 'full'])
    expect(refused[0]?.message).toContain('Whoever runs the session')
    expect(door.people.find(({ name }) => name === 'Dora')).toMatchObject({ answer: 'waiting', here: false })
    expect((await evening.mark([walt])).refused[0]?.message).toContain('anyway')
    expect((await evening.mark([{ ...walt, anyway: true }])).door.walkIns).toHaveLength(1)
    // Cleo has not come: ten minutes after the start her place counts no more. Two are here already.
    circle.pass({ minutes: 41 })
    expect((await byHelper([person(circle, dora.id)])).refused).toHaveLength(1)
    await evening.mark([{ ...walt, id: randomUUID(), here: false, at: now(circle) }])
    expect((await byHelper([person(circle, dora.id)])).refused).toEqual([])
    expect((await dora.api.getSession({ params: evening.params })).mine).toBe('coming')
    // Taken back, she waits where she waited.
    circle.pass({ minutes: 1 })
    await byHelper([person(circle, dora.id, { here: false })])
    expect((await dora.api.getSession({ params: evening.params })).mine).toBe('waiting')
  })

  it('counts walk-ins when places are given', async () => {
    const evening = await openEvening(2)
    const { circle } = evening
    evening.doorsOpen()
    await evening.mark([walkIn(circle, 'Walt'), walkIn(circle, 'Wanda')])
    await evening.come(circle.ben)
    expect(await circle.ben.api.getSession({ params: evening.params })).toMatchObject({ mine: 'waiting' })
  })

  it('E3: forgets names and addresses of walk-ins after a month', async () => {
    const evening = await openEvening()
    const { circle } = evening
    evening.doorsOpen()
    await evening.mark([walkIn(circle, 'Walt', { email: 'walt@example.net' })])
    circle.pass({ days: 20 })
    await circle.runJob('forget-walk-ins')
    expect(await circle.house.db.select().from(walkIns)).toMatchObject([{ name: 'Walt' }])
    circle.pass({ days: 11 })
    await circle.runJob('forget-walk-ins')
    expect(await circle.house.db.select().from(walkIns)).toMatchObject([
      { name: '', email: null, here: true },
    ])
  })
})

const guestId = async (circle: Circle) =>
  (await circle.house.db.select().from(sessionGuests))[0]?.accountId ?? ''

describe('Tables', () => {
  async function fullRoom(many: number) {
    const evening = await openEvening(null)
    const { circle, params } = evening
    const added = await circle.house.db
      .insert(accounts)
      .values(
        Array.from({ length: many }, (_, index) => ({
          name: `P${String(index).padStart(3, '0')}`,
          email: `p${String(index)}@example.org`,
          verifiedAt: circle.house.now(),
        })),
      )
      .returning({ id: accounts.id })
    const people = added.map(({ id }) => id)
    await circle.house.db.insert(memberships).values(
      people.map((accountId) => ({
        groupId: circle.groupId,
        accountId,
        role: 'member' as const,
        status: 'active' as const,
      })),
    )
    await circle.house.db.insert(rsvps).values(
      people.map((accountId) => ({
        groupId: circle.groupId,
        sessionId: evening.id,
        accountId,
        answer: 'coming' as const,
        answeredAt: circle.house.now(),
      })),
    )
    return {
      ...evening,
      people,
      make: (again = false, of: 'here' | 'expected' = 'here') =>
        circle.ada.api.makeTables({ params, body: { of, seed: 7, again } }),
    }
  }

  it('E4: of 250 people who are here: three to six each, one host each, volunteers first; my table is told to me', async () => {
    const evening = await fullRoom(248)
    const { circle, params } = evening
    await evening.come(circle.ben)
    await evening.come(circle.cleo)
    expect(await circle.ben.api.offerToHost({ params, body: { willing: true } })).toMatchObject({
      willing: true,
    })
    evening.doorsOpen()
    await expect(evening.make()).rejects.toMatchObject({ code: 'conflict' })
    const everybody = [...evening.people, circle.ben.id, circle.cleo.id]
    for (let from = 0; from < everybody.length; from += 100)
      await evening.mark(everybody.slice(from, from + 100).map((id) => person(circle, id)))
    const { tables, standing } = await evening.make()
    expect(standing).toEqual([])
    expect(tables.flatMap(({ people }) => people)).toHaveLength(250)
    for (const { people, host } of tables) {
      expect([4, 5]).toContain(people.length)
      expect(people.map(({ id }) => id)).toContain(host?.id)
    }
    expect(tables.map(({ host }) => host?.name)).toContain('Ben')
    expect(tables.map(({ number }) => number)).toEqual(tables.map((_, index) => index + 1))
    const mine = tables.find(({ people }) => people.some(({ id }) => id === circle.cleo.id))
    const { table } = await circle.cleo.api.readMyEvening({ params })
    expect(table).toMatchObject({ number: mine?.number, host: mine?.host?.name })
    expect(table?.people).toHaveLength((mine?.people.length ?? 0) - 1)
  }, 60_000)

  it('are made again only when said so; somebody is moved, hosts are chosen, late comers sit down, whoever goes is missed', async () => {
    const evening = await fullRoom(9)
    const { circle, params, people } = evening
    evening.doorsOpen()
    await evening.mark(people.map((id) => person(circle, id)))
    const { tables } = await evening.make()
    expect(tables.map((table) => table.people.length)).toEqual([5, 4])
    await expect(evening.make()).rejects.toMatchObject({ code: 'conflict' })
    const [first, second] = tables
    if (!first || !second) throw new Error('no tables')
    const guest = first.people.find(({ id }) => id !== first.host?.id)?.id ?? ''
    const move = (personId: string, tableId: string) =>
      circle.ada.api.moveSeat({ params: { ...params, personId }, body: { tableId } })
    expect((await move(guest, second.id)).tables.map((table) => table.people.length)).toEqual([4, 5])
    const setHost = (tableId: string, hostId: string) =>
      circle.ada.api.setTableHost({ params: { ...params, tableId }, body: { hostId } })
    await expect(setHost(first.id, guest)).rejects.toMatchObject({ code: 'invalid' })
    expect((await setHost(second.id, guest)).tables[1]?.host?.id).toBe(guest)
    await expect(move(circle.zoe.id, first.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      circle.ben.api.makeTables({ params, body: { of: 'here', seed: 1, again: true } }),
    ).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(circle.zoe.api.readTables({ params })).rejects.toMatchObject({ code: 'not-found' })

    const walt = walkIn(circle, 'Walt')
    await evening.mark([walt])
    const late = (await circle.ada.api.readTables({ params })).tables
    expect(late.map((table) => table.people.length)).toEqual([5, 5])
    expect(late[0]?.people).toContainEqual({
      id: (walt as { walkInId: string }).walkInId,
      name: 'Walt',
      walkIn: true,
    })
    await expect(setHost(first.id, (walt as { walkInId: string }).walkInId)).rejects.toMatchObject({
      code: 'invalid',
    })

    circle.pass({ minutes: 1 })
    const going = late[0]?.people.filter(({ walkIn: is }) => !is).slice(0, 3) ?? []
    await evening.mark(going.map(({ id }) => person(circle, id, { here: false })))
    const left = (await circle.ada.api.readTables({ params })).tables
    expect(left.flatMap((table) => table.people)).toHaveLength(7)
    for (const table of left) expect(table.people.length).toBeGreaterThanOrEqual(3)
    expect((await circle.ada.api.clearTables({ params })).tables).toEqual([])
  })

  it('keep people apart who sat together last time, and tell a guest by the link of their mail', async () => {
    const evening = await fullRoom(40)
    const { circle } = evening
    const token = await evening.guest('Nia')
    const first = await evening.make(false, 'expected')
    const together = new Set(
      first.tables.flatMap(({ people }) =>
        people.flatMap(({ id }) => people.map((other) => `${id} ${other.id}`)),
      ),
    )
    const { id } = await circle.ada.api.scheduleSession({
      params: { slug: circle.slug },
      body: { id: randomUUID(), title: 'Next', minutes: 60, startsLocal: '2026-11-29T18:00' },
    })
    await circle.house.db.insert(rsvps).values(
      evening.people.map((accountId) => ({
        groupId: circle.groupId,
        sessionId: id,
        accountId,
        answer: 'coming' as const,
        answeredAt: circle.house.now(),
      })),
    )
    const { tables } = await circle.ada.api.makeTables({
      params: { sessionId: id },
      body: { of: 'expected', seed: 7, again: false },
    })
    for (const { people } of tables)
      for (const one of people)
        for (const other of people)
          if (one.id !== other.id) expect(together.has(`${one.id} ${other.id}`)).toBe(false)
    const { table } = await circle.stranger().api.readMyEveningByLink({ params: { token } })
    expect(table?.number).toBeGreaterThan(0)
    expect(table?.people.length).toBeGreaterThanOrEqual(3)
  })
})
