import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mails, sessions } from '#db/schema.ts'
import { groupFeed, seriesFile } from '#shared/calendar.ts'
import { readTwice } from '#tests/calendars.ts'
import { openCircle, type Circle } from '#tests/circle.ts'

const ORIGIN = 'http://localhost:3000'
type Told = { startsLocal: string; rule: string }

/** What the database, the pages, the mail and four calendar files say of one series: when each session starts. */
async function everywhere(circle: Circle, { startsLocal, rule }: Told) {
  const { ada, ben, house } = circle
  const params = { slug: circle.slug }
  const body = { startsLocal, rule, exceptions: [], minutes: 60 }
  const preview = await ada.api.previewSeries({ params, body })
  const { id } = await ada.api.createSeries({ params, body: { ...body, id: randomUUID(), title: 'Weekly' } })
  const rows = await house.db
    .select()
    .from(sessions)
    .where(eq(sessions.seriesId, id))
    .orderBy(asc(sessions.startsAt))
  const starts = rows.map(({ startsAt }) => startsAt.toISOString())

  const page = await ben.api.getSeries({ params: { seriesId: id } })
  const listed = (await ben.api.listSessions({ params })).sessions
  const [mail] = await house.db.select().from(mails).where(eq(mails.recipient, ben.email))
  const feed = (await ben.api.getMyCalendar()).address.replace(ORIGIN, '')
  const files = await Promise.all(
    [seriesFile(id), feed, groupFeed(circle.slug)].map(async (url) => (await ben.request({ url })).body),
  )
  expect(preview.dates.map(({ startsAt }) => startsAt)).toEqual(starts)
  expect(page.sessions.map(({ startsAt }) => startsAt)).toEqual(starts)
  expect(listed.map(({ startsAt }) => startsAt).toSorted()).toEqual(starts)
  for (const file of [...files, mail?.calendar ?? '']) {
    expect(readTwice(file).map(({ start }) => start)).toEqual(starts)
    expect(readTwice(file).map(({ uid }) => uid)).toEqual(rows.map((row) => `${row.id}@localhost`))
  }
  const clocks = [...(mail?.text ?? '').matchAll(/^- \w+ (\d+ \w+) \d+, (\d\d:\d\d) to/gm)]
  return {
    starts,
    mail: clocks.map(([, day, time]) => `${day ?? ''} ${time ?? ''}`),
    occurrences: rows.map(({ occurrence }) => occurrence),
    page,
  }
}

const weekly = { visibility: 'public', kind: 'meetup' } as const

describe('a weekly series at 18:00 of Berlin', () => {
  it('stays at 18:00 over March: database, page, mail and calendars agree', async () => {
    const circle = await openCircle({ ...weekly, zone: 'Europe/Berlin' })
    const told = await everywhere(circle, { startsLocal: '2027-03-16T18:00', rule: 'FREQ=WEEKLY;COUNT=4' })
    expect(told.starts).toEqual([
      '2027-03-16T17:00:00.000Z',
      '2027-03-23T17:00:00.000Z',
      '2027-03-30T16:00:00.000Z',
      '2027-04-06T16:00:00.000Z',
    ])
    expect(told.mail).toEqual(['16 March 18:00', '23 March 18:00', '30 March 18:00', '6 April 18:00'])
  })

  it('stays at 18:00 over October: database, page, mail and calendars agree', async () => {
    const circle = await openCircle({ ...weekly, zone: 'Europe/Berlin' })
    const told = await everywhere(circle, { startsLocal: '2027-10-19T18:00', rule: 'FREQ=WEEKLY;COUNT=4' })
    expect(told.starts).toEqual([
      '2027-10-19T16:00:00.000Z',
      '2027-10-26T16:00:00.000Z',
      '2027-11-02T17:00:00.000Z',
      '2027-11-09T17:00:00.000Z',
    ])
    expect(told.mail).toEqual([
      '19 October 18:00',
      '26 October 18:00',
      '2 November 18:00',
      '9 November 18:00',
    ])
  })
})

describe('a weekly series at 18:00 of Santiago', () => {
  it('stays at 18:00 over April and over September', async () => {
    const circle = await openCircle({ ...weekly, zone: 'America/Santiago' })
    const told = await everywhere(circle, {
      startsLocal: '2027-03-30T18:00',
      rule: 'FREQ=WEEKLY;UNTIL=20270914',
    })
    expect(told.starts).toHaveLength(25)
    expect(told.starts.slice(0, 2)).toEqual(['2027-03-30T21:00:00.000Z', '2027-04-06T22:00:00.000Z'])
    expect(told.starts.slice(-2)).toEqual(['2027-09-07T21:00:00.000Z', '2027-09-14T21:00:00.000Z'])
    expect(told.starts.at(-3)).toBe('2027-08-31T22:00:00.000Z')
    expect(new Set(told.mail.map((line) => line.slice(-5)))).toEqual(new Set(['18:00']))
  })
})

