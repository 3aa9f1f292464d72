import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  answers,
  attendances,
  blocks,
  commitments,
  memberships,
  posts,
  rsvps,
  sessions,
  threads,
  turns,
} from '#db/schema.ts'
import { mailWrapUp } from '#server/wrap-ups/mail-wrap-up.ts'
import { planMinutes } from '#shared/session-plan.ts'
import type { BlockDraft, Session, SessionDraft } from '#shared/sessions.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const schedule = (circle: Circle, draft: Partial<SessionDraft> = {}, who: TestPerson = circle.ada) =>
  who.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), templateId: 'kickoff', startsLocal: '2026-11-24T17:30', ...draft },
  })

const drafts = (session: Session): BlockDraft[] =>
  session.blocks.map((block) => ({ ...block, notes: block.notes ?? '' }))

const block = (more: Partial<BlockDraft> = {}): BlockDraft => ({
  id: randomUUID(),
  kind: 'discuss',
  title: 'Talk it through',
  minutes: 10,
  prompt: 'What fits?',
  notes: 'Wait longer than feels right.',
  options: {},
  ...more,
})

const notFound = { code: 'not-found' }
const notAllowed = { code: 'not-allowed' }

describe('scheduling', () => {
  it('copies the template, and asks everybody but its maker by mail', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)

    expect(session).toMatchObject({
      title: 'Kickoff',
      status: 'scheduled',
      startsAt: '2026-11-24T16:30:00.000Z',
      startsLocal: '2026-11-24T17:30',
      room: 'Room Elbe',
      facilitator: { name: 'Ada' },
      mine: 'coming',
      coming: 1,
    })
    expect(session.blocks.length).toBeGreaterThan(3)
    expect(session.blocks[0]?.notes).toBeTruthy()

    const letters = await circle.mail()
    expect(letters.map(({ to }) => to).sort()).toEqual([circle.ben.email, circle.cleo.email].sort())
    expect(letters[0]?.subject).toBe('Kickoff, Tuesday 24 November 2026: are you coming?')
    expect(letters[0]?.text).toContain('17:30 to')
    expect(letters[0]?.text).toContain('(Europe/Berlin)')
    expect(letters[0]?.text).toContain(`/groups/${circle.slug}/sessions/${session.id}`)
  })

  it('is for facilitators; a member is refused and a stranger hears of no group', async () => {
    const circle = await openCircle()
    await expect(schedule(circle, {}, circle.ben)).rejects.toMatchObject(notAllowed)
    await expect(schedule(circle, {}, circle.zoe)).rejects.toMatchObject(notFound)
    await expect(schedule(circle, {}, circle.stranger())).rejects.toMatchObject({ code: 'not-signed-in' })
  })

  it('happens once, however often it is sent', async () => {
    const circle = await openCircle()
    const id = randomUUID()
    const first = await schedule(circle, { id })
    expect(await schedule(circle, { id })).toEqual(first)
    expect(await circle.mail()).toHaveLength(2)
  })

  it('makes a session of an episode: its chapters become the middle of the plan', async () => {
    const circle = await openCircle()
    const episodeId = await circle.addEpisode()
    const session = await schedule(circle, { templateId: undefined, episodeId, minutes: 60 })

    expect(session).toMatchObject({ title: 'Influence at any level', episode: { id: episodeId } })
    expect(planMinutes(session.blocks)).toBe(60)
    const talks = session.blocks.filter(({ options }) => options.part)
    expect(talks.length).toBeGreaterThan(1)
    expect(talks[0]).toMatchObject({ kind: 'discuss', options: { part: { start: 0 } } })
    expect(talks.map(({ prompt }) => prompt).join(' ')).toContain('Asking for help')
    expect(session.blocks.some(({ kind }) => kind === 'write')).toBe(true)
    expect(session.preparation).toContain('The episode: “Influence at any level” (40 minutes).')
  })

  it('says what to do when something is wrong with it', async () => {
    const circle = await openCircle()
    const wrong = async (draft: Partial<SessionDraft>) =>
      schedule(circle, draft).then(
        () => '',
        (no: Error) => no.message,
      )

    expect(await wrong({ startsLocal: '2026-11-20T17:30' })).toMatch(/passed already/)
    expect(await wrong({ startsLocal: '2026-02-30T17:30' })).toMatch(/Choose a day that exists/)
    expect(await wrong({ startsLocal: undefined })).toMatch(/Say when/)
    expect(await wrong({ templateId: 'no-such-template' })).toMatch(/not in the guide/)
    expect(await wrong({ templateId: undefined })).toMatch(/Give the session a title/)
    expect(await wrong({ episodeId: randomUUID() })).toMatch(/no such episode/)
    expect(await wrong({ minutes: 4 })).toMatch(/at least 5/)
    expect(await wrong({ minutes: 481 })).toMatch(/at most 480/)
    expect(await wrong({ title: 'x'.repeat(201) })).toMatch(/at most 200 characters.*201/)
    expect(await wrong({ title: 'Nul\u0000' })).toMatch(/can use/)
    expect(await wrong({ onlineLink: 'javascript:alert(1)' })).toMatch(/whole address/)
  })

  it('refuses an episode of another group', async () => {
    const [circle, other] = [await openCircle(), await openCircle()]
    const episodeId = await other.addEpisode()
    await expect(schedule(circle, { episodeId })).rejects.toThrow(/no such episode/)
  })

  it('knows the zone of its group across daylight saving, and says when the zone is unknown', async () => {
    const circle = await openCircle({ zone: 'America/New_York' })
    const winter = await schedule(circle, { startsLocal: '2027-03-09T18:00' })
    const summer = await schedule(circle, { startsLocal: '2027-03-16T18:00' })
    expect(winter.startsAt).toBe('2027-03-09T23:00:00.000Z')
    expect(summer.startsAt).toBe('2027-03-16T22:00:00.000Z')

    const lost = await openCircle({ zone: 'Mars/Olympus' })
    await expect(schedule(lost)).rejects.toThrow(/not a day and time of Mars\/Olympus/)
  })

  it('suggests the next day by the rhythm and the next step of the programme', async () => {
    const circle = await openCircle({ programmeId: 'first-company-circle', rhythm: 'fortnightly' })
    const params = { slug: circle.slug }
    expect((await circle.ada.api.listSessions({ params })).suggested).toMatchObject({
      startsLocal: '2026-11-29T18:00',
    })
    const first = await schedule(circle)
    const { sessions: listed, suggested, zone } = await circle.ben.api.listSessions({ params })
    expect(suggested.startsLocal).toBe('2026-12-08T17:30')
    expect(zone).toBe('Europe/Berlin')
    expect(listed).toHaveLength(1)
    expect(listed[0]).toMatchObject({ id: first.id, coming: 1, mine: null })
    await expect(circle.zoe.api.listSessions({ params })).rejects.toMatchObject(notFound)
  })
})

