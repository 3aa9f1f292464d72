import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEntries, groups, memberships, sessions } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const notFound = { code: 'not-found' }
const notAllowed = { code: 'not-allowed' }
const ended = { code: 'conflict', message: expect.stringContaining('has ended') as string }

async function openLedCircle(more: Parameters<typeof openCircle>[0] = {}) {
  const circle = await openCircle(more)
  return { ...circle, olga: await circle.join('Olga', 'organizer') }
}

async function schedule({ ada, slug }: Circle, startsLocal = '2026-11-24T18:00') {
  const { id } = await ada.api.scheduleSession({
    params: { slug },
    body: { id: randomUUID(), title: 'Evening', startsLocal, minutes: 60 },
  })
  return id
}

const end = (circle: Circle) =>
  circle.house.db.update(groups).set({ archivedAt: circle.house.now() }).where(eq(groups.id, circle.groupId))

const mailTo = async (circle: Circle, { email }: TestPerson, words: string) =>
  (await circle.mail()).filter(
    ({ to, subject, text }) => to === email && `${subject}\n${text}`.includes(words),
  )

describe('the rota', () => {
  it('G1: shows the duties of sessions ahead, and suggests who did them least of those who can come', async () => {
    const circle = await openLedCircle()
    const { ada, ben, cleo, zoe, slug, house } = circle
    const past = await schedule(circle)
    await ben.api.takeDuty({ params: { sessionId: past, duty: 'welcome' }, body: { takes: true } })
    await house.db.update(sessions).set({ status: 'wrapped-up' }).where(eq(sessions.id, past))
    const next = await schedule(circle, '2026-12-01T18:00')
    const later = await schedule(circle, '2026-12-08T18:00')
    await cleo.api.answerRsvp({ params: { sessionId: next }, body: { answer: 'not-coming' } })

    const rota = await ben.api.readRota({ params: { slug } })
    expect(rota.sessions.map(({ id }) => id)).toEqual([next, later])
    expect(rota.sessions[0]?.away).toEqual([cleo.id])
    const suggested = (at: number, duty: string) =>
      rota.sessions[at]?.duties.find((one) => one.duty === duty)?.suggested?.name
    expect(rota.sessions[0]?.duties[0]).toMatchObject({
      duty: 'facilitator',
      holder: { id: ada.id },
      suggested: null,
    })
    expect(rota.sessions[0]?.duties.map(({ suggested }) => suggested?.name)).not.toContain('Cleo')
    expect(suggested(0, 'welcome')).toBe('Olga')
    expect(suggested(1, 'welcome')).toBe('Cleo')
    expect(rota.people.find(({ id }) => id === ben.id)?.times).toMatchObject({ welcome: 1, notes: 0 })
    await expect(zoe.api.readRota({ params: { slug } })).rejects.toMatchObject(notFound)
  })

  it('a member takes a duty and hands it back; one that is taken stays with whoever has it', async () => {
    const circle = await openLedCircle()
    const { ben, cleo, zoe } = circle
    const sessionId = await schedule(circle)
    const params = { sessionId, duty: 'notes' } as const
    const taken = await ben.api.takeDuty({ params, body: { takes: true } })
    expect(taken.noteTaker).toMatchObject({ name: 'Ben' })
    await ben.api.takeDuty({ params, body: { takes: true } })
    await expect(cleo.api.takeDuty({ params, body: { takes: true } })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Ben takes notes already.',
    })
    await cleo.api.takeDuty({ params, body: { takes: false } })
    expect((await cleo.api.getSession({ params: { sessionId } })).noteTaker).toMatchObject({ name: 'Ben' })
    expect((await ben.api.takeDuty({ params, body: { takes: false } })).noteTaker).toBeNull()
    await expect(zoe.api.takeDuty({ params, body: { takes: true } })).rejects.toMatchObject(notFound)
  })

  it('only whoever may facilitate takes that duty, and the sentence says how one may', async () => {
    const circle = await openLedCircle()
    const { ada, ben, olga } = circle
    const sessionId = await schedule(circle)
    const params = { sessionId, duty: 'facilitator' } as const
    await ada.api.takeDuty({ params, body: { takes: false } })
    await expect(ben.api.takeDuty({ params, body: { takes: true } })).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('role of a facilitator first') as string,
    })
    expect((await olga.api.takeDuty({ params, body: { takes: true } })).facilitator?.name).toBe('Olga')
  })

  it('a facilitator gives a duty to somebody, who hears of it once; a member can’t, and nobody gets one who is not in the group', async () => {
    const circle = await openLedCircle()
    const { ada, ben, cleo, zoe } = circle
    const sessionId = await schedule(circle)
    const params = { sessionId }
    for (let times = 0; times < 2; times += 1)
      await ada.api.changeSession({ params, body: { welcomeId: cleo.id, timekeeperId: cleo.id } })
    expect(await mailTo(circle, cleo, 'Would you keep time and welcome people?')).toHaveLength(1)
    await expect(ada.api.changeSession({ params, body: { notesId: zoe.id } })).rejects.toMatchObject({
      code: 'invalid',
      field: 'notesId',
    })
    await expect(ben.api.changeSession({ params, body: { notesId: ben.id } })).rejects.toMatchObject(
      notAllowed,
    )
    await cleo.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
    const left = await ada.api.getSession({ params })
    expect([left.welcomer, left.timekeeper, left.noteTaker]).toEqual([null, null, null])
  })
})

