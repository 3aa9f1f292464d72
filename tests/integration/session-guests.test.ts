import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { accounts, groups, guestRequests, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const NIA = { name: 'Nia', email: 'nia@example.net' }

/** A meetup that everybody finds. */
const openMeetup = (more: Partial<typeof groups.$inferInsert> = {}): Promise<Circle> =>
  openCircle({
    kind: 'meetup',
    visibility: 'public',
    admission: 'open',
    city: 'Hamburg',
    venue: 'Central library',
    room: null,
    ...more,
  })

async function schedule(circle: Circle, more: object = {}) {
  const { id } = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Negotiation night',
      minutes: 60,
      startsLocal: '2026-11-24T18:00',
      room: 'Room 4',
      onlineLink: 'https://meet.example.org/secret',
      ...more,
    },
  })
  const params = { slug: circle.slug, sessionId: id }
  return {
    id,
    params,
    ask: (guest = NIA, by: TestPerson = circle.stranger()) => by.api.askAsGuest({ params, body: guest }),
    see: (person: TestPerson) => person.api.getSession({ params: { sessionId: id } }),
    page: () => circle.stranger().api.readSessionPage({ params }),
  }
}

const newestTo = async (circle: Circle, email: string) =>
  (await circle.mail()).findLast(({ to }) => to === email.toLowerCase())
const tokenOf = async (circle: Circle, email: string, kind: 'guest' | 'rsvp') =>
  new RegExp(`/${kind}/([\\w-]+)`).exec((await newestTo(circle, email))?.text ?? '')?.[1] ?? ''

/** Asks, and presses the button behind the link of the mail. Gives the token of the page with the place. */
async function comeAs(
  circle: Circle,
  session: Awaited<ReturnType<typeof schedule>>,
  guest = NIA,
): Promise<string> {
  await session.ask(guest)
  const token = await tokenOf(circle, guest.email, 'guest')
  return (await circle.stranger().api.confirmGuest({ params: { token }, body: {} })).token
}