describe('a session', () => {
  it('is open to members, without the facilitator’s notes; to strangers it does not exist', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const answer = await circle.ben.request({ url: `/api/sessions/${sessionId}` })

    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain('"notes"')
    const seen = answer.json<Session>()
    expect(seen).toMatchObject({ runs: false, mine: null })
    expect(seen.people.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cleo'])
    await expect(circle.zoe.api.getSession({ params: { sessionId } })).rejects.toMatchObject(notFound)
    await expect(circle.ada.api.getSession({ params: { sessionId: randomUUID() } })).rejects.toMatchObject(
      notFound,
    )
    await expect(circle.ada.api.getSession({ params: { sessionId: 'none' } })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('moves, and everybody hears where to', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const params = { sessionId }
    const moved = await circle.ada.api.changeSession({
      params,
      body: { startsLocal: '2026-11-25T18:00', minutes: 75, room: 'Room Alster' },
    })
    expect(moved).toMatchObject({ startsLocal: '2026-11-25T18:00', endsAt: '2026-11-25T18:15:00.000Z' })
    const letter = (await circle.mail()).findLast(({ to }) => to === circle.ben.email)
    expect(letter?.subject).toBe('Moved: Kickoff, now Wednesday 25 November 2026')
    expect(letter?.text).toContain('Room Alster')

    const before = (await circle.mail()).length
    await circle.ada.api.changeSession({
      params,
      body: { title: 'Our kickoff', preparation: 'Bring a pen.' },
    })
    expect(await circle.mail()).toHaveLength(before)

    await expect(circle.ben.api.changeSession({ params, body: { title: 'Mine' } })).rejects.toMatchObject(
      notAllowed,
    )
    await expect(circle.zoe.api.changeSession({ params, body: { title: 'Mine' } })).rejects.toMatchObject(
      notFound,
    )
    await expect(
      circle.ada.api.changeSession({ params, body: { startsLocal: '2026-11-01T18:00' } }),
    ).rejects.toThrow(/passed already/)
    await expect(
      circle.ada.api.changeSession({ params, body: { facilitatorId: circle.ben.id } }),
    ).rejects.toThrow(/Ben needs the role of a facilitator/)
    await expect(
      circle.ada.api.changeSession({ params, body: { timekeeperId: circle.zoe.id } }),
    ).rejects.toThrow(/somebody who is in the group/)
  })

  it('is cancelled with a reason that everybody hears, once', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const params = { sessionId }
    const reason = 'Half of us are ill.'
    await expect(circle.ben.api.cancelSession({ params, body: { reason } })).rejects.toMatchObject(notAllowed)
    await expect(circle.zoe.api.cancelSession({ params, body: { reason } })).rejects.toMatchObject(notFound)
    await expect(circle.ada.api.cancelSession({ params, body: { reason: ' ' } })).rejects.toThrow()

    await circle.ada.api.cancelSession({ params, body: { reason } })
    await circle.ada.api.cancelSession({ params, body: { reason } })
    expect(await circle.ben.api.getSession({ params })).toMatchObject({
      status: 'cancelled',
      cancelReason: reason,
    })
    const letters = (await circle.mail()).filter(({ subject }) => subject.startsWith('Cancelled'))
    expect(letters).toHaveLength(2)
    expect(letters[0]?.text).toContain(reason)
    await expect(circle.ben.api.answerRsvp({ params, body: { answer: 'coming' } })).rejects.toThrow(
      /cancelled/,
    )
    await expect(circle.ada.api.changeSession({ params, body: { title: 'On' } })).rejects.toThrow(/new one/)
  })

  it('knows who is coming; the last word counts', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const params = { sessionId }
    await circle.ben.api.answerRsvp({ params, body: { answer: 'coming' } })
    const seen = await circle.ben.api.answerRsvp({ params, body: { answer: 'not-coming' } })
    expect(seen).toMatchObject({ mine: 'not-coming', coming: 1, notComing: 1 })
    await expect(circle.zoe.api.answerRsvp({ params, body: { answer: 'coming' } })).rejects.toMatchObject(
      notFound,
    )
  })

  it('has one timekeeper, who may give the clock back', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const params = { sessionId }
    const clock = { ...params, duty: 'timekeeper' as const }
    const kept = await circle.ben.api.takeDuty({ params: clock, body: { takes: true } })
    expect(kept.timekeeper).toMatchObject({ name: 'Ben' })
    await expect(circle.cleo.api.takeDuty({ params: clock, body: { takes: true } })).rejects.toThrow(
      'Ben keeps time already.',
    )
    await circle.cleo.api.takeDuty({ params: clock, body: { takes: false } })
    expect((await circle.ada.api.getSession({ params })).timekeeper).toMatchObject({ name: 'Ben' })
    expect((await circle.ben.api.takeDuty({ params: clock, body: { takes: false } })).timekeeper).toBeNull()
    await expect(circle.zoe.api.takeDuty({ params: clock, body: { takes: true } })).rejects.toMatchObject(
      notFound,
    )
  })

  it('has attendance that a facilitator corrects, not before it begins, but long afterwards', async () => {
    const circle = await openCircle()
    const { id: sessionId } = await schedule(circle)
    const params = { sessionId, accountId: circle.ben.id }
    await expect(circle.ada.api.setAttendance({ params, body: { present: true } })).rejects.toThrow(
      /not begun/,
    )
    circle.pass({ days: 30 })
    await circle.house.db.update(sessions).set({ status: 'wrapped-up', wrappedUpAt: circle.house.now() })
    const there = await circle.ada.api.setAttendance({ params, body: { present: true } })
    expect(there).toMatchObject({ present: 1 })
    expect(await circle.ada.api.setAttendance({ params, body: { present: false } })).toMatchObject({
      present: 0,
    })
    await expect(circle.ben.api.setAttendance({ params, body: { present: true } })).rejects.toMatchObject(
      notAllowed,
    )
    await expect(circle.zoe.api.setAttendance({ params, body: { present: true } })).rejects.toMatchObject(
      notFound,
    )
    await expect(
      circle.ada.api.setAttendance({
        params: { sessionId, accountId: circle.zoe.id },
        body: { present: true },
      }),
    ).rejects.toMatchObject(notFound)
  })
})

