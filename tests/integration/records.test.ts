import { expect, it } from 'vitest'
import { canariesIn, canary, openWorld } from '#tests/privacy-world.ts'

it('gives an organizer the roster and who was there as tables, without addresses', async () => {
  const world = await openWorld()
  const { organizer, member } = world.people
  const params = { slug: world.slug }
  await member.api.changeMe({ body: { name: '=1+1' } })
  await member.api.answerRsvp({ params: { sessionId: world.nextId }, body: { answer: 'not-coming' } })

  const roster = (await organizer.api.exportRoster({ params })).split('\r\n')
  expect(roster[0]).toBe('Name,Role,Status,Since,Sessions attended,Last attended')
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date())
  expect(roster).toContain(`'=1+1,member,active,${today},2,2026-11-23`)
  expect(roster.at(-2)).toMatch(/waitlisted,\d{4}-\d\d-\d\d,0,$/)
  expect(roster.join()).not.toContain('@')

  const attendance = (await organizer.api.exportAttendance({ params })).split('\r\n')
  expect(attendance[0]).toBe('Session,Starts (Europe/Berlin),Status,Name,Answer,Was there,Guest')
  expect(attendance).toContain(`${canary('past title')},2026-11-22 12:00,wrapped-up,'=1+1,no answer,yes,`)
  expect(attendance).toContain(`${canary('next title')},2026-11-24 12:00,scheduled,'=1+1,not coming,,`)
  expect(attendance.some((line) => line.includes(canary('name removed')))).toBe(true)
  expect(canariesIn(attendance.join()).filter((word) => /answer|cue|notes|mail/.test(word))).toEqual([])

  const file = await organizer.request({ url: `/api/groups/${world.slug}/members.csv` })
  expect(file.rawPayload.subarray(0, 3).toString('hex')).toBe('efbbbf')
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${world.slug}-members.csv"`,
  })
})

it('gives them to organizers only', async () => {
  const { people, slug } = await openWorld()
  for (const call of ['exportRoster', 'exportAttendance'] as const) {
    for (const who of ['member', 'facilitator'] as const)
      await expect(people[who].api[call]({ params: { slug } })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(people.stranger.api[call]({ params: { slug } })).rejects.toMatchObject({ code: 'not-found' })
  }
})
