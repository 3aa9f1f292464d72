import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { blocks, groups, mails, memberships, registrations, rsvps, sessions } from '#db/schema.ts'
import type { Series, SeriesDraft } from '#shared/series.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const notFound = { code: 'not-found' }

const create = (circle: Circle, draft: Partial<SeriesDraft> = {}, who: TestPerson = circle.ada) =>
  who.api.createSeries({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Tuesdays',
      startsLocal: '2026-11-24T18:00',
      rule: 'FREQ=WEEKLY;COUNT=4',
      exceptions: [],
      minutes: 60,
      ...draft,
    },
  })

const of = ({ id }: Series) => ({ params: { seriesId: id } })
const locals = ({ sessions: all }: Series) => all.map(({ startsAt }) => startsAt.slice(0, 16))
const mailTo = async (circle: Circle, { email }: TestPerson) =>
  (await circle.mail()).filter(({ to }) => to === email)
const stateOf = (series: Series) => series.sessions.map(({ status }) => status)
const mine = (series: Series) => series.sessions.map((one) => one.mine)
const rowsOf = (circle: Circle, { id }: Series) =>
  circle.house.db.select().from(sessions).where(eq(sessions.seriesId, id)).orderBy(asc(sessions.startsAt))
const tokenTo = async (circle: Circle, person: TestPerson) =>
  /\/series\/(\S+)/.exec(
    (await mailTo(circle, person)).findLast(({ text }) => /Register/.test(text))?.text ?? '',
  )?.[1] ?? ''
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => '',
    (no: Error) => no.message,
  )