describe('a plan', () => {
  it('is saved whole: reordered, changed, shortened, added to', async () => {
    const circle = await openCircle()
    const session = await schedule(circle, { minutes: 90 })
    const params = { sessionId: session.id }
    const [first, second, ...rest] = drafts(session)
    if (!first || !second) throw new Error('no blocks')
    const plan = [second, { ...first, minutes: 3 }, block(), ...rest.slice(0, 2)]
    const saved = await circle.ada.api.replacePlan({
      params,
      body: { blocks: plan, basedOn: session.planVersion },
    })

    expect(saved.blocks).toEqual(plan)
    expect(saved.planVersion).not.toBe(session.planVersion)
    // The same again is a retry, though it is based on what was there before.
    await circle.ada.api.replacePlan({ params, body: { blocks: plan, basedOn: session.planVersion } })
  })

  it('is never saved over what somebody else saved meanwhile', async () => {
    const circle = await openCircle()
    const otto = await circle.join('Otto', 'organizer')
    const session = await schedule(circle, { minutes: 90 })
    const params = { sessionId: session.id }
    await otto.api.replacePlan({ params, body: { blocks: [block()], basedOn: session.planVersion } })
    await expect(
      circle.ada.api.replacePlan({ params, body: { blocks: [block()], basedOn: session.planVersion } }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'basedOn' })
  })

  it('does not get longer than its session', async () => {
    const circle = await openCircle()
    const session = await schedule(circle, { minutes: 60 })
    const save = (blocksToSave: BlockDraft[], who = circle.ada) =>
      who.api.replacePlan({
        params: { sessionId: session.id },
        body: { blocks: blocksToSave, basedOn: session.planVersion },
      })
    await expect(save([block({ minutes: 65 })])).rejects.toThrow(
      'The plan takes 65 minutes, the session has 60: take out 5, or let the session end later.',
    )
    await expect(save([block({ minutes: 241 })])).rejects.toThrow(/at most 240/)
    await expect(save([block({ minutes: 0 })])).rejects.toThrow(/at least 1/)
    await expect(save(Array.from({ length: 31 }, () => block({ minutes: 1 })))).rejects.toThrow(/at most 30/)
    await expect(save([block({ prompt: 'x'.repeat(2001) })])).rejects.toThrow(/at most 2,000 characters/)
    const twice = block()
    await expect(save([twice, twice])).rejects.toThrow(/twice/)
    await expect(save([block({ options: { roles: ['Nul\u0000'] } })])).rejects.toThrow(/can’t be kept/)
    await expect(save([block()], circle.ben)).rejects.toMatchObject(notAllowed)
    await expect(save([block()], circle.zoe)).rejects.toMatchObject(notFound)
  })

  it('cannot take over a block of another session', async () => {
    const circle = await openCircle()
    const [one, other] = [await schedule(circle), await schedule(circle)]
    await expect(
      circle.ada.api.replacePlan({
        params: { sessionId: one.id },
        body: { blocks: drafts(other).slice(0, 1), basedOn: one.planVersion },
      }),
    ).rejects.toThrow(/belongs elsewhere/)
    expect((await circle.ada.api.getSession({ params: { sessionId: one.id } })).blocks).toEqual(one.blocks)
  })

  it('stays as it is once the session has begun', async () => {
    const circle = await openCircle()
    const session = await schedule(circle)
    await circle.house.db.update(sessions).set({ status: 'live' })
    await expect(
      circle.ada.api.replacePlan({
        params: { sessionId: session.id },
        body: { blocks: [block()], basedOn: session.planVersion },
      }),
    ).rejects.toThrow(/has begun/)
  })

  it('takes up open questions of the episode, and whoever reads along sees it', async () => {
    const circle = await openCircle()
    const { db } = circle.house
    const episodeId = await circle.addEpisode()
    const session = await schedule(circle, { templateId: undefined, episodeId, minutes: 90 })
    const params = { sessionId: session.id }
    const threadId = randomUUID()
    const anchor = {
      quote: 'ask',
      prefix: '',
      suffix: '',
      speaker: null,
      start: 12,
      end: null,
      chapter: null,
    }
    await db.insert(threads).values({
      id: threadId,
      groupId: circle.groupId,
      roomId: episodeId,
      episodeId,
      anchor,
      question: 'open',
    })
    await db.insert(posts).values({
      groupId: circle.groupId,
      threadId,
      number: 1,
      accountId: circle.ben.id,
      body: 'Does this work upwards?',
      postedAt: circle.house.now(),
    })

    expect((await circle.ben.api.getSession({ params })).openQuestions).toBe(1)
    expect(await circle.ada.api.listOpenQuestions({ params })).toEqual([
      { threadId, question: 'Does this work upwards?', start: 12 },
    ])
    await expect(circle.zoe.api.listOpenQuestions({ params })).rejects.toMatchObject(notFound)

    const position = (await circle.ada.api.getDiscussion({ params: { slug: circle.slug, episodeId } }))
      .position
    const heard = await circle.ben.follow(episodeId, position)
    await circle.ada.api.replacePlan({
      params,
      body: { blocks: [block()], basedOn: session.planVersion, planned: [threadId, randomUUID()] },
    })
    await heard.until('question-set')
    expect(heard.events()).toMatchObject([{ type: 'question-set', threadId, question: 'planned' }])
    expect((await circle.ada.api.getSession({ params })).openQuestions).toBe(0)
  })
})

