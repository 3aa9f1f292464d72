import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { accounts, groups, mails, memberships, rsvpLinks, rsvps, sessions } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

async function schedule(circle: Circle, title = 'Kickoff') {
  return circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title,
      minutes: 60,
      startsLocal: '2026-11-24T17:30',
      onlineLink: 'https://meet.example.org/tuesday',
    },
  })
}

/** The two links in the newest mail to somebody, in their order. */
async function linksTo(circle: Circle, { email }: TestPerson): Promise<string[]> {
  const newest = (await circle.mail()).findLast(({ to }) => to === email)
  return [...(newest?.text ?? '').matchAll(/\/rsvp\/\S+/g)].map(([link]) => link)
}
const tokenOf = (link = '') => link.replace('/rsvp/', '').replace(/\?.*/, '')
const tokenTo = async (circle: Circle, person: TestPerson) => tokenOf((await linksTo(circle, person))[0])

const answersTo = (circle: Circle, sessionId: string) =>
  circle.house.db.select().from(rsvps).where(eq(rsvps.sessionId, sessionId))

describe('from a mail', () => {
  it('somebody who is not signed in says that they come, and then that they can’t', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)
    const [coming, cant, ...more] = await linksTo(circle, circle.ben)
    expect(more).toEqual([])
    expect(coming).toMatch(/\?answer=coming$/)
    expect(cant).toMatch(/\?answer=not-coming$/)

    const params = { token: tokenOf(coming) }
    const nobody = circle.stranger()
    expect(await nobody.api.readRsvpLink({ params })).toEqual({
      groupName: 'Tuesday circle',
      title: 'Kickoff',
      startsAt: '2026-11-24T16:30:00.000Z',
      endsAt: '2026-11-24T17:30:00.000Z',
      zone: 'Europe/Berlin',
      room: 'Room Elbe',
      onlineLink: 'https://meet.example.org/tuesday',
      state: 'open',
      mine: null,
      venue: null,
      full: false,
      offerEndsAt: null,
      ahead: null,
      roomOpen: false,
      guestOf: null,
    })
    // Looking answers nothing, however often a scanner of mail does it.
    await nobody.api.readRsvpLink({ params })
    expect((await answersTo(circle, session.id)).map(({ accountId }) => accountId)).toEqual([circle.ada.id])

    expect(await nobody.api.useRsvpLink({ params, body: { answer: 'coming' } })).toMatchObject({
      mine: 'coming',
    })
    const seen = () => circle.ben.api.getSession({ params: { sessionId: session.id } })
    expect(await seen()).toMatchObject({ mine: 'coming', coming: 2, notComing: 0 })
    await nobody.api.useRsvpLink({ params, body: { answer: 'not-coming' } })
    expect(await seen()).toMatchObject({ mine: 'not-coming', coming: 1, notComing: 1 })
  })

  it('each person has links of their own, the same in every mail about a session', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)
    const [ben, cleo] = [await tokenTo(circle, circle.ben), await tokenTo(circle, circle.cleo)]
    expect(ben).not.toBe(cleo)

    const late = await circle.join('Dora')
    await circle.ada.api.changeSession({
      params: { sessionId: session.id },
      body: { startsLocal: '2026-11-25T17:30' },
    })
    expect(await tokenTo(circle, circle.ben)).toBe(ben)
    await circle
      .stranger()
      .api.useRsvpLink({ params: { token: await tokenTo(circle, late) }, body: { answer: 'coming' } })
    expect(await late.api.getSession({ params: { sessionId: session.id } })).toMatchObject({ mine: 'coming' })

    const other = await schedule(circle, 'Another')
    expect(await tokenTo(circle, circle.ben)).not.toBe(ben)
    expect(await answersTo(circle, other.id)).toHaveLength(1)
  })

  it('a mail has both answers as buttons, and where the page is', async () => {
    const circle = await openCircle()
    const session = await schedule(circle, 'Kickoff & <b>more</b>')
    const [mail] = await circle.house.db.select().from(mails).where(eq(mails.recipient, circle.ben.email))
    expect(mail?.html).toMatch(/<a href="[^"]+\?answer=coming"[^>]+>I’m coming<\/a>/)
    expect(mail?.html).toMatch(/<a href="[^"]+\?answer=not-coming"[^>]+>I can’t<\/a>/)
    expect(mail?.html).toContain(`/groups/${circle.slug}/sessions/${session.id}`)
    expect(mail?.html).not.toContain('<b>more')
    expect(mail?.text).toContain('leave them out when you pass this on')
  })
})

