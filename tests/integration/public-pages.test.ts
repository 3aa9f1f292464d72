import { eq } from 'drizzle-orm'
import { parseFeed } from 'htmlparser2'
import ICAL from 'ical.js'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { accounts, groups, rsvps, series, sessions } from '#db/schema.ts'
import { groupFeed } from '#shared/calendar.ts'
import {
  groupPicture,
  groupRss,
  HOME_PICTURE,
  organizerPicture,
  publicSessionFile,
  sessionPage,
  sessionPicture,
} from '#shared/public-pages.ts'
import type { SessionDraft } from '#shared/sessions.ts'
import { asScript, toEvent } from '#shared/structured-data.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'
import { readPng } from '#tests/png.ts'

const ORIGIN = 'http://localhost:3000'
const PUBLIC = {
  kind: 'meetup',
  visibility: 'public',
  admission: 'open',
  city: 'Hamburg',
  venue: 'Library',
  address: 'Sand 12',
  purpose: 'We practise together.',
} as const

const schedule = (circle: Circle, draft: Partial<SessionDraft> = {}) =>
  circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), title: 'Kickoff', minutes: 60, startsLocal: '2026-11-24T17:30', ...draft },
  })
const change = (circle: Circle, more: Partial<typeof groups.$inferInsert>) =>
  circle.house.db.update(groups).set(more).where(eq(groups.id, circle.groupId))

/** What a stranger hears at an address, with everything that could tell two answers apart. */
async function heard(person: TestPerson, url: string): Promise<string> {
  const { statusCode, body, headers } = await person.request({ url })
  return JSON.stringify([statusCode, body, { ...headers, date: '' }])
}