describe('a time that the clocks leave out', () => {
  it('is an hour later on that day only, in Berlin at 02:30', async () => {
    const circle = await openCircle({ ...weekly, zone: 'Europe/Berlin' })
    const told = await everywhere(circle, { startsLocal: '2027-03-21T02:30', rule: 'FREQ=WEEKLY;COUNT=3' })
    expect(told.starts).toEqual([
      '2027-03-21T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
      '2027-04-04T00:30:00.000Z',
    ])
    expect(told.mail).toEqual(['21 March 02:30', '28 March 03:30', '4 April 02:30'])
    expect(told.occurrences).toEqual(['2027-03-21T02:30', '2027-03-28T02:30', '2027-04-04T02:30'])
    expect(told.page.sessions.map(({ clock, moved }) => [clock, moved])).toEqual([
      ['usual', false],
      ['left-out', false],
      ['usual', false],
    ])
  })

  it('is an hour later on that day only, in Santiago at 00:30, where midnight itself is left out', async () => {
    const circle = await openCircle({ ...weekly, zone: 'America/Santiago' })
    const told = await everywhere(circle, { startsLocal: '2027-08-29T00:30', rule: 'FREQ=WEEKLY;COUNT=3' })
    expect(told.starts).toEqual([
      '2027-08-29T04:30:00.000Z',
      '2027-09-05T04:30:00.000Z',
      '2027-09-12T03:30:00.000Z',
    ])
    expect(told.mail).toEqual(['29 August 00:30', '5 September 01:30', '12 September 00:30'])
  })
})

describe('a time that comes twice', () => {
  it.each([
    ['Europe/Berlin', '2027-10-24T02:30', ['2027-10-24T00:30', '2027-10-31T00:30', '2027-11-07T01:30']],
    ['America/Santiago', '2027-03-27T23:30', ['2027-03-28T02:30', '2027-04-04T02:30', '2027-04-11T03:30']],
  ])('is the first of the two: %s, %s', async (zone, startsLocal, starts) => {
    const circle = await openCircle({ ...weekly, zone })
    const told = await everywhere(circle, { startsLocal, rule: 'FREQ=WEEKLY;COUNT=3' })
    expect(told.starts.map((start) => start.slice(0, 16))).toEqual(starts)
    expect(told.page.sessions[1]?.clock).toBe('twice')
    expect(new Set(told.mail.map((line) => line.slice(-5)))).toEqual(new Set([startsLocal.slice(11)]))
  })
})

it('calendars hear of a moved and of a cancelled one by a higher sequence, and of the others nothing', async () => {
  const circle = await openCircle()
  const params = { slug: circle.slug }
  const series = await circle.ada.api.createSeries({
    params,
    body: {
      id: randomUUID(),
      title: 'Weekly',
      startsLocal: '2027-03-16T18:00',
      rule: 'FREQ=WEEKLY;COUNT=4',
      exceptions: [],
      minutes: 60,
    },
  })
  const [, second, third] = series.sessions
  await circle.ada.api.changeSession({
    params: { sessionId: second?.id ?? '' },
    body: { startsLocal: '2027-03-25T18:00' },
  })
  await circle.ada.api.cancelSession({ params: { sessionId: third?.id ?? '' }, body: { reason: 'Easter.' } })
  await circle.ben.api.register({ params: { seriesId: series.id }, body: {} })
  const { body } = await circle.ben.request({ url: seriesFile(series.id) })
  const expected = [
    { start: '2027-03-16T17:00:00.000Z', sequence: 0, cancelled: false },
    { start: '2027-03-25T17:00:00.000Z', sequence: 1, cancelled: false },
    { start: '2027-03-30T16:00:00.000Z', sequence: 1, cancelled: true },
    { start: '2027-04-06T16:00:00.000Z', sequence: 0, cancelled: false },
  ]
  expect(readTwice(body)).toMatchObject(expected)
  await circle.ada.api.cancelSeries({ params: { seriesId: series.id }, body: { reason: 'Over.' } })
  const [mail] = (
    await circle.house.db
      .select()
      .from(mails)
      .where(eq(mails.recipient, circle.ben.email))
      .orderBy(asc(mails.number))
  ).slice(-1)
  expect(readTwice(mail?.calendar ?? '').map(({ sequence, cancelled }) => [sequence, cancelled])).toEqual([
    [1, true],
    [2, true],
    [1, true],
  ])
  expect((await circle.zoe.request({ url: seriesFile(series.id) })).statusCode).toBe(404)
  expect((await circle.stranger().request({ url: seriesFile(series.id) })).statusCode).toBe(401)
})