describe('making a series', () => {
  it('makes each session with a plan of its own, and one mail about all of them', async () => {
    const circle = await openCircle()
    const series = await create(circle, {
      title: undefined,
      templateId: 'kickoff',
      exceptions: ['2026-12-08T18:00'],
    })

    expect(series).toMatchObject({
      title: 'Kickoff',
      inWords: 'Every Tuesday',
      zone: 'Europe/Berlin',
      time: '18:00',
      registered: true,
      registeredCount: 1,
      runs: true,
      ended: false,
      room: 'Room Elbe',
    })
    expect(locals(series)).toEqual(['2026-11-24T17:00', '2026-12-01T17:00', '2026-12-15T17:00'])
    expect(mine(series)).toEqual(['coming', 'coming', 'coming'])
    const [first, second] = await Promise.all(
      series.sessions.slice(0, 2).map(({ id }) => circle.ben.api.getSession({ params: { sessionId: id } })),
    )
    expect(first?.blocks.length).toBeGreaterThan(3)
    expect(second?.blocks.map(({ title }) => title)).toEqual(first?.blocks.map(({ title }) => title))
    expect(second?.blocks[0]?.id).not.toBe(first?.blocks[0]?.id)

    const letters = await circle.mail()
    expect(letters.map(({ to }) => to).sort()).toEqual([circle.ben.email, circle.cleo.email].sort())
    expect(letters[0]?.subject).toBe('Kickoff: 3 sessions, are you coming?')
    expect(letters[0]?.text).toContain('Every Tuesday, at 18:00 (Europe/Berlin)')
    expect(letters[0]?.text).toContain(
      '- Tuesday 24 November 2026, 18:00 to 19:00\n- Tuesday 1 December 2026, 18:00 to 19:00\n- Tuesday 15 December 2026, 18:00 to 19:00',
    )
  })

  it('happens once, however often it is sent, also at the same time', async () => {
    const circle = await openCircle()
    const id = randomUUID()
    const [one, other] = await Promise.all([create(circle, { id }), create(circle, { id })])
    expect(one.sessions.map((session) => session.id)).toEqual(other.sessions.map((session) => session.id))
    expect(await create(circle, { id })).toEqual(one)
    expect(await circle.mail()).toHaveLength(2)
    const elsewhere = await openCircle()
    await expect(create(elsewhere, { id: (await create(elsewhere)).id })).resolves.toBeTruthy()
  })

  it('is for facilitators; a member is refused, and a stranger hears of nothing', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const body = { startsLocal: '2026-11-24T18:00', rule: 'FREQ=WEEKLY;COUNT=4', exceptions: [], minutes: 60 }
    const params = { slug: circle.slug }
    await expect(create(circle, {}, circle.ben)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(circle.ben.api.previewSeries({ params, body })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    await expect(
      circle.ben.api.changeSeries({ ...of(series), body: { title: 'Mine' } }),
    ).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(
      circle.ben.api.cancelSeries({ ...of(series), body: { reason: 'So.' } }),
    ).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await circle.ben.api.getSeries(of(series))).toMatchObject({ runs: false, registered: false })

    const { api } = circle.zoe
    await expect(create(circle, {}, circle.zoe)).rejects.toMatchObject(notFound)
    for (const call of [
      () => api.getSeries(of(series)),
      () => api.register({ ...of(series), body: {} }),
      () => api.unregister(of(series)),
      () => api.changeSeries({ ...of(series), body: { title: 'Mine' } }),
      () => api.cancelSeries({ ...of(series), body: { reason: 'So.' } }),
      () => api.listSeries({ params }),
      () => api.listPublicSeries({ params }),
    ])
      await expect(call()).rejects.toMatchObject(notFound)
    await expect(circle.stranger().api.getSeries(of(series))).rejects.toMatchObject({ code: 'not-signed-in' })
  })

  it('says what to do when something is wrong with it, and makes nothing', async () => {
    const circle = await openCircle()
    const wrong = (draft: Partial<SeriesDraft>) => problem(create(circle, draft))
    expect(await wrong({ rule: 'FREQ=WEEKLY' })).toMatch(/never ends/)
    expect(await wrong({ rule: 'FREQ=SECONDLY;COUNT=9' })).toMatch(/once a day/)
    expect(await wrong({ rule: 'RDATE:20261224;FREQ=WEEKLY;COUNT=2' })).toMatch(/Leave out RDATE/)
    expect(await wrong({ rule: 'FREQ=WEEKLY;UNTIL=20261101' })).toMatch(/before the first/)
    expect(await wrong({ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2' })).toMatch(/no day at all/)
    expect(await wrong({ rule: 'x'.repeat(301) })).toMatch(/at most 300 characters/)
    expect(await wrong({ startsLocal: '2026-11-20T18:00' })).toMatch(/passed already/)
    expect(await wrong({ exceptions: locals4 })).toMatch(/Every date is taken out/)
    expect(await wrong({ templateId: 'no-such' })).toMatch(/not in the guide/)
    expect(await wrong({ title: undefined })).toMatch(/Give the series a title/)
    expect(await wrong({ followsProgramme: true })).toMatch(/follows no programme/)
    expect(await wrong({ minutes: 3 })).toMatch(/at least 5/)
    expect(await wrong({ templateId: 'kickoff', minutes: 5 })).toMatch(/too few/)
    expect(await wrong({ onlineLink: 'javascript:alert(1)' })).toMatch(/whole address/)
    expect(await circle.house.db.select().from(sessions)).toEqual([])
    expect(await circle.mail()).toEqual([])
    const lost = await openCircle({ zone: 'Mars/Olympus' })
    expect(await problem(create(lost))).toMatch(/not a day and time of Mars\/Olympus/)
    const ended = await openCircle({ archivedAt: new Date('2026-11-01T00:00:00Z') })
    expect(await problem(create(ended))).toMatch(/has ended/)
  })

  it('can be the steps of the programme, one after another, as far as it goes', async () => {
    const circle = await openCircle({ programmeId: 'first-company-circle' })
    const series = await create(circle, { followsProgramme: true, title: undefined, minutes: 60 })
    const rows = await rowsOf(circle, series)
    expect(rows.map(({ programmeStep }) => programmeStep)).toEqual([0, 1, 2, 3])
    expect(new Set(rows.map(({ title }) => title)).size).toBeGreaterThan(1)
    const preview = await circle.ada.api.previewSeries({
      params: { slug: circle.slug },
      body: {
        startsLocal: '2027-01-05T18:00',
        rule: 'FREQ=WEEKLY;COUNT=1',
        exceptions: [],
        minutes: 60,
        followsProgramme: true,
      },
    })
    expect(preview.dates[0]?.title).toBeTruthy()
    const more = create(circle, { followsProgramme: true, rule: 'FREQ=WEEKLY;COUNT=60' })
    expect(await problem(more)).toMatch(/has \d+ steps left, and these are 60 dates. End after \d+/)
  })
})

const locals4 = ['2026-11-24T18:00', '2026-12-01T18:00', '2026-12-08T18:00', '2026-12-15T18:00']

describe('the preview', () => {
  it('shows every date, what is taken out, and where the clocks change; and saves nothing', async () => {
    const circle = await openCircle()
    const preview = await circle.ada.api.previewSeries({
      params: { slug: circle.slug },
      body: {
        startsLocal: '2027-03-22T18:00',
        rule: 'FREQ=WEEKLY;COUNT=3',
        exceptions: ['2027-04-05T18:00'],
        minutes: 90,
      },
    })
    expect(preview).toMatchObject({ inWords: 'Every Monday', zone: 'Europe/Berlin', cancelled: [] })
    expect(
      preview.dates.map(({ startsAt, endsAt, shift, leftOut }) => [startsAt, endsAt, shift, leftOut]),
    ).toEqual([
      ['2027-03-22T17:00:00.000Z', '2027-03-22T18:30:00.000Z', 0, false],
      ['2027-03-29T16:00:00.000Z', '2027-03-29T17:30:00.000Z', -60, false],
      ['2027-04-05T16:00:00.000Z', '2027-04-05T17:30:00.000Z', 0, true],
    ])
    expect(await circle.house.db.select().from(sessions)).toEqual([])
  })
})

describe('one registration for all', () => {
  it('comes to each session, but for those that somebody can’t make; and is taken back as one', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const [, second] = series.sessions
    const params = { sessionId: second?.id ?? '' }
    await circle.ben.api.answerRsvp({ params, body: { answer: 'not-coming' } })

    const registered = await circle.ben.api.register({ ...of(series), body: {} })
    expect(registered).toMatchObject({ registered: true, registeredCount: 2 })
    expect(mine(registered)).toEqual(['coming', 'not-coming', 'coming', 'coming'])
    const [, letter, ...more] = await mailTo(circle, circle.ben)
    expect(letter?.subject).toBe('You are registered: Tuesdays')
    expect(more).toEqual([])

    // One can be said otherwise at any time, and taken back again.
    await circle.ben.api.answerRsvp({ params, body: { answer: 'coming' } })
    await circle.ben.api.register({ ...of(series), body: {} })
    expect(mine(await circle.ben.api.getSeries(of(series)))).toEqual(['coming', 'coming', 'coming', 'coming'])
    expect(await mailTo(circle, circle.ben)).toHaveLength(2)

    await circle.ben.api.answerRsvp({ params, body: { answer: 'not-coming' } })
    const left = await circle.ben.api.unregister(of(series))
    expect(left).toMatchObject({ registered: false, registeredCount: 1 })
    expect(mine(left)).toEqual([null, 'not-coming', null, null])
    expect(await circle.ben.api.unregister(of(series))).toEqual(left)
  })

  it('counts the places of each session: whoever is one too many waits for that one', async () => {
    const circle = await openCircle()
    const series = await create(circle, { capacity: 2 })
    await circle.ben.api.answerRsvp({
      params: { sessionId: series.sessions[0]?.id ?? '' },
      body: { answer: 'coming' },
    })
    const registered = await circle.cleo.api.register({ ...of(series), body: {} })
    expect(mine(registered)).toEqual(['waiting', 'coming', 'coming', 'coming'])
  })

  it('P16: from a mail, without signing in; looking registers nobody', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const params = { token: await tokenTo(circle, circle.ben) }
    const { api } = circle.stranger()
    expect(await api.readSeriesLink({ params })).toMatchObject({
      groupName: 'Tuesday circle',
      title: 'Tuesdays',
      inWords: 'Every Tuesday',
      registered: false,
      dates: [{ startsAt: '2026-11-24T17:00:00.000Z', mine: null }, {}, {}, {}],
    })
    expect(await circle.house.db.select().from(registrations)).toHaveLength(1)
    const after = await api.useSeriesLink({ params, body: { registered: true } })
    expect(after).toMatchObject({ registered: true, dates: [{ mine: 'coming' }, {}, {}, {}] })
    expect(await circle.ben.api.getSeries(of(series))).toMatchObject({ registered: true })
    expect(await api.useSeriesLink({ params, body: { registered: false } })).toMatchObject({
      registered: false,
    })

    const madeUp = { params: { token: 'x'.repeat(46) } }
    const no = await problem(api.readSeriesLink(madeUp))
    await circle.house.db
      .update(memberships)
      .set({ status: 'removed' })
      .where(eq(memberships.accountId, circle.ben.id))
    expect(await problem(api.readSeriesLink({ params }))).toBe(no)
    expect(await problem(api.useSeriesLink({ params, body: { registered: true } }))).toBe(no)
    expect(no).toMatch(/opens nothing/)
  })

  it('ends with the membership, and a later member is told truly which session is next', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    await circle.ben.api.register({ ...of(series), body: {} })
    await circle.ben.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
    expect(await circle.ada.api.getSeries(of(series))).toMatchObject({ registeredCount: 1 })
    expect(await circle.house.db.select().from(rsvps).where(eq(rsvps.accountId, circle.ben.id))).toEqual([])
    expect(
      await circle.house.db.select().from(registrations).where(eq(registrations.accountId, circle.ben.id)),
    ).toEqual([])

    circle.pass({ days: 10 })
    const dora = await circle.join('Dora')
    expect(await dora.api.listSeries({ params: { slug: circle.slug } })).toMatchObject([
      {
        title: 'Tuesdays',
        inWords: 'Every Tuesday',
        count: 4,
        ahead: 2,
        nextNumber: 3,
        next: { startsAt: '2026-12-08T17:00:00.000Z' },
        registered: false,
      },
    ])
    const late = await dora.api.register({ ...of(series), body: {} })
    expect(mine(late)).toEqual([null, null, 'coming', 'coming'])
  })
})

