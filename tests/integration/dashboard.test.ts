import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { attendances, commitments, memberships, posts, sessions, threads, turns } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const schedule = (
  circle: Circle,
  startsLocal: string,
  more: { templateId?: string; episodeId?: string } = {},
) =>
  circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), templateId: 'kickoff', startsLocal, ...more },
  })

/** Holds a session that was scheduled: these people were there, and these had so many turns. */
async function hold(
  circle: Circle,
  sessionId: string,
  there: TestPerson[],
  spoke: [TestPerson, number][] = [],
) {
  const { db } = circle.house
  const now = circle.house.now()
  const { groupId } = circle
  await db
    .update(sessions)
    .set({ status: 'wrapped-up', openedAt: now, wrappedUpAt: now })
    .where(eq(sessions.id, sessionId))
  for (const { id: accountId } of there)
    await db.insert(attendances).values({ groupId, sessionId, accountId, noticed: 'room', arrivedAt: now })
  for (const [{ id: accountId }, times] of spoke)
    for (let time = 0; time < times; time += 1)
      await db
        .insert(turns)
        .values({ groupId, sessionId, accountId, askedAt: now, beganAt: now, endedAt: now })
}

const promise = (circle: Circle, sessionId: string, who: TestPerson, more = {}) =>
  circle.house.db.insert(commitments).values({
    groupId: circle.groupId,
    sessionId,
    accountId: who.id,
    cue: 'the negotiation starts',
    action: 'ask to sit in on one',
    madeAt: circle.house.now(),
    ...more,
  })

const look = (circle: Circle, who = circle.ada) => who.api.getDashboard({ params: { slug: circle.slug } })