it('the reminder of a session says what its reader is down to do, and to nobody else', async () => {
  const circle = await openLedCircle()
  const { ben, cleo } = circle
  const sessionId = await schedule(circle, '2026-12-08T18:00')
  for (const duty of ['welcome', 'notes'] as const)
    await ben.api.takeDuty({ params: { sessionId, duty }, body: { takes: true } })
  circle.pass({ days: 15, hours: 9 })
  await circle.runJob('remind-of-sessions')
  expect(await mailTo(circle, ben, 'You are down to welcome people and take notes.')).toHaveLength(1)
  expect(await mailTo(circle, cleo, 'Evening')).not.toHaveLength(0)
  expect(await mailTo(circle, cleo, 'You are down to')).toHaveLength(0)
})

describe('roles', () => {
  it('a group may have several organizers, and whoever becomes one hears of it', async () => {
    const circle = await openLedCircle()
    const { olga, ben, cleo, slug } = circle
    await olga.api.changeRole({ params: { slug, accountId: ben.id }, body: { role: 'organizer' } })
    await olga.api.changeRole({ params: { slug, accountId: ben.id }, body: { role: 'organizer' } })
    expect(await mailTo(circle, ben, 'You are now an organizer')).toHaveLength(1)
    await ben.api.changeRole({ params: { slug, accountId: olga.id }, body: { role: 'member' } })
    await expect(
      ben.api.changeRole({ params: { slug, accountId: ben.id }, body: { role: 'member' } }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      cleo.api.changeRole({ params: { slug, accountId: cleo.id }, body: { role: 'organizer' } }),
    ).rejects.toMatchObject(notAllowed)
  })
})

describe('announcements', () => {
  const draft = () => ({ id: randomUUID(), title: 'New room', body: 'We meet in **Room Alster**.' })

  it('G1: reach everybody on the page and by mail, once, but for those who muted them', async () => {
    const circle = await openLedCircle()
    const { ada, ben, cleo, zoe, slug } = circle
    const params = { slug }
    await cleo.api.muteAnnouncements({ params, body: { muted: true } })
    const body = draft()
    await ada.api.announce({ params, body })
    await ada.api.announce({ params, body })
    const seen = await ben.api.listAnnouncements({ params })
    expect(seen).toMatchObject({
      muted: false,
      announcements: [{ title: 'New room', by: { name: 'Ada' }, mine: false, editedAt: null }],
    })
    expect(seen.announcements[0]?.html).toContain('<strong>Room Alster</strong>')
    expect(await mailTo(circle, ben, 'Ada writes to everybody in Tuesday circle')).toHaveLength(1)
    expect(await mailTo(circle, cleo, 'New room')).toHaveLength(0)
    await expect(zoe.api.listAnnouncements({ params })).rejects.toMatchObject(notFound)

    const sessionId = await schedule(circle)
    await ada.api.cancelSession({ params: { sessionId }, body: { reason: 'Snow' } })
    expect(await mailTo(circle, cleo, 'Cancelled')).toHaveLength(1)
    await cleo.api.muteAnnouncements({ params, body: { muted: false } })
    expect((await cleo.api.listAnnouncements({ params })).muted).toBe(false)
  })

  it('are changed and taken back by their writer or an organizer; members write none', async () => {
    const circle = await openLedCircle()
    const { ada, ben, olga, slug } = circle
    const fay = await circle.join('Fay', 'facilitator')
    const params = { slug }
    const body = draft()
    await ada.api.announce({ params, body })
    const one = { slug, id: body.id }
    const words = { title: 'New room', body: 'Room Bille.' }
    await expect(fay.api.editAnnouncement({ params: one, body: words })).rejects.toMatchObject(notAllowed)
    await expect(ben.api.announce({ params, body: draft() })).rejects.toMatchObject(notAllowed)
    await expect(ada.api.announce({ params, body: { ...draft(), title: ' ' } })).rejects.toMatchObject({
      code: 'invalid',
      field: 'title',
    })
    const before = (await circle.mail()).length
    expect((await olga.api.editAnnouncement({ params: one, body: words })).editedAt).not.toBeNull()
    expect((await circle.mail()).length).toBe(before)
    await ada.api.withdrawAnnouncement({ params: one })
    await ada.api.withdrawAnnouncement({ params: one })
    expect((await ben.api.listAnnouncements({ params })).announcements).toEqual([])
    await expect(ada.api.editAnnouncement({ params: one, body: words })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the working agreement', () => {
  it('G1: is accepted by each member for each wording; members read a count, organizers read names', async () => {
    const circle = await openLedCircle()
    const { ada, ben, olga, zoe, slug } = circle
    const params = { slug }
    const first = await olga.api.writeAgreement({ params, body: { words: 'You may pass.', basedOn: 0 } })
    expect(first).toMatchObject({ version: 1, accepted: 0, members: 4 })
    expect(await mailTo(circle, ben, 'You may pass.')).toHaveLength(1)
    await ben.api.acceptAgreement({ params, body: { version: 1 } })
    const seen = await ben.api.acceptAgreement({ params, body: { version: 1 } })
    expect(seen).toMatchObject({ accepted: 1, mine: { version: 1 } })
    expect(seen.people).toBeUndefined()
    expect((await ada.api.readAgreement({ params })).people).toBeUndefined()

    await olga.api.writeAgreement({ params, body: { words: 'You may always pass.', basedOn: 1 } })
    await expect(ada.api.acceptAgreement({ params, body: { version: 1 } })).rejects.toMatchObject({
      code: 'conflict',
    })
    await ada.api.acceptAgreement({ params, body: { version: 2 } })
    const read = await olga.api.readAgreement({ params })
    expect(read).toMatchObject({ version: 2, accepted: 1, mine: null, earlier: [{ version: 1 }] })
    expect(read.people?.map(({ name, version }) => [name, version])).toEqual([
      ['Ada', 2],
      ['Ben', 1],
      ['Cleo', null],
      ['Olga', null],
    ])
    await expect(zoe.api.readAgreement({ params })).rejects.toMatchObject(notFound)
  })

  it('is written by organizers, never over a wording that they have not read', async () => {
    const circle = await openLedCircle()
    const { ada, olga, slug } = circle
    const params = { slug }
    await olga.api.writeAgreement({ params, body: { words: 'One', basedOn: 0 } })
    await olga.api.writeAgreement({ params, body: { words: 'One', basedOn: 0 } })
    await expect(
      olga.api.writeAgreement({ params, body: { words: 'Two', basedOn: 0 } }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      ada.api.writeAgreement({ params, body: { words: 'Two', basedOn: 1 } }),
    ).rejects.toMatchObject(notAllowed)
    expect(await olga.api.readAgreement({ params })).toMatchObject({ words: 'One', version: 1 })
  })
})

describe('a clone', () => {
  it('G3: has the settings, the programme and the agreement, and none of the words; the same people are invited by mail', async () => {
    const circle = await openLedCircle({
      programmeId: 'ten-skills',
      retentionMonths: 6,
      purpose: 'To practise',
    })
    const { olga, ada, ben, cleo, zoe, slug, house } = circle
    const params = { slug }
    await olga.api.writeAgreement({ params, body: { words: 'You may pass.', basedOn: 0 } })
    await ada.api.announce({ params, body: { id: randomUUID(), title: 'Secret', body: 'Secret' } })
    await schedule(circle)
    const body = { id: randomUUID(), name: 'Wednesday circle', invite: true }
    const made = await olga.api.cloneGroup({ params, body })
    expect(await olga.api.cloneGroup({ params, body })).toEqual(made)

    const there = { slug: made.slug }
    expect(await olga.api.getGroup({ params: there })).toMatchObject({
      name: 'Wednesday circle',
      purpose: 'To practise',
      programmeId: 'ten-skills',
      rhythm: 'weekly',
      zone: 'Europe/Berlin',
      retention: { months: 6 },
      memberCount: 1,
      role: 'organizer',
    })
    expect(await olga.api.readAgreement({ params: there })).toMatchObject({
      words: 'You may pass.',
      version: 1,
      accepted: 0,
    })
    expect((await olga.api.listAnnouncements({ params: there })).announcements).toEqual([])
    expect((await olga.api.listSessions({ params: there })).sessions).toEqual([])
    const invited = await mailTo(circle, ben, 'Olga invites you to Wednesday circle')
    expect(invited).toHaveLength(1)
    expect(invited[0]?.text).not.toContain('Secret')
    const token = (await circle.linkTo(ben.email)).split('/').at(-1) ?? ''
    expect(await ben.api.acceptInvite({ params: { token }, body: {} })).toMatchObject({ status: 'active' })
    // Nobody learns addresses by inviting who is known already.
    expect(JSON.stringify(await olga.api.listInvites({ params: there }))).not.toContain(cleo.email)
    await expect(ada.api.cloneGroup({ params, body })).rejects.toMatchObject(notAllowed)
    await expect(zoe.api.cloneGroup({ params, body })).rejects.toMatchObject(notFound)
    expect(await house.db.$count(groups, eq(groups.name, 'Wednesday circle'))).toBe(1)
  })
})

describe('a split', () => {
  async function split(circle: Awaited<ReturnType<typeof openLedCircle>>) {
    const { olga, ada, ben, slug } = circle
    const body = {
      id: randomUUID(),
      name: 'Thursday circle',
      accountIds: [ada.id, ben.id],
      organizerIds: [ada.id],
    }
    const made = await olga.api.splitGroup({ params: { slug }, body })
    return { body, made, params: { slug, groupId: body.id } }
  }

  it('G3: offers a place: who moves leaves here and is there, who stays stays, and the history stays too', async () => {
    const circle = await openLedCircle()
    const { olga, ada, ben, cleo, zoe, slug } = circle
    const sessionId = await schedule(circle)
    const { body, made, params } = await split(circle)
    expect(await olga.api.splitGroup({ params: { slug }, body })).toEqual(made)
    expect(await mailTo(circle, ada, 'you are asked to organize it')).toHaveLength(1)
    expect(await mailTo(circle, cleo, 'becomes two groups')).toHaveLength(1)
    const [offer] = await ben.api.listSplits({ params: { slug } })
    expect(offer).toMatchObject({
      group: { name: 'Thursday circle', slug: null },
      mine: { state: 'open', role: 'member' },
    })
    expect(await cleo.api.listSplits({ params: { slug } })).toEqual([])
    await expect(ben.api.getGroup({ params: { slug: made.slug } })).rejects.toMatchObject(notFound)

    await ben.api.answerPlacement({ params, body: { moves: false } })
    const moved = await ada.api.answerPlacement({ params, body: { moves: true } })
    expect(await ada.api.answerPlacement({ params, body: { moves: true } })).toEqual(moved)
    expect(await ada.api.getGroup({ params: { slug: moved.slug } })).toMatchObject({
      role: 'organizer',
      memberCount: 1,
    })
    await expect(ada.api.getSession({ params: { sessionId } })).rejects.toMatchObject(notFound)
    expect((await ben.api.getSession({ params: { sessionId } })).facilitator).toBeNull()
    expect((await ada.api.listSessions({ params: { slug: moved.slug } })).sessions).toEqual([])
    // Whoever split the group steps back once somebody organizes the new one.
    await expect(olga.api.getGroup({ params: { slug: moved.slug } })).rejects.toMatchObject(notFound)

    await ben.api.answerPlacement({ params, body: { moves: true } })
    expect((await ada.api.listMembers({ params: { slug: moved.slug } })).map(({ name }) => name)).toEqual([
      'Ada',
      'Ben',
    ])
    for (const one of [cleo, zoe])
      await expect(one.api.answerPlacement({ params, body: { moves: true } })).rejects.toMatchObject(notFound)
  })

  it('is refused when nobody who organizes would stay, or somebody is not in the group, and nothing is half-done', async () => {
    const circle = await openLedCircle()
    const { olga, ada, ben, cleo, zoe, slug, house } = circle
    const ask = (accountIds: string[], organizerIds = accountIds.slice(0, 1)) =>
      olga.api.splitGroup({
        params: { slug },
        body: { id: randomUUID(), name: 'New', accountIds, organizerIds },
      })
    await expect(ask([olga.id, ben.id])).rejects.toMatchObject({ code: 'invalid', field: 'accountIds' })
    await expect(ask([olga.id, ada.id, ben.id, cleo.id])).rejects.toMatchObject({ code: 'invalid' })
    await expect(ask([zoe.id])).rejects.toMatchObject({ code: 'invalid' })
    await expect(ask([ben.id], [ada.id])).rejects.toMatchObject({ code: 'invalid', field: 'organizerIds' })
    await expect(ask([])).rejects.toMatchObject({ code: 'invalid' })
    expect(await house.db.$count(groups, eq(groups.name, 'New'))).toBe(0)
    expect(await mailTo(circle, ben, 'New')).toEqual([])
  })

  it('G3, P6: whoever was removed meanwhile moves nowhere', async () => {
    const circle = await openLedCircle()
    const { olga, ben, slug } = circle
    const { params } = await split(circle)
    await olga.api.removeMember({ params: { slug, accountId: ben.id }, body: { reason: 'So.' } })
    await expect(ben.api.answerPlacement({ params, body: { moves: true } })).rejects.toMatchObject(notFound)
  })

  it('P6: an offer that still lies around does not undo a removal from the new group', async () => {
    const circle = await openLedCircle()
    const { ada, house } = circle
    const { body, params } = await split(circle)
    await house.db
      .insert(memberships)
      .values({ groupId: body.id, accountId: ada.id, role: 'member', status: 'removed', endedAt: new Date() })
    await expect(ada.api.answerPlacement({ params, body: { moves: true } })).rejects.toMatchObject(notAllowed)
    expect(await ada.api.getGroup({ params: { slug: circle.slug } })).toMatchObject({
      name: 'Tuesday circle',
    })
  })
})

it('in a group that has ended nobody takes a duty, announces, agrees, asks to take over or splits it', async () => {
  const circle = await openLedCircle()
  const { olga, ada, ben, slug, house, groupId } = circle
  const params = { slug }
  const sessionId = await schedule(circle)
  const news = { id: randomUUID(), title: 'News', body: 'News' }
  await ada.api.announce({ params, body: news })
  await olga.api.writeAgreement({ params, body: { words: 'One', basedOn: 0 } })
  await end(circle)
  const calls = [
    () => ben.api.takeDuty({ params: { sessionId, duty: 'notes' }, body: { takes: true } }),
    () => ada.api.announce({ params, body: { ...news, id: randomUUID() } }),
    () => ada.api.editAnnouncement({ params: { slug, id: news.id }, body: { title: 'x', body: 'y' } }),
    () => olga.api.writeAgreement({ params, body: { words: 'Two', basedOn: 1 } }),
    () => ben.api.acceptAgreement({ params, body: { version: 1 } }),
    () => ben.api.askTakeOver({ params, body: { id: randomUUID(), reason: 'Gone' } }),
    () => olga.api.changeRetention({ params, body: { months: 3 } }),
    () =>
      olga.api.splitGroup({
        params,
        body: { id: randomUUID(), name: 'New', accountIds: [ben.id], organizerIds: [ben.id] },
      }),
  ]
  for (const call of calls) await expect(call(), call.toString()).rejects.toMatchObject(ended)
  expect((await ben.api.listAnnouncements({ params })).announcements).toHaveLength(1)
  await ada.api.withdrawAnnouncement({ params: { slug, id: news.id } })
  expect(await house.db.$count(auditEntries, eq(auditEntries.groupId, groupId))).toBe(1)
  expect(
    await house.db.$count(
      memberships,
      and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')),
    ),
  ).toBe(4)
})