it('whoever is let in later reads in the mail which session is next, and that they can register', async () => {
  const circle = await openCircle({ visibility: 'public', admission: 'on-request' })
  const olga = await circle.join('Olga', 'organizer')
  await create(circle)
  circle.pass({ days: 10 })
  const params = { slug: circle.slug }
  await circle.zoe.api.joinGroup({ params, body: {} })
  await olga.api.decideRequest({ params: { ...params, accountId: circle.zoe.id }, body: { approve: true } })
  const [letter] = await mailTo(circle, circle.zoe)
  expect(letter?.subject).toBe('Welcome to Tuesday circle')
  expect(letter?.text).toContain(
    'A series has begun: the next session is “Tuesdays”, Tuesday 8 December 2026 at 18:00 (Europe/Berlin), number 3 of 4',
  )
})

describe('changing', () => {
  it('all, or one and those after it, keeps what a session has of its own, and says so in one mail', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const [first, second, third] = series.sessions
    const change = (sessionId = '', body: object) =>
      circle.ada.api.changeSession({ params: { sessionId }, body })
    await change(first?.id, { room: 'Room Alster' })
    await change(second?.id, { startsLocal: '2026-12-03T19:00' })
    await circle.ben.api.register({ ...of(series), body: {} })
    const before = await rowsOf(circle, series)
    const mailed = (await mailTo(circle, circle.ben)).length

    circle.pass({ minutes: 5 })
    const changed = await circle.ada.api.changeSeries({
      ...of(series),
      body: {
        room: 'Room Spree',
        dates: { startsLocal: '2026-11-24T19:30', rule: 'FREQ=WEEKLY;COUNT=4', exceptions: [] },
      },
    })
    expect(changed.sessions.map(({ id }) => id)).toEqual(series.sessions.map(({ id }) => id))
    expect(locals(changed)).toEqual([
      '2026-11-24T18:30',
      '2026-12-03T18:00',
      '2026-12-08T18:30',
      '2026-12-15T18:30',
    ])
    const after = await rowsOf(circle, series)
    expect(after.map(({ room }) => room)).toEqual(['Room Alster', 'Room Spree', 'Room Spree', 'Room Spree'])
    expect(after.map(({ sequence }, index) => sequence - (before[index]?.sequence ?? 0))).toEqual([
      1, 1, 1, 1,
    ])
    expect(mine(await circle.ben.api.getSeries(of(series)))).toEqual(['coming', 'coming', 'coming', 'coming'])
    const letters = await mailTo(circle, circle.ben)
    expect(letters).toHaveLength(mailed + 1)
    expect(letters.at(-1)?.subject).toBe('Tuesdays: dates have changed')
    expect(letters.at(-1)?.text).toContain(
      '- Tuesday 24 November 2026, 19:30 to 20:30 (Europe/Berlin), Room Alster',
    )

    // From the third on; and the same again changes nothing that calendars see.
    const body = { from: third?.id ?? '', title: 'Evenings' }
    const later = await circle.ada.api.changeSeries({ ...of(series), body })
    expect(later.sessions.map(({ title }) => title)).toEqual(['Tuesdays', 'Tuesdays', 'Evenings', 'Evenings'])
    const sequences = (await rowsOf(circle, series)).map(({ sequence }) => sequence)
    await circle.ada.api.changeSeries({ ...of(series), body })
    expect((await rowsOf(circle, series)).map(({ sequence }) => sequence)).toEqual(sequences)
    expect(await mailTo(circle, circle.ben)).toHaveLength(mailed + 1)
  })

  it('the rule moves what is less than a week away, cancels what finds no date, and adds the rest', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    await circle.ben.api.register({ ...of(series), body: {} })
    const plan = await circle.house.db.select().from(blocks)
    const dates = { startsLocal: '2026-11-25T18:00', rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4', exceptions: [] }
    const preview = await circle.ada.api.previewSeriesChange({
      ...of(series),
      body: { minutes: 60, ...dates },
    })
    expect(preview.dates.map(({ local, change }) => `${local.slice(5, 10)} ${change}`)).toEqual([
      '11-25 moves',
      '12-09 moves',
      '12-23 new',
      '01-06 new',
    ])
    // The third of the old ones is as near to the second date, so the first that is near moves.
    expect(preview.cancelled).toHaveLength(2)
    const changed = await circle.ada.api.changeSeries({ ...of(series), body: { dates } })
    const ahead = changed.sessions.filter(({ status }) => status === 'scheduled')
    expect(ahead.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual([
      '2026-11-25',
      '2026-12-09',
      '2026-12-23',
      '2027-01-06',
    ])
    expect(stateOf(changed).filter((status) => status === 'cancelled')).toHaveLength(2)
    const seen = await circle.ben.api.getSeries(of(series))
    expect(seen.sessions.filter(({ status }) => status === 'scheduled').map((one) => one.mine)).toEqual(
      Array(4).fill('coming'),
    )
    expect(await circle.house.db.select().from(blocks)).toHaveLength(plan.length)
    const letter = (await mailTo(circle, circle.ben)).at(-1)?.text ?? ''
    for (const part of ['Moved:', 'Cancelled:', 'New:']) expect(letter).toContain(part)

    // And back again: what was cancelled gives its date back.
    const back = await circle.ada.api.changeSeries({
      ...of(series),
      body: { dates: { startsLocal: '2026-11-24T18:00', rule: 'FREQ=WEEKLY;COUNT=4', exceptions: [] } },
    })
    expect(
      back.sessions
        .filter(({ status }) => status === 'scheduled')
        .map(({ startsAt }) => startsAt.slice(0, 10)),
    ).toEqual(['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'])
  })

  it('touches nothing that is over, runs, or was cancelled alone', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const [first, second] = series.sessions
    await circle.ada.api.cancelSession({ params: { sessionId: second?.id ?? '' }, body: { reason: 'Snow.' } })
    circle.pass({ days: 3 })
    await circle.house.db
      .update(sessions)
      .set({ status: 'wrapped-up' })
      .where(eq(sessions.id, first?.id ?? ''))
    const { rest } = await circle.ada.api.getSeries(of(series))
    expect(rest).toEqual({
      startsLocal: '2026-12-01T18:00',
      rule: 'FREQ=WEEKLY;COUNT=3',
      exceptions: ['2026-12-01T18:00'],
    })
    const dates = {
      startsLocal: '2026-12-01T17:00',
      rule: 'FREQ=WEEKLY;COUNT=4',
      exceptions: ['2026-12-01T17:00'],
    }
    const changed = await circle.ada.api.changeSeries({ ...of(series), body: { dates, minutes: 90 } })
    expect(changed.sessions.map(({ status, startsAt }) => `${startsAt.slice(5, 16)} ${status}`)).toEqual([
      '11-24T17:00 wrapped-up',
      '12-01T17:00 cancelled',
      '12-08T16:00 scheduled',
      '12-15T16:00 scheduled',
      '12-22T16:00 scheduled',
    ])
    expect(changed.sessions[2]?.endsAt).toBe('2026-12-08T17:30:00.000Z')
    expect(changed.sessions[0]?.endsAt).toBe('2026-11-24T18:00:00.000Z')
  })

  it('refuses what can’t be, and changes nothing then', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const other = await create(circle, { startsLocal: '2026-11-26T18:00' })
    const change = (body: object) => problem(circle.ada.api.changeSeries({ ...of(series), body }))
    const dates = { startsLocal: '2026-11-24T18:00', rule: 'FREQ=WEEKLY', exceptions: [] }
    expect(await change({ dates })).toMatch(/never ends/)
    expect(await change({ room: 'X', dates: { ...dates, rule: 'FREQ=DAILY;UNTIL=20280101' } })).toMatch(
      /more than 104/,
    )
    expect(await change({ title: 'X', from: other.sessions[0]?.id })).toMatch(/not in this series/)
    expect(await circle.ada.api.getSeries(of(series))).toEqual(series)

    await circle.house.db
      .update(groups)
      .set({ archivedAt: circle.house.now() })
      .where(eq(groups.id, circle.groupId))
    expect(await change({ title: 'X' })).toMatch(/has ended/)
    expect(await problem(circle.ben.api.register({ ...of(series), body: {} }))).toMatch(/has ended/)
    expect(await problem(circle.ada.api.cancelSeries({ ...of(series), body: { reason: 'So.' } }))).toMatch(
      /has ended/,
    )
  })
})