describe('a link opens nothing', () => {
  it('for who left or was removed, like one that somebody made up', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)
    const token = await tokenTo(circle, circle.ben)
    const ask = async (one: string, method: 'GET' | 'POST') => {
      const payload = method === 'POST' ? { payload: { answer: 'coming' } } : {}
      const { statusCode, body } = await circle
        .stranger()
        .request({ method, url: `/api/rsvp-links/${encodeURIComponent(one)}`, ...payload })
      return [statusCode, body]
    }
    const madeUp = await ask('x'.repeat(46), 'GET')
    expect(madeUp[0]).toBe(404)
    for (const status of ['left', 'removed', 'waitlisted'] as const) {
      await circle.house.db
        .update(memberships)
        .set({ status })
        .where(and(eq(memberships.accountId, circle.ben.id), eq(memberships.groupId, circle.groupId)))
      expect(await ask(token, 'GET'), status).toEqual(madeUp)
      expect(await ask(token, 'POST'), status).toEqual(madeUp)
    }
    expect(await answersTo(circle, session.id)).toHaveLength(1)

    const [row] = await circle.house.db.select().from(rsvpLinks)
    const { links } = circle.house
    const others = [
      row?.id ?? '',
      links.sign('invite', row?.id ?? ''),
      links.sign('rsvp', session.id),
      'ä/..',
    ]
    for (const other of others) expect(await ask(other, 'GET'), other).toEqual(madeUp)
  })

  it('M6, M7: for a suspended account like one that was made up; in a suspended group only to say no', async () => {
    const circle = await openCircle()
    const { db } = circle.house
    await schedule(circle)
    const params = { token: await tokenTo(circle, circle.ben) }
    const say = (answer: 'coming' | 'not-coming') =>
      circle.stranger().api.useRsvpLink({ params, body: { answer } })
    const suspend = (suspendedAt: Date | null) =>
      db.update(accounts).set({ suspendedAt }).where(eq(accounts.id, circle.ben.id))
    await suspend(new Date())
    await expect(say('coming')).rejects.toThrow('opens nothing')
    await suspend(null)
    await db.update(groups).set({ suspendedAt: new Date() }).where(eq(groups.id, circle.groupId))
    await expect(say('coming')).rejects.toThrow('suspended')
    expect((await say('not-coming')).mine).toBe('not-coming')
  })

  it('once the session has begun or was cancelled: it says so, and no longer where', async () => {
    const circle = await openCircle()
    const begun = await schedule(circle)
    const params = { token: await tokenTo(circle, circle.ben) }
    const cancelled = await schedule(circle, 'Another')
    const paramsOfOther = { token: await tokenTo(circle, circle.ben) }
    await circle.ada.api.cancelSession({
      params: { sessionId: cancelled.id },
      body: { reason: 'An inner reason.' },
    })
    const { api } = circle.stranger()
    const gone = { room: null, onlineLink: null }
    const seen = await api.readRsvpLink({ params: paramsOfOther })
    expect(seen).toMatchObject({ ...gone, title: 'Another', state: 'cancelled' })
    expect(JSON.stringify(seen)).not.toContain('inner')
    await expect(
      api.useRsvpLink({ params: paramsOfOther, body: { answer: 'coming' } }),
    ).rejects.toMatchObject({ message: expect.stringContaining('was cancelled') as string })

    circle.pass({ days: 2, hours: 7, minutes: 29 })
    expect(await api.readRsvpLink({ params })).toMatchObject({ state: 'open' })
    circle.pass({ minutes: 1 })
    expect(await api.readRsvpLink({ params })).toMatchObject({ ...gone, state: 'begun' })
    await expect(api.useRsvpLink({ params, body: { answer: 'coming' } })).rejects.toMatchObject({
      message: expect.stringContaining('has begun') as string,
    })
    expect(await answersTo(circle, begun.id)).toHaveLength(1)
    await circle.house.db.update(sessions).set({ status: 'live' }).where(eq(sessions.id, begun.id))
    expect(await api.readRsvpLink({ params })).toMatchObject({ state: 'begun' })
  })

  it('from another site: a page of ours asks first', async () => {
    const circle = await openCircle()
    await schedule(circle)
    const url = `/api/rsvp-links/${await tokenTo(circle, circle.ben)}`
    const sent = await circle.stranger().request({
      method: 'POST',
      url,
      payload: { answer: 'not-coming' },
      headers: { origin: 'https://elsewhere.example.org', 'sec-fetch-site': 'cross-site' },
    })
    expect(sent.statusCode).toBe(403)
    expect(
      await circle
        .stranger()
        .request({ url })
        .then((answer) => answer.json<object>()),
    ).toMatchObject({
      mine: null,
    })
  })
})
