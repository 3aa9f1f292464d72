import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { groups, memberships, sessions } from '#db/schema.ts'
import { CAREER_FILE, CAREER_QUESTIONS, groupFeed, sessionFile } from '#shared/calendar.ts'
import type { SessionDraft } from '#shared/sessions.ts'
import { readTwice } from '#tests/calendars.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'
import { PEOPLE } from '#tests/privacy-people.ts'
import { READERS } from '#tests/privacy-words.ts'
import { canariesIn, canary, openWorld } from '#tests/privacy-world.ts'

const ORIGIN = 'http://localhost:3000'

const schedule = (circle: Circle, draft: Partial<SessionDraft> = {}) =>
  circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), title: 'Kickoff', minutes: 60, startsLocal: '2026-11-24T17:30', ...draft },
  })

/** The entries of a calendar, as a parser of others reads them. */
async function read(person: TestPerson, url: string): Promise<ICAL.Event[]> {
  const answer = await person.request({ url })
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
  expect(answer.headers['set-cookie']).toBeUndefined()
  return parse(answer.body)
}

/** Two libraries of others have to agree about the times and names in it. */
function parse(text: string): ICAL.Event[] {
  readTwice(text)
  return parseAlone(text)
}

/** For words that one of the two takes apart wrongly: a backslash before an n is no new line. */
const parseAlone = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))

const valueOf = (event: ICAL.Event | undefined, name: string) =>
  String(event?.component.getFirstPropertyValue(name) ?? '')
const instant = (time: ICAL.Time) => time.toJSDate().toISOString()

const feedOf = async (person: TestPerson) => (await person.api.getMyCalendar()).address.replace(ORIGIN, '')