describe('a wrap-up', () => {
  /** A session that is over: one block revealed, one not; Ada and Ben were there, and Ben promised something. */
  async function openOver() {
    const circle = await openCircle()
    const { db } = circle.house
    const session = await schedule(circle, { minutes: 60 })
    const { groupId } = circle
    const [shown, hidden] = [
      block({ kind: 'write', title: 'A leader' }),
      block({ kind: 'write', title: 'Alone' }),
    ]
    await circle.ada.api.replacePlan({
      params: { sessionId: session.id },
      body: { blocks: [shown, hidden], basedOn: session.planVersion },
    })
    circle.pass({ days: 3 })
    const now = circle.house.now()
    await db
      .update(blocks)
      .set({
        ...{ startedAt: now, endedAt: new Date(now.getTime() + 12 * 60_000), revealedAt: now },
        ranFor: 12 * 60_000,
      })
      .where(eq(blocks.id, shown.id))
    for (const [blockId, body] of [
      [shown.id, 'My first boss'],
      [hidden.id, 'SECRET'],
    ] as const) {
      await db
        .insert(answers)
        .values({ groupId, blockId, accountId: circle.ben.id, body, revision: 1, writtenAt: now })
    }
    const sessionId = session.id
    for (const { id: accountId } of [circle.ada, circle.ben]) {
      await db.insert(attendances).values({ groupId, sessionId, accountId, noticed: 'room', arrivedAt: now })
    }
    await db.insert(commitments).values({
      groupId,
      sessionId,
      accountId: circle.ben.id,
      cue: 'my manager asks for a date',
      action: 'ask what it is for',
      due: '2026-12-01',
      madeAt: now,
    })
    await db.insert(turns).values([
      { groupId, sessionId, accountId: circle.ben.id, askedAt: now, beganAt: now, endedAt: now },
      { groupId, sessionId, accountId: circle.ada.id, askedAt: now },
    ])
    return { circle, sessionId, params: { sessionId } }
  }

  it('appears when the session is over: who was there, what was revealed, what was promised', async () => {
    const { circle, params } = await openOver()
    await expect(circle.ben.api.getWrapUp({ params })).rejects.toThrow(/not over yet/)
    await circle.house.db.update(sessions).set({ status: 'wrapped-up', wrappedUpAt: circle.house.now() })

    const answer = await circle.ben.request({ url: `/api/sessions/${params.sessionId}/wrap-up` })
    expect(answer.body).not.toContain('SECRET')
    expect(answer.json()).toMatchObject({
      runs: false,
      present: [{ name: 'Ada' }, { name: 'Ben' }],
      absent: [{ name: 'Cleo' }],
      blocks: [
        { title: 'A leader', minutes: 10, took: 12, answers: [{ name: 'Ben', body: 'My first boss' }] },
        { title: 'Alone', took: null, answers: [] },
      ],
      commitments: [{ name: 'Ben', cue: 'my manager asks for a date', status: 'open' }],
    })
    expect(answer.json()).not.toHaveProperty('turns')
    expect((await circle.ada.api.getWrapUp({ params })).turns).toMatchObject([
      { name: 'Ben', turns: 1 },
      { name: 'Ada', turns: 0 },
    ])
    await expect(circle.zoe.api.getWrapUp({ params })).rejects.toMatchObject(notFound)
  })

  it('comes by mail to each once, their own promise first, and never with what was not revealed', async () => {
    const { circle, sessionId } = await openOver()
    const { house } = circle
    // Ben leaves before the end; he was there, so he gets it too, without a link that is closed to him.
    await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, circle.ben.id))
    await house.db.transaction((tx) => mailWrapUp(house, tx, sessionId))

    const letters = (await circle.mail()).filter(({ subject }) => subject.startsWith('Wrap-up: Kickoff'))
    expect(letters.map(({ to }) => to).sort()).toEqual(
      [circle.ada.email, circle.ben.email, circle.cleo.email].sort(),
    )
    const [ben, cleo] = [circle.ben, circle.cleo].map(
      ({ email }) => letters.find(({ to }) => to === email)?.text ?? '',
    )
    expect(ben).toMatch(
      /^You said:\nIf my manager asks for a date, then I will ask what it is for, by Tuesday 1 Dec/,
    )
    expect(ben).not.toContain('http')
    expect(cleo).toContain('You were missed')
    expect(cleo).toContain('There: Ada and Ben.')
    expect(cleo).toContain('A leader:\nBen: My first boss')
    expect(cleo).toContain('Ben: If my manager asks')
    expect(cleo).toContain('/wrap-up')
    expect(letters.map(({ text }) => text).join()).not.toContain('SECRET')
  })
})