it('is for facilitators; a member is refused and a stranger hears of no group', async () => {
  const circle = await openCircle()
  const params = { slug: circle.slug }
  const body = { suggestion: 'schedule' }
  await expect(look(circle, circle.ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(look(circle, circle.zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(circle.ben.api.putOffSuggestion({ params, body })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(circle.zoe.api.putOffSuggestion({ params, body })).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    circle.ada.api.putOffSuggestion({ params, body: { suggestion: 'x'.repeat(61) } }),
  ).rejects.toMatchObject({ code: 'invalid' })
})

it('begins empty, and asks for a date', async () => {
  const circle = await openCircle({ programmeId: 'first-company-circle' })
  expect(await look(circle)).toMatchObject({
    next: null,
    heard: null,
    attendance: [],
    members: 3,
    now: { id: 'schedule', detail: 'By your rhythm the next one would be on Sunday 29 November 2026.' },
    commitments: { done: 0, open: 0, averageDays: null },
  })
})

it('puts off what is not for now, for a week, for the one who said so', async () => {
  const circle = await openCircle()
  const olga = await circle.join('Olga', 'organizer')
  const after = await circle.ada.api.putOffSuggestion({
    params: { slug: circle.slug },
    body: { suggestion: 'schedule' },
  })
  expect(after.now).toBeNull()
  expect((await look(circle, olga)).now?.id).toBe('schedule')
  circle.pass({ days: 8 })
  expect((await look(circle)).now?.id).toBe('schedule')
})

it('shows the next session with what it still needs', async () => {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  const session = await schedule(circle, '2026-11-24T17:30', { episodeId })
  const threadId = randomUUID()
  const { db } = circle.house
  const anchor = { quote: '', prefix: '', suffix: '', speaker: null, start: 1, end: null, chapter: null }
  await db
    .insert(threads)
    .values({ id: threadId, groupId: circle.groupId, roomId: episodeId, episodeId, anchor, question: 'open' })
  await db
    .insert(posts)
    .values({ groupId: circle.groupId, threadId, number: 1, body: 'Why?', postedAt: circle.house.now() })

  const { next, now } = await look(circle)
  expect(next).toMatchObject({ id: session.id, where: 'Room Elbe', episode: 'Influence at any level' })
  expect(next?.readiness.map(({ id, ready }) => [id, ready])).toEqual([
    ['plan', true],
    ['coming', false],
    ['questions', false],
    ['timekeeper', false],
    ['duties', false],
  ])
  expect(next?.readiness[3]?.action?.label).toBe('Ask Ben (least often so far)')
  expect(now?.id).toBe(`questions:${session.id}`)

  await circle.ben.api.answerRsvp({ params: { sessionId: session.id }, body: { answer: 'coming' } })
  await circle.cleo.api.takeDuty({
    params: { sessionId: session.id, duty: 'timekeeper' },
    body: { takes: true },
  })
  const ready = (await look(circle)).next?.readiness ?? []
  expect(ready.map(({ text }) => text)).toContain('2 of 3 are coming')
  expect(ready.map(({ text }) => text)).toContain('Cleo keeps time')
})

it('tells over the weeks who was there, who was heard, what was promised, and who drifts away', async () => {
  const circle = await openCircle({ programmeId: 'first-company-circle' })
  const { ada, ben, cleo } = circle
  const first = await schedule(circle, '2026-11-24T17:30')
  await hold(circle, first.id, [ada, ben, cleo])
  await promise(circle, first.id, cleo)
  await promise(circle, first.id, ben, {
    status: 'done',
    closedAt: new Date(circle.house.now().getTime() + 9 * 86_400_000),
  })
  const second = await schedule(circle, '2026-12-01T17:30')
  await hold(circle, second.id, [ada, ben])
  circle.pass({ days: 14 })
  const third = await schedule(circle, '2026-12-08T17:30')
  await hold(
    circle,
    third.id,
    [ada, ben],
    [
      [ben, 3],
      [ada, 1],
    ],
  )
  const fourth = await schedule(circle, '2026-12-15T17:30')

  const seen = await look(circle)
  expect(seen.attendance.map(({ people, expected }) => [people, expected])).toEqual([
    [3, false],
    [2, false],
    [2, false],
    [1, true],
  ])
  expect(seen.heard).toMatchObject({
    sessionId: third.id,
    people: [
      { name: 'Ben', turns: 3 },
      { name: 'Ada', turns: 1 },
    ],
  })
  expect(seen.commitments).toEqual({ done: 1, partly: 0, open: 1, letGo: 0, averageDays: 9 })
  expect(seen.now).toMatchObject({
    title: 'Cleo has missed two sessions. A short personal line works best.',
    detail: 'The commitment from “Kickoff” is still open: “ask to sit in on one”.',
  })
  expect(seen.now?.action.href).toContain(`mailto:${encodeURIComponent(cleo.email)}`)
  expect(seen.next?.id).toBe(fourth.id)

  // Somebody who joined after that has missed nothing.
  const dora = await circle.join('Dora')
  await circle.house.db
    .update(memberships)
    .set({ joinedAt: circle.house.now() })
    .where(eq(memberships.accountId, dora.id))
  await circle.ada.api.putOffSuggestion({
    params: { slug: circle.slug },
    body: { suggestion: `missed:${cleo.id}` },
  })
  expect((await look(circle)).now?.id).not.toContain('missed')
})

it('asks what became of a session whose room was never opened', async () => {
  const circle = await openCircle()
  const lost = await schedule(circle, '2026-11-24T17:30')
  circle.pass({ days: 3 })
  await schedule(circle, '2026-12-08T17:30')
  expect((await look(circle)).now?.id).toBe(`held:${lost.id}`)
})

it('follows the steps of the programme', async () => {
  const circle = await openCircle({ programmeId: 'first-company-circle' })
  const session = await schedule(circle, '2026-11-24T17:30')
  const { step, programme } = await look(circle)
  expect(session.programmeStep).toBe(0)
  expect(step).toMatchObject({ number: 1 })
  expect(programme).toMatchObject({ done: 0, current: 0 })
  expect(programme?.following).toBeTruthy()
  await hold(circle, session.id, [circle.ada])
  expect((await look(circle)).programme).toMatchObject({ done: 1, current: null })
})
