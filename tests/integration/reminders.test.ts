import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { memberships, rsvps } from '#db/schema.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

/** Tuesday in two weeks, 17:30 of Berlin. */
const schedule = (circle: Circle, startsLocal = '2026-12-08T17:30') =>
  circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), templateId: 'kickoff', minutes: 60, startsLocal },
  })
const remind = (circle: Circle) => circle.runJob('remind-of-sessions')
const answer = (person: TestPerson, sessionId: string, answer: 'coming' | 'not-coming') =>
  person.api.answerRsvp({ params: { sessionId }, body: { answer } })
/** Who has been mailed what since the story began looking. */
async function since(circle: Circle, before: number): Promise<string[]> {
  const names = new Map(
    [circle.ada, circle.ben, circle.cleo, circle.zoe].map(({ email, name }) => [email, name]),
  )
  const sent = (await circle.mail()).slice(before)
  return sent.map(({ to, subject }) => `${names.get(to) ?? to}: ${subject}`).toSorted()
}
const counted = async (circle: Circle) => (await circle.mail()).length

it('a week, a day and an hour before, once each, to who comes or has not answered', async () => {
  const circle = await openCircle()
  const { id } = await schedule(circle)
  await answer(circle.ben, id, 'coming')
  const start = await counted(circle)

  circle.pass({ days: 9, hours: 7, minutes: 29 })
  await remind(circle)
  expect(await since(circle, start)).toEqual([])
  circle.pass({ minutes: 1 })
  await Promise.all([remind(circle), remind(circle)])
  await remind(circle)
  expect(await since(circle, start)).toEqual(
    ['Ada', 'Ben', 'Cleo'].map((name) => `${name}: In a week: Kickoff, Tuesday 8 December 2026`),
  )
  const week = (await circle.mail()).find(
    ({ to, subject }) => to === circle.ben.email && /week/.test(subject),
  )
  expect(week?.text).toContain('Tuesday 8 December 2026, 17:30 to 18:30 (Europe/Berlin)')
  expect(week?.text).toMatch(/The plan:\n- .+, \d+ min\n/)
  expect(week?.text).toContain('I can’t make it:\nhttp')
  expect(week?.text).not.toContain('I’m coming:')

  // One click without signing in, and no more is heard of it.
  const token = /\/rsvp\/([^?\s]+)\?answer=not-coming/.exec(week?.text ?? '')?.[1] ?? ''
  await circle.stranger().api.useRsvpLink({ params: { token }, body: { answer: 'not-coming' } })
  const day = await counted(circle)
  circle.pass({ days: 6 })
  await remind(circle)
  await remind(circle)
  expect(await since(circle, day)).toEqual(['Ada: Tomorrow: Kickoff', 'Cleo: Tomorrow: Kickoff'])

  // An hour before, only who said yes.
  const hour = await counted(circle)
  circle.pass({ hours: 23 })
  await remind(circle)
  expect(await since(circle, hour)).toEqual(['Ada: In an hour: Kickoff'])
  circle.pass({ hours: 2 })
  await remind(circle)
  expect(await counted(circle)).toBe(hour + 1)
})

it('are muted by each for themselves; what moved or was cancelled is told all the same', async () => {
  const circle = await openCircle()
  const { id } = await schedule(circle)
  const { api } = circle.cleo
  expect(await api.getReminders()).toEqual({ muted: [] })
  expect(await api.muteReminders({ body: { muted: ['week', 'hour', 'week'] } })).toEqual({
    muted: ['week', 'hour'],
  })
  expect(await circle.ben.api.getReminders()).toEqual({ muted: [] })
  await expect(circle.stranger().api.getReminders()).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(circle.stranger().api.muteReminders({ body: { muted: [] } })).rejects.toMatchObject({
    code: 'not-signed-in',
  })

  let before = await counted(circle)
  circle.pass({ days: 9, hours: 8 })
  await remind(circle)
  expect((await since(circle, before)).map((line) => line.split(':')[0])).toEqual(['Ada', 'Ben'])

  before = await counted(circle)
  await circle.ada.api.changeSession({ params: { sessionId: id }, body: { startsLocal: '2026-12-09T17:30' } })
  expect((await since(circle, before)).map((line) => line.split(':')[0])).toEqual(['Ben', 'Cleo'])
  await api.muteReminders({ body: { muted: [] } })
  expect(await api.getReminders()).toEqual({ muted: [] })

  // Moved by more than a week it is announced again; told a moment ago, nobody is reminded.
  before = await counted(circle)
  circle.pass({ minutes: 40 })
  await remind(circle)
  expect(await since(circle, before)).toEqual([])
  await circle.ada.api.changeSession({ params: { sessionId: id }, body: { startsLocal: '2026-12-22T17:30' } })
  before = await counted(circle)
  circle.pass({ days: 14 })
  await remind(circle)
  expect((await since(circle, before)).map((line) => line.split(':')[0])).toEqual(['Ada', 'Ben', 'Cleo'])

  before = await counted(circle)
  await circle.ada.api.cancelSession({ params: { sessionId: id }, body: { reason: 'Snow.' } })
  expect(await since(circle, before)).toHaveLength(2)
  before = await counted(circle)
  circle.pass({ days: 6 })
  await remind(circle)
  expect(await since(circle, before)).toEqual([])
})

it('reach nobody who left, who waits for a place, or who was told of it a moment before', async () => {
  const circle = await openCircle()
  const { id } = await schedule(circle)
  await circle.house.db
    .update(memberships)
    .set({ status: 'removed' })
    .where(eq(memberships.accountId, circle.ben.id))
  await circle.house.db.insert(rsvps).values({
    groupId: circle.groupId,
    sessionId: id,
    accountId: circle.cleo.id,
    answer: 'waiting',
    answeredAt: circle.house.now(),
  })
  const before = await counted(circle)
  circle.pass({ days: 9, hours: 8 })
  await remind(circle)
  expect(await since(circle, before)).toEqual(['Ada: In a week: Kickoff, Tuesday 8 December 2026'])

  // Scheduled for tomorrow: the mail that asks is reminder enough.
  await schedule(circle, '2026-12-02T12:00')
  const late = await counted(circle)
  await remind(circle)
  expect(await counted(circle)).toBe(late)
})