it('expects nobody any more who left or was removed, not even as facilitator, when they come back', async () => {
  const circle = await openCircle()
  const olga = await circle.join('Olga', 'organizer')
  const session = await schedule(circle)
  const params = { sessionId: session.id }
  for (const { api } of [circle.ben, circle.cleo])
    await api.answerRsvp({ params, body: { answer: 'coming' } })
  expect(await olga.api.getSession({ params })).toMatchObject({ coming: 3, facilitator: { name: 'Ada' } })

  await circle.ben.api.leaveGroup({ params: circle, body: {} })
  const ada = { slug: circle.slug, accountId: circle.ada.id }
  await olga.api.removeMember({ params: ada, body: { reason: 'Moved to another site.' } })

  expect(await olga.api.getSession({ params })).toMatchObject({ coming: 1, facilitator: null })
  await circle.house.db.update(memberships).set({ status: 'active' })
  expect(await olga.api.getSession({ params })).toMatchObject({ coming: 1 })
})

it('forgets nobody: whoever was there and left is still counted', async () => {
  const circle = await openCircle()
  const { id: sessionId } = await schedule(circle)
  const { db } = circle.house
  await db.insert(attendances).values({
    groupId: circle.groupId,
    sessionId,
    accountId: circle.ben.id,
    noticed: 'room',
    arrivedAt: circle.house.now(),
  })
  await circle.ben.api.answerRsvp({ params: { sessionId }, body: { answer: 'coming' } })
  await db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, circle.ben.id))
  const seen = await circle.ada.api.getSession({ params: { sessionId } })
  expect(seen.people.find(({ name }) => name === 'Ben')).toMatchObject({ present: true, member: false })
  expect(seen).toMatchObject({ present: 1, coming: 1 })
  expect(await db.$count(rsvps, eq(rsvps.sessionId, sessionId))).toBe(2)
})