describe('P17: a guest by e-mail only', () => {
  it('asks on the public page, confirms once by a link, and has a place', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    expect((await night.page()).session).toMatchObject({ takesGuests: true })
    expect(await night.ask()).toEqual({})

    const [mail] = (await circle.mail()).filter(({ to }) => to === NIA.email)
    expect(mail?.subject).toContain('Confirm that you want to come')
    expect(mail?.text).not.toMatch(/Room 4|secret/)
    const params = { token: await tokenOf(circle, NIA.email, 'guest') }
    const nobody = circle.stranger()
    // Looking confirms nothing, however often a scanner of mail does it.
    for (let times = 0; times < 3; times += 1)
      expect(await nobody.api.readGuestRequest({ params })).toMatchObject({
        name: 'Nia',
        groupName: 'Tuesday circle',
        session: { title: 'Negotiation night', venue: 'Central library' },
      })
    expect(await circle.house.db.select().from(accounts).where(eq(accounts.email, NIA.email))).toEqual([])

    const { token } = await nobody.api.confirmGuest({ params, body: {} })
    expect(await nobody.api.readRsvpLink({ params: { token } })).toMatchObject({
      mine: 'coming',
      room: 'Room 4',
      onlineLink: 'https://meet.example.org/secret',
      venue: 'Central library, Hamburg',
      guestOf: night.params,
    })
    const confirmation = await newestTo(circle, NIA.email)
    expect(confirmation?.subject).toContain('You have a place')
    expect(confirmation?.text).toContain('Room 4')
    expect(confirmation?.text).toContain(`/calendar/rsvp/${token}.ics`)
    const file = await nobody.request({ url: `/calendar/rsvp/${token}.ics` })
    expect(file.body).toContain('STATUS:CONFIRMED')
    expect(file.body).toContain('secret')

    const seen = await night.see(circle.ben)
    expect(seen).toMatchObject({ coming: 2, welcomesGuests: true })
    expect(seen.people.find(({ name }) => name === 'Nia')).toMatchObject({
      answer: 'coming',
      guest: true,
      member: false,
    })
    expect(JSON.stringify(seen)).not.toContain(NIA.email)

    for (const again of [params, { token: 'x'.repeat(43) }]) {
      await expect(nobody.api.confirmGuest({ params: again, body: {} })).rejects.toMatchObject({
        code: 'link-used-up',
      })
      await expect(nobody.api.readGuestRequest({ params: again })).rejects.toMatchObject({
        code: 'link-used-up',
      })
    }
  })

  it('is not in the group: its pages, rooms and words stay closed', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await comeAs(circle, night)
    const nia = await signedInAs(circle, NIA.email)
    const params = { slug: circle.slug }
    for (const closed of [
      () => nia.api.getGroup({ params }),
      () => nia.api.listMembers({ params }),
      () => nia.api.listSessions({ params }),
      () => night.see(nia),
      () => nia.api.getWrapUp({ params: { sessionId: night.id } }),
      () => nia.api.answerRsvp({ params: { sessionId: night.id }, body: { answer: 'coming' } }),
    ])
      await expect(closed()).rejects.toMatchObject({ code: 'not-found' })
    expect(await circle.house.db.select().from(memberships).where(eq(memberships.accountId, nia.id))).toEqual(
      [],
    )
  })

  it('gets the same answer whether or not there is an account, and takes nobody’s over', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    const zoe = { name: 'Somebody else', email: circle.zoe.email.toUpperCase() }
    expect(await night.ask(zoe)).toEqual(await night.ask())
    const subjects = await Promise.all(
      [circle.zoe.email, NIA.email].map(async (email) => (await newestTo(circle, email))?.subject),
    )
    expect(subjects[0]).toBe(subjects[1])
    await comeAs(circle, night, zoe)
    // The name that somebody typed on a page changes no account.
    expect((await night.see(circle.ada)).people.find(({ guest }) => guest)?.name).toBe('Zoe')

    // Somebody had signed up with an address that was not theirs, and knows its password.
    const [squatted] = await circle.house.db
      .insert(accounts)
      .values({ email: NIA.email, name: 'Mallory', passwordHash: 'known' })
      .returning()
    await comeAs(circle, night)
    const [proven] = await circle.house.db.select().from(accounts).where(eq(accounts.email, NIA.email))
    expect(proven).toMatchObject({ id: squatted?.id, name: 'Nia', passwordHash: null })
    expect(proven?.verifiedAt).not.toBeNull()
  })

  it('waits in the same line as members, and takes or lets go by what they are offered', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle, { capacity: 2 })
    const params = { sessionId: night.id }
    await circle.ben.api.answerRsvp({ params, body: { answer: 'coming' } })
    expect((await night.page()).session.places).toEqual({ all: 2, free: 0, waiting: 0 })
    const token = await comeAs(circle, night)
    await circle.cleo.api.answerRsvp({ params, body: { answer: 'coming' } })
    const nobody = circle.stranger()
    expect(await nobody.api.readRsvpLink({ params: { token } })).toMatchObject({
      mine: 'waiting',
      ahead: 0,
      room: null,
      onlineLink: null,
      venue: 'Central library, Hamburg',
    })
    expect((await newestTo(circle, NIA.email))?.subject).toContain('You wait for a place')
    expect((await nobody.request({ url: `/calendar/rsvp/${token}.ics` })).body).not.toMatch(
      /secret|Room 4|CONFIRMED/,
    )

    await circle.ben.api.answerRsvp({ params, body: { answer: 'not-coming' } })
    expect(await night.see(circle.cleo)).toMatchObject({ mine: 'waiting', ahead: 0, offered: 1 })
    expect(await nobody.api.readRsvpLink({ params: { token } })).toMatchObject({ mine: 'offered' })
    await nobody.api.useRsvpLink({ params: { token }, body: { answer: 'coming' } })
    await nobody.api.useRsvpLink({ params: { token }, body: { answer: 'not-coming' } })
    expect(await night.see(circle.cleo)).toMatchObject({ mine: 'offered' })
  })

  it('is reminded a day before, hears of changes, and is told where again', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await comeAs(circle, night)
    const lettersOf = async () =>
      (await circle.mail()).filter(({ to }) => to === NIA.email).map(({ subject }) => subject)
    circle.pass({ hours: 30 })
    await circle.runJob('remind-guests')
    expect(await lettersOf()).toHaveLength(2)
    circle.pass({ hours: 3 })
    const suspend = (suspendedAt: Date | null) =>
      circle.house.db.update(groups).set({ suspendedAt }).where(eq(groups.id, circle.groupId))
    await suspend(new Date())
    await circle.runJob('remind-guests')
    expect(await lettersOf()).toHaveLength(2)
    await suspend(null)
    await circle.runJob('remind-guests')
    await circle.runJob('remind-guests')
    expect((await lettersOf()).slice(2)).toEqual([expect.stringContaining('Soon: Negotiation night')])

    await circle.ada.api.changeSession({
      params: { sessionId: night.id },
      body: { startsLocal: '2026-11-25T19:00' },
    })
    const moved = await newestTo(circle, NIA.email)
    expect(moved?.subject).toContain('Moved')
    expect(moved?.text).toContain('Room 4')
    circle.pass({ hours: 24 })
    await circle.runJob('remind-guests')
    expect((await newestTo(circle, NIA.email))?.subject).toContain('Soon')
    await circle.ada.api.cancelSession({
      params: { sessionId: night.id },
      body: { reason: 'An inner reason.' },
    })
    const cancelled = await newestTo(circle, NIA.email)
    expect(cancelled?.subject).toContain('Cancelled')
    expect(cancelled?.text).not.toContain('inner')
  })

  it('hears when the group ends, and what was offered goes with the start', async () => {
    const circle = await openMeetup()
    const olga = await circle.join('Olga', 'organizer')
    const [night, other] = [
      await schedule(circle, { capacity: 1 }),
      await schedule(circle, { title: 'Another' }),
    ]
    const token = await comeAs(circle, night)
    await comeAs(circle, other)
    await circle.ada.api.answerRsvp({ params: { sessionId: night.id }, body: { answer: 'not-coming' } })
    const startsAt = new Date(circle.house.now().getTime() + 3_600_000)
    await circle.house.db.update(sessions).set({ startsAt }).where(eq(sessions.id, night.id))
    circle.pass({ hours: 1 })
    await circle.runJob('pass-places-on')
    const nobody = circle.stranger().api
    await expect(nobody.useRsvpLink({ params: { token }, body: { answer: 'coming' } })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    )
    await olga.api.endGroup({ params: { slug: circle.slug }, body: { thanks: '' } })
    expect((await newestTo(circle, NIA.email))?.subject).toContain('Cancelled')
  })

  it('finds all of it again in an account with that address', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await comeAs(circle, night)
    const before = await circle.house.db.select().from(accounts).where(eq(accounts.email, NIA.email))
    // Signing up says in the mailbox that the address is known, with a link that signs in.
    await circle.stranger().api.signUp({
      body: { ...NIA, password: 'quiet-harbour-42', zone: 'Europe/Berlin' },
    })
    const nia = await signedInByMail(circle, NIA.email)
    expect(await nia.api.listMyGuestSessions()).toMatchObject([
      { title: 'Negotiation night', groupName: 'Tuesday circle', mine: 'coming', present: false },
    ])
    circle.pass({ days: 2, hours: 8 })
    await circle.ada.api.openRoom({ params: { sessionId: night.id } })
    await circle.ada.api.setAttendance({
      params: { sessionId: night.id, accountId: before[0]?.id ?? '' },
      body: { present: true },
    })
    expect(await nia.api.listMyGuestSessions()).toMatchObject([{ present: true }])
    expect((await nia.api.exportMyData()).guestOf).toMatchObject([{ session: 'Negotiation night' }])
    await circle.ada.api.closeSession({ params: { sessionId: night.id } })
    expect((await circle.ben.api.getWrapUp({ params: { sessionId: night.id } })).present).toMatchObject([
      { name: 'Ada' },
      { name: 'Nia' },
    ])
    // What was said there is the group's.
    expect((await newestTo(circle, NIA.email))?.subject).not.toContain('Wrap-up')
    expect(await circle.zoe.api.listMyGuestSessions()).toEqual([])
  })

  it('with a place has a seat in the live room of that session, while it is open, and in no other', async () => {
    const circle = await openMeetup()
    const [night, other] = [
      await schedule(circle, { capacity: 2 }),
      await schedule(circle, { title: 'Another' }),
    ]
    const token = await comeAs(circle, night)
    await comeAs(circle, night, { name: 'Omar', email: 'omar@example.net' })
    const nia = await signedInAs(circle, NIA.email)
    const omar = await signedInAs(circle, 'omar@example.net')
    const enter = (who: TestPerson, { id }: { id: string }) =>
      who.api.enterRoom({ params: { sessionId: id } })
    await expect(enter(nia, night)).rejects.toMatchObject({ code: 'not-found' })
    circle.pass({ days: 2, hours: 8 })
    for (const { id } of [night, other]) await circle.ada.api.openRoom({ params: { sessionId: id } })
    expect(await circle.stranger().api.readRsvpLink({ params: { token } })).toMatchObject({ roomOpen: true })
    await enter(nia, night)
    expect((await night.see(circle.ada)).people.find(({ name }) => name === 'Nia')).toMatchObject({
      present: true,
    })
    for (const refused of [() => enter(nia, other), () => enter(omar, night), () => enter(circle.zoe, night)])
      await expect(refused()).rejects.toMatchObject({ code: 'not-found' })
    await circle.ada.api.closeSession({ params: { sessionId: night.id } })
    await expect(enter(nia, night)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('who joins keeps the place as a member, and who leaves then gives it back', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    const token = await comeAs(circle, night)
    const nia = await signedInAs(circle, NIA.email)
    expect(await nia.api.joinGroup({ params: { slug: circle.slug }, body: {} })).toMatchObject({
      status: 'active',
    })
    const seen = await night.see(nia)
    expect(seen).toMatchObject({ mine: 'coming', coming: 2 })
    expect(seen.people.filter(({ name }) => name === 'Nia')).toMatchObject([{ guest: false, member: true }])
    await nia.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
    expect(await night.see(circle.ada)).toMatchObject({ coming: 1 })
    await expect(circle.stranger().api.readRsvpLink({ params: { token } })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('who is signed in comes with one press, and a member is no guest', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await circle.zoe.api.comeAsGuest({ params: night.params, body: {} })
    await circle.ben.api.comeAsGuest({ params: night.params, body: {} })
    const { people } = await night.see(circle.ada)
    expect(people.filter(({ guest }) => guest).map(({ name }) => name)).toEqual(['Zoe'])
    expect(people.find(({ name }) => name === 'Ben')).toMatchObject({ answer: 'coming', member: true })
    await expect(circle.stranger().api.comeAsGuest({ params: night.params, body: {} })).rejects.toMatchObject(
      {
        code: 'not-signed-in',
      },
    )
  })
})

describe('P17: guests are welcome', () => {
  it('at meetups that everybody finds, unless the group or the session says otherwise', async () => {
    const circle = await openMeetup()
    const olga = await circle.join('Olga', 'organizer')
    const night = await schedule(circle)
    const set = (guestsWelcome: boolean | null) =>
      olga.api.setGuestsWelcome({ params: { slug: circle.slug }, body: { guestsWelcome } })
    expect(await set(false)).toEqual({ guestsWelcome: false, welcomes: false, possible: true })
    expect((await night.page()).session).toMatchObject({ takesGuests: false })
    await expect(night.ask()).rejects.toMatchObject({ code: 'not-allowed' })
    await circle.ada.api.changeSession({ params: { sessionId: night.id }, body: { guestsWelcome: true } })
    expect(await night.ask()).toEqual({})
    await circle.ada.api.changeSession({ params: { sessionId: night.id }, body: { guestsWelcome: null } })
    const params = { token: await tokenOf(circle, NIA.email, 'guest') }
    await expect(circle.stranger().api.confirmGuest({ params, body: {} })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    expect(await set(null)).toMatchObject({ welcomes: true })
    // What was refused used nothing up.
    await circle.stranger().api.confirmGuest({ params, body: {} })

    const setting = { params: { slug: circle.slug }, body: { guestsWelcome: true } }
    await expect(circle.ada.api.setGuestsWelcome(setting)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(circle.zoe.api.setGuestsWelcome(setting)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('at unlisted groups that say so, and never at private ones', async () => {
    const unlisted = await openMeetup({ visibility: 'unlisted' })
    const hidden = await schedule(unlisted)
    await expect(hidden.ask()).rejects.toMatchObject({ code: 'not-allowed' })
    await unlisted.ada.api.changeSession({ params: { sessionId: hidden.id }, body: { guestsWelcome: true } })
    expect(await hidden.ask()).toEqual({})

    const secret = await openCircle({ guestsWelcome: true })
    const inside = await schedule(secret, { guestsWelcome: true })
    await expect(inside.ask()).rejects.toMatchObject({ code: 'not-found' })
    await expect(secret.zoe.api.comeAsGuest({ params: inside.params, body: {} })).rejects.toMatchObject({
      code: 'not-found',
    })
    // An id of one group under the address of another is like one that never was.
    const params = { slug: unlisted.slug, sessionId: inside.id }
    await expect(unlisted.stranger().api.askAsGuest({ params, body: NIA })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('until it begins; a link that waited too long opens nothing', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await night.ask()
    const params = { token: await tokenOf(circle, NIA.email, 'guest') }
    circle.pass({ hours: 24 })
    await expect(circle.stranger().api.confirmGuest({ params, body: {} })).rejects.toMatchObject({
      code: 'link-used-up',
    })
    await night.ask()
    circle.pass({ hours: 32 })
    expect((await night.page()).session).toMatchObject({ takesGuests: false })
    await expect(night.ask()).rejects.toMatchObject({ code: 'conflict' })
    const late = { token: await tokenOf(circle, NIA.email, 'guest') }
    await expect(circle.stranger().api.confirmGuest({ params: late, body: {} })).rejects.toMatchObject({
      code: 'link-used-up',
    })
    expect(await circle.house.db.select().from(sessionGuests)).toEqual([])
  })

  it('but not somebody whom an organizer removed, from the group or from the list', async () => {
    const circle = await openMeetup()
    const olga = await circle.join('Olga', 'organizer')
    const night = await schedule(circle)
    await olga.api.removeMember({
      params: { slug: circle.slug, accountId: circle.ben.id },
      body: { reason: 'We agreed on it.' },
    })
    await expect(circle.ben.api.comeAsGuest({ params: night.params, body: {} })).rejects.toMatchObject({
      code: 'not-allowed',
    })

    const token = await comeAs(circle, night)
    const [guest] = await circle.house.db.select().from(sessionGuests)
    const remove = (by: TestPerson) =>
      by.api.removeGuest({ params: { sessionId: night.id, accountId: guest?.accountId ?? '' }, body: {} })
    await expect(remove(circle.cleo)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(remove(circle.zoe)).rejects.toMatchObject({ code: 'not-found' })
    await remove(circle.ada)
    await expect(remove(circle.ada)).rejects.toMatchObject({ code: 'not-found' })
    expect((await newestTo(circle, NIA.email))?.subject).toContain('not expected any more')
    expect((await night.see(circle.ada)).people.some(({ name }) => name === 'Nia')).toBe(false)
    await expect(circle.stranger().api.readRsvpLink({ params: { token } })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(comeAs(circle, night)).rejects.toMatchObject({ code: 'not-allowed' })
  })

  it('hear a sentence when something is wrong, and nothing is half-done', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    const wrong = [
      { name: '', email: NIA.email },
      { name: '   ', email: NIA.email },
      { name: 'Nia', email: 'nia' },
      { name: 'N'.repeat(81), email: NIA.email },
    ]
    for (const guest of wrong)
      await expect(night.ask(guest), guest.email).rejects.toMatchObject({ code: 'invalid' })
    // No name adds a line to the head of a mail.
    await night.ask({ name: 'Nia\r\nBcc: all@example.org', email: NIA.email })
    expect((await newestTo(circle, NIA.email))?.subject).not.toMatch(/[\r\n]/)
    expect(await circle.house.db.select().from(guestRequests)).toHaveLength(1)
    const answers = await circle.house.db
      .select()
      .from(rsvps)
      .where(and(eq(rsvps.sessionId, night.id)))
    expect(answers.map(({ accountId }) => accountId)).toEqual([circle.ada.id])
    await circle.house.db.update(sessions).set({ status: 'cancelled' }).where(eq(sessions.id, night.id))
    await expect(night.ask()).rejects.toMatchObject({
      code: 'conflict',
      message: 'This session was cancelled.',
    })
  })

  it('are mailed a few links a day, whatever address somebody types', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    Object.assign(circle.house.config, { limits: true })
    for (let times = 0; times < 6; times += 1) await night.ask()
    await expect(night.ask()).rejects.toMatchObject({ code: 'too-many' })
    expect(await night.ask({ name: 'Omar', email: 'omar@example.net' })).toEqual({})
    circle.pass({ hours: 25 })
    expect(await night.ask()).toEqual({})
  })

  it('confirming twice at once takes one place', async () => {
    const circle = await openMeetup()
    const night = await schedule(circle)
    await night.ask()
    const params = { token: await tokenOf(circle, NIA.email, 'guest') }
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => circle.stranger().api.confirmGuest({ params, body: {} })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await night.see(circle.ada)).toMatchObject({ coming: 2 })
  })
})

/** With a cookie, as if they had used a sign-in link. */
async function signedInByMail(circle: Circle, email: string): Promise<TestPerson> {
  const link = /\/mail-link\/([\w-]+)/.exec((await newestTo(circle, email))?.text ?? '')?.[1] ?? ''
  const answer = await circle
    .stranger()
    .request({ method: 'POST', url: `/api/mail-links/${link}`, payload: {} })
  const [account] = await circle.house.db.select().from(accounts).where(eq(accounts.email, email))
  return circle.withCookie(account?.id ?? '', email, String(answer.headers['set-cookie']).split(';')[0] ?? '')
}

async function signedInAs(circle: Circle, email: string): Promise<TestPerson> {
  await circle.stranger().api.mailSignInLink({ body: { email } })
  return signedInByMail(circle, email)
}
