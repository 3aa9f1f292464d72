import { expect, it } from 'vitest'
import { openHouse } from '#tests/house.ts'

const NOTES = 'Ring at “Circle”, the lift is on the left.'

/** Ada's public meetup in Hamburg; Ben is in it, Eve is nobody there. */
async function openMeetup(more: object = {}) {
  const house = await openHouse()
  const [ada, ben] = [await house.person('Ada'), await house.person('Ben')]
  const eve = await house.person('Eve')
  const { slug } = await ada.api.createGroup({
    body: {
      id: crypto.randomUUID(),
      kind: 'meetup',
      name: 'Harbour talks',
      purpose: '',
      visibility: 'public',
      admission: 'open',
      domains: [],
      programmeId: null,
      rhythm: 'weekly',
      zone: 'Europe/Berlin',
      firstSessionAt: null,
      places: 8,
      city: 'Hamburg',
      venue: 'City library',
      address: 'Sand 12',
      accessNotes: NOTES,
      room: null,
      onlineLink: 'https://meet.example.org/harbour',
      ...more,
    },
  })
  const params = { slug }
  await ben.api.joinGroup({ params, body: {} })
  const schedule = (body: object = {}) =>
    ada.api.scheduleSession({
      params,
      body: {
        id: crypto.randomUUID(),
        title: 'An evening',
        minutes: 60,
        startsAt: '2026-11-26T17:00:00Z',
        ...body,
      },
    })
  const mailTo = async (who: typeof ada) =>
    (await house.mail())
      .filter(({ to }) => to === who.email)
      .map(({ subject, text }) => `${subject}\n${text}`)
  return { ...house, ada, ben, eve, slug, params, schedule, mailTo }
}

it('says in the same words where a session is: page, list, mail and calendar', async () => {
  const { ben, params, schedule, mailTo } = await openMeetup()
  const { id, place } = await schedule({ room: 'Room 4' })
  expect(place).toBe('Room 4, City library, Sand 12, Hamburg')
  const session = await ben.api.getSession({ params: { sessionId: id } })
  expect(session).toMatchObject({
    place,
    onlineLink: 'https://meet.example.org/harbour',
    where: { venue: 'City library', address: 'Sand 12', city: 'Hamburg', accessNotes: NOTES },
  })
  expect((await ben.api.listSessions({ params })).sessions[0]?.place).toBe(place)
  const [mail = ''] = await mailTo(ben)
  expect(mail).toContain(`${place}, or online: https://meet.example.org/harbour`)
  expect(mail).toContain(`How to get in: ${NOTES}`)
})

it('says it in the calendar, to members with the link and to strangers without', async () => {
  const { ben, eve, slug, schedule } = await openMeetup()
  await schedule({ room: 'Room 4' })
  const mine = await ben.request({ url: await feedOf(ben) })
  expect(unfold(mine.body)).toContain('LOCATION:Room 4\\, City library\\, Sand 12\\, Hamburg')
  expect(unfold(mine.body)).toContain('https://meet.example.org/harbour')
  expect(mine.body).toMatch(/DTSTART:20261126T170000Z/)

  const everybody = unfold((await eve.request({ url: `/calendar/groups/${slug}.ics` })).body)
  expect(everybody).toContain('LOCATION:City library\\, Sand 12\\, Hamburg')
  expect(everybody).toContain('You can also come online')
  expect(everybody).not.toContain('meet.example.org/harbour')
  expect(everybody).not.toContain('Room 4')
})

it('takes a place of its own for one session, whole, and goes back to the usual one', async () => {
  const { ada, ben, eve, schedule, slug, params, mailTo } = await openMeetup()
  const { id, place } = await schedule({
    venue: 'Bar Nord',
    address: 'Kai 3, Bremen',
    accessNotes: 'Through the yard',
  })
  expect(place).toBe('Bar Nord, Kai 3, Bremen')
  expect((await mailTo(ben)).join()).not.toContain(NOTES)
  const everybody = unfold((await eve.request({ url: `/calendar/groups/${slug}.ics` })).body)
  expect(everybody).toContain('LOCATION:Bar Nord\\, Kai 3\\, Bremen')

  const back = await ada.api.changeSession({
    params: { sessionId: id },
    body: { venue: '', address: ' ', accessNotes: '' },
  })
  expect(back.place).toBe('City library, Sand 12, Hamburg')
  expect((await mailTo(ben)).at(-1)).toMatch(
    /Moved: An evening[^]*City library, Sand 12, Hamburg[^]*Before:[^]*Bar Nord/,
  )
  await expect(
    eve.api.changeSession({ params: { sessionId: id }, body: { venue: 'Elsewhere' } }),
  ).rejects.toMatchObject({ code: 'not-found' })
  expect((await ben.api.listSessions({ params })).sessions[0]?.place).toBe(back.place)
})

it('takes its sessions along when a group meets elsewhere, and tells who would go to the wrong door', async () => {
  const { ada, ben, eve, params, schedule, mailTo } = await openMeetup()
  const usual = await schedule()
  const own = await schedule({ startsAt: '2026-12-03T17:00:00Z', venue: 'Bar Nord' })
  const sequenceIn = async (id: string) =>
    Number(
      new RegExp(`UID:${id}@[^]*?SEQUENCE:(\\d+)`).exec(
        unfold((await ben.request({ url: await feedOf(ben) })).body),
      )?.[1],
    )
  const [before, beforeOwn] = [await sequenceIn(usual.id), await sequenceIn(own.id)]

  await ada.api.changeGroup({ params, body: { venue: 'Town hall', address: 'Markt 1' } })
  expect((await ben.api.getSession({ params: { sessionId: usual.id } })).place).toBe(
    'Town hall, Markt 1, Hamburg',
  )
  expect((await ben.api.getSession({ params: { sessionId: own.id } })).place).toBe('Bar Nord')
  expect(await sequenceIn(usual.id)).toBe(before + 1)
  expect(await sequenceIn(own.id)).toBe(beforeOwn)
  expect((await mailTo(ben)).at(-1)).toMatch(/meets elsewhere from now on[^]*Town hall, Markt 1, Hamburg/)
  expect(await mailTo(eve)).toEqual([])

  const count = (await mailTo(ben)).length
  await ada.api.changeGroup({ params, body: { venue: 'Town hall', purpose: 'Talk' } })
  expect(await mailTo(ben)).toHaveLength(count)
})

it('P15: tells where a company meets to members only', async () => {
  const { ben, eve, params } = await openMeetup({
    kind: 'internal',
    visibility: 'unlisted',
    admission: 'open',
    city: null,
    venue: null,
    room: 'Elbe',
  })
  expect(await ben.api.getGroup({ params })).toMatchObject({ address: 'Sand 12', accessNotes: NOTES })
  const seen = await eve.request({ url: `/api/groups/${params.slug}/public` })
  expect(seen.statusCode).toBe(200)
  expect(seen.body).not.toMatch(/Sand 12|Ring at|Elbe|meet\.example/)
})

it('takes no more words than there is room for', async () => {
  const { ada, params, schedule } = await openMeetup()
  await expect(schedule({ accessNotes: 'x'.repeat(601) })).rejects.toMatchObject({ code: 'invalid' })
  await expect(ada.api.changeGroup({ params, body: { address: 'x'.repeat(201) } })).rejects.toMatchObject({
    field: 'address',
    message: expect.stringContaining('200') as string,
  })
})

type Person = Awaited<ReturnType<typeof openMeetup>>['ben']
const unfold = (text: string) => text.replace(/\r\n /g, '')
const feedOf = async (who: Person) => new URL((await who.api.getMyCalendar()).address).pathname