describe('my calendar', () => {
  it('has the sessions of all my groups, readable without a cookie by whoever has the address', async () => {
    const circle = await openCircle()
    const session = await schedule(circle, { onlineLink: 'https://meet.example.org/tuesday' })
    await circle.ada.api.changeSession({
      params: { sessionId: session.id },
      body: { preparation: 'Bring one question; or two, at most.' },
    })
    const [event, ...others] = await read(circle.stranger(), await feedOf(circle.ben))

    expect(others).toEqual([])
    expect(event?.uid).toBe(`${session.id}@localhost`)
    expect(event?.summary).toBe('Kickoff, Tuesday circle')
    expect(event?.startDate.zone.tzid).toBe('UTC')
    expect(event && instant(event.startDate)).toBe('2026-11-24T16:30:00.000Z')
    expect(event && instant(event.endDate)).toBe('2026-11-24T17:30:00.000Z')
    expect(event?.location).toBe('Room Elbe')
    const page = `${ORIGIN}/groups/${circle.slug}/sessions/${session.id}`
    expect(valueOf(event, 'url')).toBe(page)
    expect(event?.description).toBe(
      [
        'Before you come:\nBring one question; or two, at most.',
        'Online: https://meet.example.org/tuesday',
        `Plan, and who is coming: ${page}`,
        `The live room, from your own screen: ${ORIGIN}/room/${session.id}`,
      ].join('\n\n'),
    )
    expect(valueOf(event, 'status')).toBe('CONFIRMED')
  })

  it('is a stranger’s only where they are members themselves', async () => {
    const circle = await openCircle()
    await schedule(circle)
    expect(await read(circle.zoe, await feedOf(circle.zoe))).toEqual([])

    for (const other of ['invited', 'requested', 'waitlisted', 'left', 'removed'] as const) {
      await circle.house.db
        .update(memberships)
        .set({ status: other })
        .where(eq(memberships.accountId, circle.ben.id))
      expect(await read(circle.ben, await feedOf(circle.ben)), other).toEqual([])
    }
  })

  it('is shown to its owner only, and a new address ends the old one', async () => {
    const circle = await openCircle()
    await schedule(circle)
    await expect(circle.stranger().api.getMyCalendar()).rejects.toMatchObject({ code: 'not-signed-in' })
    await expect(circle.stranger().api.renewMyCalendar()).rejects.toMatchObject({ code: 'not-signed-in' })

    const old = await feedOf(circle.ben)
    expect(await feedOf(circle.ben)).toBe(old)
    expect(old).not.toBe(await feedOf(circle.cleo))

    const fresh = (await circle.ben.api.renewMyCalendar()).address.replace(ORIGIN, '')
    expect(await read(circle.stranger(), fresh)).toHaveLength(1)
    const gone = await circle.stranger().request({ url: old })
    const madeUp = await circle.stranger().request({ url: `/calendar/me/${'x'.repeat(46)}.ics` })
    expect([gone.statusCode, gone.body]).toEqual([404, madeUp.body])
    expect(gone.headers['cache-control']).toBe('no-store')
    expect(await read(circle.cleo, await feedOf(circle.cleo))).toHaveLength(1)
  })

  it('takes an invite, an id, or a broken token for nothing', async () => {
    const circle = await openCircle()
    const account = await circle.house.db.query.accounts.findFirst()
    const invite = circle.house.links.sign('invite', account?.calendarId ?? '')
    for (const token of [invite, circle.ben.id, account?.calendarId ?? '', '%00', '..%2f', 'é'.repeat(40)]) {
      const { statusCode } = await circle.stranger().request({ url: `/calendar/me/${encodeURI(token)}.ics` })
      expect(statusCode, token).toBe(404)
    }
  })

  it('says each change with a higher sequence, under the same name', async () => {
    const circle = await openCircle()
    const { id } = await schedule(circle)
    const feed = await feedOf(circle.ben)
    const look = async () => (await read(circle.ben, feed))[0]
    const params = { sessionId: id }
    expect((await look())?.sequence).toBe(0)
    const first = valueOf(await look(), 'last-modified')

    circle.pass({ minutes: 5 })
    await circle.ada.api.changeSession({ params, body: { title: 'Kick-off' } })
    await circle.ada.api.changeSession({ params, body: { title: 'Kick-off' } })
    expect((await look())?.sequence).toBe(1)
    expect(valueOf(await look(), 'last-modified') > first).toBe(true)
    expect(valueOf(await look(), 'dtstamp')).toBe(valueOf(await look(), 'last-modified'))

    await circle.ada.api.changeSession({ params, body: { startsLocal: '2026-11-25T17:30' } })
    await circle.ada.api.changeSession({ params, body: { room: 'Room Alster' } })
    const moved = await look()
    expect([moved?.sequence, moved?.location]).toEqual([3, 'Room Alster'])

    // What no calendar shows is no change to it.
    await circle.ada.api.changeSession({ params, body: { timekeeperId: circle.ben.id } })
    await circle.ben.api.answerRsvp({ params, body: { answer: 'coming' } })
    expect((await look())?.sequence).toBe(3)

    await circle.ada.api.cancelSession({ params, body: { reason: 'The room burned down; sorry.' } })
    const cancelled = await look()
    expect([cancelled?.uid, cancelled?.sequence, valueOf(cancelled, 'status')]).toEqual([
      `${id}@localhost`,
      4,
      'CANCELLED',
    ])
    expect(cancelled?.description).toContain('The reason: The room burned down; sorry.')
  })

  it('keeps what is past for a year, and what was cancelled for sixty days', async () => {
    const circle = await openCircle()
    const held = await schedule(circle)
    const off = await schedule(circle, { startsLocal: '2026-12-01T17:30' })
    await circle.ada.api.cancelSession({ params: { sessionId: off.id }, body: { reason: 'Snow.' } })
    await circle.house.db.update(sessions).set({ status: 'wrapped-up' }).where(eq(sessions.id, held.id))
    // The feed outlives the sign-in of who asked for its address.
    const feed = await feedOf(circle.ben)
    const ids = async () =>
      (await read(circle.stranger(), feed)).map(({ uid }) => uid.split('@')[0]).toSorted()

    circle.pass({ days: 60 })
    expect(await ids()).toEqual([held.id, off.id].toSorted())
    circle.pass({ days: 30 })
    expect(await ids()).toEqual([held.id])
    circle.pass({ days: 280 })
    expect(await ids()).toEqual([])
  })

  it('stays at 18:00 of Berlin over both changes of the clock, as UTC instants', async () => {
    const circle = await openCircle()
    const days = ['2027-03-22', '2027-03-29', '2027-10-25', '2027-11-01']
    for (const day of days) await schedule(circle, { startsLocal: `${day}T18:00` })
    const starts = (await read(circle.ben, await feedOf(circle.ben))).map(({ startDate }) =>
      instant(startDate),
    )
    expect(starts.toSorted()).toEqual([
      '2027-03-22T17:00:00.000Z',
      '2027-03-29T16:00:00.000Z',
      '2027-10-25T16:00:00.000Z',
      '2027-11-01T17:00:00.000Z',
    ])
  })

  it('answers "nothing new" to a program that has it already', async () => {
    const circle = await openCircle()
    const { id } = await schedule(circle)
    const url = await feedOf(circle.ben)
    const first = await circle.stranger().request({ url })
    const tag = String(first.headers.etag)
    circle.pass({ hours: 3 })
    const again = await circle.stranger().request({ url, headers: { 'if-none-match': tag } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    await circle.ada.api.changeSession({ params: { sessionId: id }, body: { title: 'Start' } })
    const changed = await circle.stranger().request({ url, headers: { 'if-none-match': tag } })
    expect(changed.statusCode).toBe(200)
    expect((await circle.stranger().request({ url, method: 'HEAD' })).statusCode).toBe(200)
  })
})

describe('the words of people', () => {
  const INJECTED = 'Kickoff\r\nATTENDEE:mailto:eve@example.org\r\nBEGIN:VALARM\nX:1\rY:2'
  const HARD = [
    'Commas, semicolons; colons: back\\slashes \\n and "quotes"',
    '👩🏽‍🚀'.repeat(20),
    'Größenwahn und Überraschung '.repeat(7).trim(),
    '会議'.repeat(90),
    'a'.repeat(200),
  ]

  it('come back exactly as they were, however long and in whatever script', async () => {
    const circle = await openCircle()
    for (const title of HARD)
      await schedule(circle, { title: title.slice(0, 200), room: title.slice(0, 280) })
    const answer = await circle.ben.request({ url: await feedOf(circle.ben) })
    const read = parseAlone(answer.body)
    for (const title of HARD) {
      expect(read.map(({ summary }) => summary)).toContain(`${title.slice(0, 200)}, Tuesday circle`)
      expect(read.map(({ location }) => location)).toContain(title.slice(0, 280))
    }
    expect(answer.body.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(answer.body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of answer.rawPayload.toString('latin1').split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(75)
  })

  it('add no line and no property, wherever they stand', async () => {
    const circle = await openCircle({ name: INJECTED, visibility: 'public', venue: INJECTED })
    const { id } = await schedule(circle, { title: INJECTED, room: INJECTED })
    const params = { sessionId: id }
    const body = { preparation: `${INJECTED}\u0007\u001b[0m` }
    await circle.ada.api.changeSession({ params, body })
    for (const url of [await feedOf(circle.ben), groupFeed(circle.slug), sessionFile(id)]) {
      const answer = await circle.ben.request({ url })
      const calendar = new ICAL.Component(ICAL.parse(answer.body) as unknown[])
      const [event] = calendar.getAllSubcomponents('vevent')
      expect(event?.getAllProperties('attendee'), url).toEqual([])
      expect(event?.getAllSubcomponents(), url).toEqual([])
      expect(calendar.getAllSubcomponents(), url).toHaveLength(1)
      expect(answer.body, url).not.toMatch(/^(ATTENDEE|X:1|Y:2|BEGIN:VALARM)/m)
      // eslint-disable-next-line no-control-regex -- these are what must not stand there
      expect(answer.body, url).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/)
      expect(event?.getFirstPropertyValue('summary'), url).toMatch(/^Kickoff ATTENDEE:mailto:eve/)
    }
  })
})

describe('the calendar of a group', () => {
  it('is for everybody when the group is public, with what its page says and no more', async () => {
    const circle = await openCircle({
      visibility: 'public',
      kind: 'meetup',
      purpose: 'We practise together.',
      venue: 'Library',
      city: 'Hamburg',
    })
    const session = await schedule(circle, { onlineLink: 'https://meet.example.org/secret' })
    const params = { sessionId: session.id }
    await circle.ada.api.changeSession({
      params,
      body: { preparation: 'Inner words.', room: 'Third floor, ring twice' },
    })
    const url = groupFeed(circle.slug)
    const [event] = await read(circle.stranger(), url)

    expect(event?.uid).toBe(`${session.id}@localhost`)
    expect(event?.summary).toBe('Kickoff, Tuesday circle')
    expect(event?.location).toBe('Library, Hamburg')
    expect(event?.description).toBe(
      `We practise together.\n\nYou can also come online; who has a place gets the link.\n\nThe session, and how to come: ${ORIGIN}/groups/${circle.slug}/next/${session.id}`,
    )
    await circle.ada.api.cancelSession({ params, body: { reason: 'An inner reason.' } })
    const { body } = await circle.stranger().request({ url })
    expect(valueOf(parse(body)[0], 'status')).toBe('CANCELLED')
    for (const inner of ['secret', 'Inner words', 'ring twice', 'Ada', 'inner reason'])
      expect(body).not.toContain(inner)
  })

  it('is not there when the group is unlisted or private, also for its members', async () => {
    const circle = await openCircle({ visibility: 'public' })
    await schedule(circle)
    const nowhere = await circle.stranger().request({ url: groupFeed('nowhere') })
    for (const visibility of ['unlisted', 'private'] as const) {
      await circle.house.db.update(groups).set({ visibility }).where(eq(groups.id, circle.groupId))
      for (const person of [circle.stranger(), circle.ben]) {
        const { statusCode, body } = await person.request({ url: groupFeed(circle.slug) })
        expect([statusCode, body]).toEqual([404, nowhere.body])
      }
    }
  })
})

describe('one session as a file', () => {
  it('is for members; a stranger hears of no session', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)
    const url = sessionFile(session.id)
    const [event] = await read(circle.ben, url)
    expect(event?.uid).toBe(`${session.id}@localhost`)
    const answer = await circle.ben.request({ url })
    expect(answer.headers['content-disposition']).toBe('attachment; filename="session-2026-11-24.ics"')

    const never = await circle.zoe.request({ url: sessionFile(randomUUID()) })
    const foreign = await circle.zoe.request({ url })
    expect([foreign.statusCode, foreign.body]).toEqual([404, never.body])
    expect((await circle.stranger().request({ url })).statusCode).toBe(401)
    expect((await circle.ben.request({ url: sessionFile('no-id') })).statusCode).toBe(422)
  })
})

describe('thinking about my career', () => {
  it('comes back every six months at five in the afternoon, wherever I am, with the questions', async () => {
    const { person, stranger, pass } = await openHouse({ at: '2027-08-23T23:30:00Z' })
    const ada = await person('Ada', { zone: 'Europe/Berlin' })
    const [event] = await read(ada, CAREER_FILE)
    const dates = (one: ICAL.Event | undefined) => {
      const next = one?.iterator()
      return Array.from({ length: 5 }, () => String(next?.next()))
    }
    // In a week, on the calendar of Berlin, that is the 31st; the first of the next month is in every year.
    expect(dates(event)).toEqual([
      '2027-09-01T17:00:00',
      '2028-03-01T17:00:00',
      '2028-09-01T17:00:00',
      '2029-03-01T17:00:00',
      '2029-09-01T17:00:00',
    ])
    expect(event?.duration.toString()).toBe('PT1H')
    for (const question of CAREER_QUESTIONS) expect(event?.description).toContain(question)

    pass({ days: 10 })
    const [again] = await read(ada, CAREER_FILE)
    expect(again?.uid).toBe(event?.uid)
    expect(dates(again)[0]).toBe('2027-09-10T17:00:00')
    expect((await stranger().request({ url: CAREER_FILE })).statusCode).toBe(401)
  })
})

it('answers a network only so often', async () => {
  const { stranger } = await openHouse({ settings: { limits: true } })
  const url = groupFeed('nowhere')
  const codes = new Set<number>()
  for (let time = 0; time < 301; time += 1) codes.add((await stranger().request({ url })).statusCode)
  expect([...codes]).toEqual([404, 429])
})

it('P1, P2: the calendar of each person says only what they may read of a private circle', async () => {
  const world = await openWorld()
  const wrong: string[] = []
  const seen = new Set<string>()
  for (const who of PEOPLE) {
    const person = world.people[who]
    const mine = ['anonymous', 'expired'].includes(who) ? [] : [await feedOf(person)]
    const files = [world.nextId, world.cancelledId].map(sessionFile)
    for (const url of [...mine, ...files, groupFeed(world.slug)]) {
      const { body } = await person.request({ url })
      for (const word of canariesIn(body.replaceAll('\r\n ', ''))) {
        if (READERS.get(word)?.includes(who)) seen.add(`${who} ${word}`)
        else wrong.push(`${who} reads ${word} in ${url}`)
      }
    }
  }
  expect(wrong).toEqual([])
  for (const who of ['member', 'facilitator', 'organizer'])
    for (const word of ['next title', 'next preparation', 'next room', 'next link', 'cancel reason'])
      expect(seen).toContain(`${who} ${canary(word)}`)
})