describe('a session of a public group', () => {
  it('P20: says what, when and where to everybody, and keeps its room, its link and its people', async () => {
    const circle = await openCircle(PUBLIC)
    await circle.join('Olga', 'organizer')
    const { id: sessionId } = await schedule(circle, {
      templateId: 'kickoff',
      onlineLink: 'https://meet.example.org/inner',
    })
    await circle.ada.api.changeSession({
      params: { sessionId },
      body: { preparation: 'Inner words', room: 'Inner room' },
    })
    const params = { slug: circle.slug, sessionId }
    const page = await circle.stranger().api.readSessionPage({ params })

    expect(page).toMatchObject({
      address: ORIGIN + sessionPage(circle.slug, sessionId),
      session: {
        title: 'Kickoff',
        startsAt: '2026-11-24T16:30:00.000Z',
        endsAt: '2026-11-24T17:30:00.000Z',
        state: 'ahead',
        movedFrom: null,
        city: 'Hamburg',
        venue: 'Library',
        address: 'Sand 12',
        online: true,
        places: null,
        template: { id: 'kickoff' },
      },
      organizers: [{ name: 'Olga', page: null }],
    })
    expect(JSON.stringify(page)).not.toMatch(/inner|Ada|Ben/i)
    expect(await circle.ben.api.readSessionPage({ params })).toEqual(page)

    await circle.ada.api.cancelSession({ params: { sessionId }, body: { reason: 'An inner reason' } })
    const cancelled = await circle.stranger().api.readSessionPage({ params })
    expect(cancelled.session.state).toBe('cancelled')
    expect(JSON.stringify(cancelled)).not.toMatch(/inner/i)
  })

  it('P20: has no page in a private group, nor one of a company or closed by the operator, for members neither', async () => {
    const circle = await openCircle(PUBLIC)
    const { id: sessionId } = await schedule(circle)
    const params = { slug: circle.slug, sessionId }
    const unknown = { slug: circle.slug, sessionId: randomUUID() }
    const addresses = [
      `/api/groups/${circle.slug}/agenda`,
      `/api/groups/${circle.slug}/agenda/${sessionId}`,
      groupRss(circle.slug),
      groupFeed(circle.slug),
      publicSessionFile(circle.slug, sessionId),
      groupPicture(circle.slug),
      sessionPicture(circle.slug, sessionId),
    ]
    const elsewhere = (url: string) => url.replace(circle.slug, 'circle-abcdef')

    await expect(circle.ben.api.readSessionPage({ params: unknown })).rejects.toMatchObject({
      code: 'not-found',
    })
    for (const url of addresses) expect((await circle.stranger().request({ url })).statusCode, url).toBe(200)

    const hidden = [
      { visibility: 'private' },
      { visibility: 'public', suspendedAt: circle.house.now() },
      { suspendedAt: null, approval: 'waiting' },
    ] as const
    for (const more of hidden) {
      await change(circle, more)
      for (const url of addresses)
        for (const who of [circle.stranger(), circle.zoe, circle.ben])
          expect(await heard(who, url), url).toBe(await heard(who, elsewhere(url)))
    }

    await change(circle, { visibility: 'unlisted', approval: 'none' })
    expect((await circle.stranger().api.readSessionPage({ params })).session.id).toBe(sessionId)
    for (const url of addresses.slice(2))
      expect(await heard(circle.stranger(), url), url).toBe(await heard(circle.stranger(), elsewhere(url)))
  })

  it('P20: keeps its page for sixty days after it is over, and only under its own group', async () => {
    const circle = await openCircle(PUBLIC)
    const other = await circle.zoe.api.createGroup({
      body: {
        id: randomUUID(),
        ...{ kind: 'meetup', name: 'Other', purpose: '', visibility: 'public', admission: 'open' },
        ...{ domains: [], programmeId: null, rhythm: 'none', zone: 'UTC', firstSessionAt: null, places: 5 },
        ...{ city: null, venue: null, room: null, onlineLink: null },
      },
    })
    const { id: sessionId } = await schedule(circle)
    const params = { slug: circle.slug, sessionId }
    await expect(
      circle.zoe.api.readSessionPage({ params: { slug: other.slug, sessionId } }),
    ).rejects.toMatchObject({ code: 'not-found' })
    circle.pass({ days: 40 })
    expect((await circle.stranger().api.readSessionPage({ params })).session.state).toBe('over')
    circle.pass({ days: 30 })
    await expect(circle.stranger().api.readSessionPage({ params })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('stands in the agenda with what is live and what was called off, soonest first', async () => {
    const circle = await openCircle(PUBLIC)
    const titles = async () =>
      (await circle.stranger().api.readAgenda({ params: { slug: circle.slug } })).sessions.map(
        ({ title, state }) => [title, state],
      )
    await schedule(circle, { title: 'Third', startsLocal: '2026-12-08T17:30' })
    await schedule(circle, { title: 'First' })
    const second = await schedule(circle, { title: 'Second', startsLocal: '2026-12-01T17:30' })
    await circle.ada.api.cancelSession({ params: { sessionId: second.id }, body: { reason: 'So.' } })

    expect(await titles()).toEqual([
      ['First', 'ahead'],
      ['Second', 'cancelled'],
      ['Third', 'ahead'],
    ])
    circle.pass({ days: 5 })
    expect(await titles()).toEqual([
      ['Second', 'cancelled'],
      ['Third', 'ahead'],
    ])
    await change(circle, { archivedAt: circle.house.now() })
    expect(await titles()).toEqual([])
  })

  it('says how many of its own places are free, and how many wait', async () => {
    const circle = await openCircle(PUBLIC)
    const { id: sessionId } = await schedule(circle)
    const { db } = circle.house
    await db.update(sessions).set({ capacity: 3 }).where(eq(sessions.id, sessionId))
    await db.delete(rsvps)
    const answers = ['coming', 'offered', 'waiting', 'not-coming'] as const
    const people = [circle.ada, circle.ben, circle.cleo, circle.zoe]
    await db.insert(rsvps).values(
      answers.map((answer, index) => ({
        groupId: circle.groupId,
        sessionId,
        accountId: people[index]?.id ?? '',
        answer,
        answeredAt: circle.house.now(),
      })),
    )
    const { session } = await circle
      .stranger()
      .api.readSessionPage({ params: { slug: circle.slug, sessionId } })
    expect(session.places).toEqual({ all: 3, free: 1, waiting: 1 })
  })

  it('is a file for the calendar of a stranger, as another parser reads it', async () => {
    const circle = await openCircle(PUBLIC)
    const { id } = await schedule(circle, { onlineLink: 'https://meet.example.org/inner' })
    const answer = await circle.stranger().request({ url: publicSessionFile(circle.slug, id) })
    expect(answer.headers['content-disposition']).toBe('attachment; filename="session-2026-11-24.ics"')
    const [found] = new ICAL.Component(ICAL.parse(answer.body) as unknown[]).getAllSubcomponents('vevent')
    const event = new ICAL.Event(found)
    expect(event.uid).toBe(`${id}@localhost`)
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-24T16:30:00.000Z')
    expect(event.description).toContain(ORIGIN + sessionPage(circle.slug, id))
    expect(answer.body).not.toContain('inner')
  })
})

describe('structured data', () => {
  it('says when a session of a series was, before it moved', async () => {
    const circle = await openCircle(PUBLIC)
    const { id: sessionId } = await schedule(circle)
    const seriesId = randomUUID()
    const { db } = circle.house
    await db.insert(series).values({
      id: seriesId,
      groupId: circle.groupId,
      title: 'Kickoff',
      rule: 'FREQ=WEEKLY;COUNT=3',
      startsLocal: '2026-11-23T18:00',
      zone: 'Europe/Berlin',
      minutes: 60,
    })
    const occur = (occurrence: string) =>
      db.update(sessions).set({ seriesId, occurrence }).where(eq(sessions.id, sessionId))
    const params = { slug: circle.slug }
    const event = async () => {
      const [group, agenda] = await Promise.all([
        circle.stranger().api.getPublicGroup({ params }),
        circle.stranger().api.readAgenda({ params }),
      ])
      const [session] = agenda.sessions
      if (!session) throw new Error('no session')
      return toEvent(group, session, agenda)
    }
    await occur('2026-11-24T17:30')
    expect(await event()).toMatchObject({ eventStatus: 'https://schema.org/EventScheduled' })
    await occur('2026-11-23T18:00')
    expect(await event()).toMatchObject({
      eventStatus: 'https://schema.org/EventRescheduled',
      previousStartDate: '2026-11-23T17:00:00.000Z',
      startDate: '2026-11-24T16:30:00.000Z',
    })
  })

  it('can hold any words and never ends its element', () => {
    const name = '</script><script>alert(1)</script><!-- & "quotes" \u2028'
    const written = asScript({ name })
    expect(written.match(/<\/?script/g)).toHaveLength(2)
    expect(written).not.toContain('<!--')
    expect(JSON.parse(written.replace(/^<script[^>]*>|<\/script>$/g, ''))).toEqual({ name })
  })
})

describe('RSS', () => {
  it('tells the sessions ahead to a reader of feeds, as another parser reads it', async () => {
    const circle = await openCircle({ ...PUBLIC, name: 'Circle <b>& “co”</b> \u0007]]>' })
    const { id } = await schedule(circle, { title: 'Ask & <i>listen</i>' })
    const other = await schedule(circle, { title: 'Second', startsLocal: '2026-12-01T17:30' })
    await circle.ada.api.cancelSession({ params: { sessionId: other.id }, body: { reason: 'inner' } })
    const answer = await circle.stranger().request({ url: groupRss(circle.slug) })

    expect(answer.headers['content-type']).toBe('application/rss+xml; charset=utf-8')
    expect(answer.headers['set-cookie']).toBeUndefined()
    const feed = parseFeed(answer.body)
    expect(feed).toMatchObject({
      type: 'rss',
      title: 'Circle <b>& “co”</b> ]]>',
      link: `${ORIGIN}/groups/${circle.slug}`,
      description: 'We practise together.',
    })
    expect(feed?.items).toMatchObject([
      {
        id: `urn:uuid:${id}`,
        title: 'Ask & <i>listen</i>, Tuesday 24 November 2026, 17:30 to 18:30 (Europe/Berlin)',
        link: ORIGIN + sessionPage(circle.slug, id),
        pubDate: circle.house.now(),
      },
      { title: expect.stringMatching(/^Cancelled: Second, Tuesday 1 December 2026/) as string },
    ])
    expect(answer.body).not.toContain('inner')
    expect(answer.body).not.toContain('\u0007')

    const again = await circle.stranger().request({
      url: groupRss(circle.slug),
      headers: { 'if-none-match': String(answer.headers.etag) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
})

describe('the picture of a link', () => {
  const SHORT_SIDE = [77, 300] as const
  const draw = async (person: TestPerson, url: string) => {
    const answer = await person.request({ url })
    expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, no-cache',
      'cross-origin-resource-policy': 'cross-origin',
    })
    return { tag: String(answer.headers.etag), pixels: readPng(answer.rawPayload) }
  }
  /** Pixels in the colour of words, where the title stands. */
  const inked = ({ at }: ReturnType<typeof readPng>) => {
    let count = 0
    for (let y = 130; y < 400; y += 1)
      for (let x = 150; x < 1080; x += 1) if (at(x, y) === '#1d2522') count += 1
    return count
  }

  it('is the rectangle with its short side, with the name in it, whatever letters it has', async () => {
    const circle = await openCircle({ ...PUBLIC, name: 'The honest hour' })
    const { id } = await schedule(circle)
    await circle.ben.api.openMyPage({ body: { slug: 'ben', about: 'Hello' } })
    const look = async (url: string) => {
      const { tag, pixels } = await draw(circle.stranger(), url)
      expect([pixels.width, pixels.height]).toEqual([1200, 630])
      expect(pixels.at(...SHORT_SIDE), url).toBe('#d4532a')
      expect(inked(pixels), url).toBeGreaterThan(2_000)
      return tag
    }
    const tags = new Set<string>()
    for (const url of [
      HOME_PICTURE,
      groupPicture(circle.slug),
      sessionPicture(circle.slug, id),
      organizerPicture('ben'),
    ])
      tags.add(await look(url))
    expect(tags.size).toBe(4)
    for (const name of [
      'Žižkov Łódź',
      'Лидеры',
      'Ηγεσία',
      '東京',
      'קבוצה',
      '🎉🎉',
      'x'.repeat(80),
      '{}<b>&amp;',
    ]) {
      await change(circle, { name })
      await look(groupPicture(circle.slug))
    }
  })

  it('is not sent again to whoever has it, and is another one when something changed', async () => {
    const circle = await openCircle(PUBLIC)
    const url = groupPicture(circle.slug)
    const { tag } = await draw(circle.stranger(), url)
    const again = await circle.stranger().request({ url, headers: { 'if-none-match': tag } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    await schedule(circle)
    expect((await draw(circle.stranger(), url)).tag).not.toBe(tag)
  })
})

describe('the page of an organizer', () => {
  const open = async () => {
    const circle = await openCircle(PUBLIC)
    const olga = await circle.join('Olga', 'organizer')
    return { circle, olga }
  }

  it('P20: is there once its organizer opens it, with public groups only, and gone once they take it away', async () => {
    const { circle, olga } = await open()
    const { id } = await schedule(circle)
    const before = await olga.api.readMyPage()
    expect(before).toMatchObject({ slug: null, suggested: 'olga', root: `${ORIGIN}/organizers/` })
    const address = '/api/organizers/olga'
    const nobody = await heard(circle.stranger(), '/api/organizers/nobody')
    expect(await heard(circle.stranger(), address)).toBe(nobody)

    const mine = await olga.api.openMyPage({ body: { slug: ' Olga ', about: ' I organize. \n' } })
    const page = await circle.stranger().api.readOrganizerPage({ params: { slug: 'olga' } })
    expect(page).toEqual(mine.preview)
    expect(page).toMatchObject({
      address: `${ORIGIN}/organizers/olga`,
      name: 'Olga',
      about: 'I organize.',
      groups: [{ slug: circle.slug, memberCount: 4 }],
      sessions: [{ id, title: 'Kickoff', group: { slug: circle.slug } }],
      held: 0,
      guests: [],
    })
    expect(JSON.stringify(page)).not.toContain(olga.email)
    const { organizers } = await circle.stranger().api.readAgenda({ params: { slug: circle.slug } })
    expect(organizers).toEqual([{ name: 'Olga', page: 'olga' }])

    for (const more of [{ visibility: 'unlisted' }, { visibility: 'private' }] as const) {
      await change(circle, more)
      expect(await circle.stranger().api.readOrganizerPage({ params: { slug: 'olga' } })).toMatchObject({
        groups: [],
        sessions: [],
      })
    }
    await change(circle, { visibility: 'public' })
    expect((await olga.api.exportMyData()).account.publicPage).toEqual({ slug: 'olga', about: 'I organize.' })

    await olga.api.closeMyPage()
    expect(await heard(circle.stranger(), address)).toBe(nobody)
    expect((await circle.stranger().request({ url: organizerPicture('olga') })).statusCode).toBe(404)
    expect((await olga.api.readMyPage()).preview.about).toBe('')
    const agenda = await circle.stranger().api.readAgenda({ params: { slug: circle.slug } })
    expect(agenda.organizers).toEqual([{ name: 'Olga', page: null }])
  })

  it('P20: shows neither groups that somebody is only a member of, nor an account that was shut', async () => {
    const { circle } = await open()
    await circle.ben.api.openMyPage({ body: { slug: 'ben', about: '' } })
    const page = () => circle.stranger().api.readOrganizerPage({ params: { slug: 'ben' } })
    expect(await page()).toMatchObject({ groups: [], sessions: [], held: 0 })
    await circle.house.db
      .update(accounts)
      .set({ suspendedAt: circle.house.now() })
      .where(eq(accounts.id, circle.ben.id))
    await expect(page()).rejects.toMatchObject({ code: 'not-found' })
  })

  it('has an address that nobody else has, in letters that an address takes', async () => {
    const { circle, olga } = await open()
    await olga.api.openMyPage({ body: { slug: 'olga', about: 'Mine' } })
    const taken = circle.ben.api.openMyPage({ body: { slug: 'OLGA', about: 'Mine' } })
    await expect(taken).rejects.toMatchObject({ code: 'conflict', field: 'slug' })
    for (const slug of ['ol ga', '-olga', 'olga--x', 'ölga', 'a/b'])
      await expect(olga.api.openMyPage({ body: { slug, about: 'New' } })).rejects.toMatchObject({
        code: 'invalid',
        field: 'slug',
        message: expect.stringContaining('such as olga') as string,
      })
    expect((await olga.api.readMyPage()).preview.about).toBe('Mine')
    const second = await circle.person('Olga')
    expect((await second.api.readMyPage()).suggested).toBe('olga-2')
    const unconfirmed = await circle.person('Una', { verifiedAt: null })
    await expect(unconfirmed.api.openMyPage({ body: { slug: 'una', about: '' } })).rejects.toMatchObject({
      code: 'not-verified',
    })
  })
})

describe('robots', () => {
  it('P20: are told every page that everybody may know of, and no other', async () => {
    const circle = await openCircle(PUBLIC)
    const { id } = await schedule(circle)
    await circle.ben.api.openMyPage({ body: { slug: 'ben', about: '' } })
    const map = async () => {
      const { body } = await circle.stranger().request({ url: '/sitemap.xml' })
      return [...body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address?.replace(ORIGIN, ''))
    }
    const mine = [`/groups/${circle.slug}`, sessionPage(circle.slug, id)]
    expect(await map()).toEqual(
      expect.arrayContaining(['/', '/guide/templates/kickoff', '/organizers/ben', ...mine]),
    )
    for (const more of [
      { visibility: 'unlisted' },
      { visibility: 'private' },
      { visibility: 'public', suspendedAt: circle.house.now() },
      { suspendedAt: null, archivedAt: circle.house.now() },
    ] as const) {
      await change(circle, more)
      const told = await map()
      for (const address of mine) expect(told).not.toContain(address)
    }
    const { body } = await circle.stranger().request({ url: '/robots.txt' })
    expect(body).toContain(`Sitemap: ${ORIGIN}/sitemap.xml`)
    expect(body).toContain('Disallow: /api/')
  })
})