describe('cancelling', () => {
  it('the rest, then the whole: everybody hears why, once each', async () => {
    const circle = await openCircle()
    const series = await create(circle)
    const third = series.sessions[2]?.id ?? ''
    const rest = await circle.ada.api.cancelSeries({
      ...of(series),
      body: { reason: ' The room is gone. ', from: third },
    })
    expect(stateOf(rest)).toEqual(['scheduled', 'scheduled', 'cancelled', 'cancelled'])
    const letter = (await mailTo(circle, circle.ben)).at(-1)
    expect(letter?.subject).toBe('Cancelled: Tuesdays, 2 sessions')
    expect(letter?.text).toContain('The reason: The room is gone.')
    expect(letter?.text).not.toContain('1 December')

    const whole = await circle.ada.api.cancelSeries({ ...of(series), body: { reason: 'All over.' } })
    expect(stateOf(whole)).toEqual(Array(4).fill('cancelled'))
    expect(whole.ended).toBe(true)
    const many = (await circle.mail()).length
    await circle.ada.api.cancelSeries({ ...of(series), body: { reason: 'All over.' } })
    expect((await circle.mail()).length).toBe(many)
    expect(await problem(circle.ben.api.register({ ...of(series), body: {} }))).toMatch(
      /Nothing of this series/,
    )
    const rows = await circle.house.db
      .select()
      .from(sessions)
      .where(and(eq(sessions.seriesId, series.id), inArray(sessions.cancelReason, ['The room is gone.'])))
    expect(rows).toHaveLength(2)
  })
})

describe('the page of a group', () => {
  it('tells its series and what is next to whoever may see it', async () => {
    const circle = await openCircle({ visibility: 'public', kind: 'meetup' })
    await create(circle)
    const params = { slug: circle.slug }
    const [told] = await circle.stranger().api.listPublicSeries({ params })
    expect(told).toMatchObject({
      title: 'Tuesdays',
      inWords: 'Every Tuesday',
      zone: 'Europe/Berlin',
      ahead: 4,
    })
    expect(told?.next.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual([
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
    ])
  })
})

it('a mail about a series brings its calendar along', async () => {
  const circle = await openCircle()
  await create(circle)
  const [mail] = await circle.house.db.select().from(mails).where(eq(mails.recipient, circle.ben.email))
  expect(mail?.calendar?.match(/BEGIN:VEVENT/g)).toHaveLength(4)
})
