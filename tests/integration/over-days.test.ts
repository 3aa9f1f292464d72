import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { attendances, mutedReminders, sessions } from '#db/schema.ts'
import type { LiveEvent } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import type { BlockKind, PlanOptions } from '#shared/guide.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const SETTLE = 'settle-over-days'
const NAMED = 'I was proud of the quiet handover'
const SECRET = 'I am afraid of the reorganisation'

type Part = { key: string; kind: BlockKind; options?: PlanOptions; hours?: number }

const PARTS: Part[] = [
  { key: 'hello', kind: 'check-in' },
  { key: 'proud', kind: 'write' },
  { key: 'fear', kind: 'write', options: { anonymous: true } },
  { key: 'talk', kind: 'discuss' },
  { key: 'sure', kind: 'vote', options: { confidence: true } },
  { key: 'promise', kind: 'commit', hours: 24 },
  { key: 'end', kind: 'close', hours: 24 },
]

/** The Tuesday circle with a session over days that starts tomorrow at 18:00 in Berlin. */
async function openOverDays(parts = PARTS) {
  const circle = await openCircle()
  const dan = await circle.join('Dan')
  const { ada } = circle
  const templateId = await saveTemplate(circle, parts)
  const sessionId = randomUUID()
  await ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: sessionId,
      startsLocal: '2026-11-23T18:00',
      groupTemplateId: templateId,
      overDays: parts.flatMap(({ key, hours }) => (hours === undefined ? [] : [{ key, hours }])),
    },
  })
  const params = { sessionId }
  const room = (person: TestPerson) => person.api.getRoom({ params })
  return {
    ...circle,
    dan,
    sessionId,
    templateId,
    params,
    room,
    view: async (person = ada) => (await room(person)).view,
    /** The block that is on, by its key in the template. */
    now: async () => {
      const { view } = await room(ada)
      return view.blocks.find(({ id }) => id === view.currentBlockId)
    },
    settle: () => circle.runJob(SETTLE),
    write: async (person: TestPerson, body: string, done = true, revision = 1) => {
      const blockId = (await room(ada)).view.currentBlockId ?? ''
      return person.api.writeAnswer({ params, body: { id: randomUUID(), blockId, body, revision, done } })
    },
    vote: async (person: TestPerson, step: number) => {
      const blockId = (await room(ada)).view.currentBlockId ?? ''
      return person.api.saveBallot({ params, body: { blockId, dots: [], step, revision: 1, done: true } })
    },
    promise: (person: TestPerson, action: string) =>
      person.api.makeCommitment({
        params,
        body: { id: randomUUID(), cue: 'I open my calendar', action, due: null },
      }),
    mailTo: async (person: TestPerson, word: string) =>
      (await circle.mail()).filter(({ to, subject }) => to === person.email && subject.includes(word)),
    watch: async (person: TestPerson) => {
      const { position, view } = await room(person)
      const heard = await person.follow(sessionId, position)
      return {
        frames: () => JSON.stringify(heard.frames),
        agrees: async () => {
          const fresh = await room(person)
          const expected = fresh.position.number - position.number
          await vi.waitUntil(() => heard.events().length >= expected, { timeout: 20_000, interval: 2 })
          expect((heard.events() as LiveEvent[]).reduce(applyLiveEvent, view)).toEqual(fresh.view)
        },
      }
    },
  }
}

/** A template of these parts, saved from a session that nobody else hears of. */
async function saveTemplate({ ada, slug, house }: Circle, parts: Part[]): Promise<string> {
  const [id, templateId] = [randomUUID(), randomUUID()]
  const params = { sessionId: id }
  const { planVersion: basedOn } = await ada.api.scheduleSession({
    params: { slug },
    body: { id, title: 'Donor', startsLocal: '2026-12-22T18:00', minutes: 480 },
  })
  await ada.api.replacePlan({
    params,
    body: {
      basedOn,
      blocks: parts.map(({ key, kind, options = {} }) => ({
        ...{ id: randomUUID(), kind, options, title: key, minutes: 10 },
        ...{ prompt: 'What comes to mind?', notes: '' },
      })),
    },
  })
  await ada.api.saveAsTemplate({
    params,
    body: {
      templateId,
      basedOn: null,
      title: 'A week apart',
      purpose: 'To think.',
      forWhom: 'Us.',
    },
  })
  await house.db.delete(sessions).where(eq(sessions.id, id))
  return templateId
}

it('L49, Y2: lives a whole session over six days: it opens, goes on and closes by itself, and nothing is told early', async () => {
  const story = await openOverDays()
  const { ada, ben, cleo, dan, zoe, pass, settle, params, write, vote, view, room, watch } = story

  const before = await ben.api.getSession({ params })
  expect(before.blocks.map(({ title, minutes }) => [title, minutes / 60])).toEqual([
    ['proud', 48],
    ['fear', 48],
    ['sure', 48],
    ['promise', 24],
    ['end', 24],
  ])
  expect(before.endsAt).toBe('2026-12-01T17:00:00.000Z')
  expect(before.overDays).toEqual({ until: null })
  expect([before.place, before.room, before.onlineLink]).toEqual(['', null, null])
  const [told] = await story.mailTo(ben, 'A week apart')
  expect(told?.text).toContain('I take part:\nhttp')
  expect(told?.text).not.toContain('I’m coming')
  await settle()
  expect((await view()).session.status).toBe('scheduled')
  await expect(ada.api.openRoom({ params })).rejects.toThrow(/opens by itself/)

  const heard = await watch(cleo)
  pass({ hours: 32 })
  await settle()
  const first = await view(ben)
  expect(first.session).toMatchObject({ status: 'live', overDays: true })
  expect((await story.now())?.title).toBe('proud')
  expect((await story.mailTo(ben, '“proud” is open until')).length).toBe(1)
  expect((await story.mailTo(zoe, 'proud')).length).toBe(0)
  expect((await ben.api.getSession({ params })).overDays?.until).toBe(first.timer.endsAt)
  await expect(room(zoe)).rejects.toMatchObject({ code: 'not-found' })

  // Looking in is not taking part.
  await cleo.api.enterRoom({ params })
  expect((await view()).people).toEqual([])
  await write(ben, NAMED)
  expect((await view()).people.map(({ name }) => name)).toEqual(['Ben'])
  const responses = async () =>
    JSON.stringify([await room(ada), await room(cleo), await ada.api.getSession({ params })])
  expect(await responses()).not.toContain(NAMED)
  pass({ days: 1, hours: 20 })
  await settle()
  expect(heard.frames()).not.toContain(NAMED)
  expect((await story.now())?.title).toBe('proud')
  pass({ hours: 4 })
  await settle()
  expect((await story.now())?.title).toBe('fear')
  await heard.agrees()
  expect(heard.frames()).toContain(NAMED)
  expect((await view(cleo)).blocks[0]?.answers.map(({ body }) => body)).toEqual([NAMED])
  await expect(
    ben.api.writeAnswer({
      params,
      body: { id: randomUUID(), blockId: first.currentBlockId ?? '', body: 'late', revision: 2, done: true },
    }),
  ).rejects.toThrow(/revealed already/)

  // Without names: all four are done, and still only its time ends it.
  for (const [person, words] of [
    [ada, SECRET],
    [ben, 'one'],
    [cleo, 'two'],
    [dan, 'three'],
  ] as const)
    await write(person, words)
  await settle()
  expect((await story.now())?.title).toBe('fear')
  expect(await responses()).not.toContain('“one”')
  expect(JSON.stringify(await room(ben))).not.toContain(SECRET)
  expect(heard.frames()).not.toContain(SECRET)
  pass({ days: 2 })
  // Whoever reads first finds it done, before the job came.
  const third = await view(dan)
  const fear = third.blocks[1]
  expect(fear?.answers.map(({ accountId, body }) => [accountId, body])).toEqual([
    [null, SECRET],
    ...['one', 'three', 'two'].map((body) => [null, body]),
  ])
  expect((await story.now())?.title).toBe('sure')

  // A vote goes on at once when everybody who is expected is done: Dan said that he can't.
  await dan.api.answerRsvp({ params, body: { answer: 'not-coming' } })
  await vote(ada, 4)
  await vote(ben, 2)
  expect((await story.now())?.title).toBe('sure')
  expect((await view()).blocks[2]?.count).toBeNull()
  await vote(cleo, 5)
  expect((await story.now())?.title).toBe('promise')
  expect((await view()).blocks[2]?.count).toMatchObject({ voters: 3, spread: [0, 1, 0, 1, 1] })

  await story.promise(ben, 'ask one question first')
  pass({ days: 1 })
  await settle()
  expect((await story.now())?.title).toBe('end')
  pass({ days: 1 })
  await settle()
  const over = await view()
  expect(over.session.status).toBe('wrapped-up')
  await heard.agrees()
  const wrapUp = await cleo.api.getWrapUp({ params })
  expect(wrapUp.present.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Ben', 'Cleo'])
  expect((await story.mailTo(dan, 'Wrap-up')).length).toBe(1)
  await settle()
  expect((await story.mailTo(dan, 'Wrap-up')).length).toBe(1)
})

it('L49, Y2: reminds once, a day before: whoever is waited for; everybody where that would say who took part', async () => {
  const { ben, cleo, ada, dan, house, pass, settle, write, vote, mailTo } = await openOverDays([
    { key: 'named', kind: 'write' },
    { key: 'unnamed', kind: 'write', options: { anonymous: true } },
    { key: 'sure', kind: 'vote', options: { confidence: true } },
    { key: 'short', kind: 'write', hours: 24 },
  ])
  const reminded = async (key: string) =>
    (
      await Promise.all(
        [ada, ben, cleo, dan].map(async (one) => [one.name, (await mailTo(one, `“${key}”`)).length]),
      )
    ).flatMap(([name, mails]) => (mails === 2 ? [name] : []))
  await house.db.insert(mutedReminders).values({ accountId: dan.id, kind: 'day' })
  pass({ hours: 32 })
  await settle()
  await write(ben, 'mine')
  pass({ hours: 23 })
  await settle()
  expect(await reminded('named')).toEqual([])
  pass({ hours: 1 })
  await Promise.all([settle(), settle(), settle()])
  await settle()
  expect(await reminded('named')).toEqual(['Ada', 'Cleo'])

  pass({ hours: 24 })
  await settle()
  await write(ben, 'nobody’s')
  pass({ hours: 24 })
  await settle()
  expect(await reminded('unnamed')).toEqual(['Ada', 'Ben', 'Cleo'])
  pass({ hours: 24 })
  await settle()
  await vote(cleo, 3)
  pass({ hours: 24 })
  await settle()
  expect(await reminded('sure')).toEqual(['Ada', 'Ben', 'Cleo'])
  pass({ hours: 24 })
  await settle()
  pass({ hours: 12 })
  await settle()
  expect(await reminded('short')).toEqual([])
})

it('L49: happens once, however many look at the same time, and closes although nobody wrote', async () => {
  const { ada, house, pass, settle, view, mailTo, params, watch } = await openOverDays([
    { key: 'one', kind: 'write' },
    { key: 'two', kind: 'close' },
  ])
  const heard = await watch(ada)
  pass({ hours: 32 })
  await Promise.all([settle(), settle(), view(), settle()])
  expect((await mailTo(ada, '“one”')).length).toBe(1)
  // The server was away for three days: what comes next has its whole time.
  pass({ days: 3 })
  await Promise.all([settle(), settle(), view(), settle()])
  expect((await mailTo(ada, '“two”')).length).toBe(1)
  const { timer } = await view()
  expect(Date.parse(timer.endsAt ?? '') - house.now().getTime()).toBe(48 * 3_600_000)
  pass({ days: 2 })
  await Promise.all([settle(), settle(), settle()])
  expect((await view()).session.status).toBe('wrapped-up')
  expect((await mailTo(ada, 'Wrap-up')).length).toBe(1)
  await heard.agrees()
  const { blocks: parts, present } = await ada.api.getWrapUp({ params })
  expect(parts.map(({ answers }) => answers)).toEqual([[], []])
  expect(present).toEqual([])
})

it('L49: whoever runs it gives more time, goes on and closes early; members may not, and nothing goes back', async () => {
  const { ada, ben, zoe, pass, settle, view, now, write, params, watch } = await openOverDays([
    { key: 'one', kind: 'write' },
    { key: 'two', kind: 'write' },
    { key: 'three', kind: 'close' },
  ])
  pass({ hours: 32 })
  await settle()
  const heard = await watch(ben)
  const first = await view()
  const id = randomUUID()
  const more = (person: TestPerson, minutes: number, as = id) =>
    person.api.extendTimer({ params, body: { id: as, minutes } })
  await more(ada, 1440)
  await more(ada, 1440)
  const longer = await view()
  expect(Date.parse(longer.timer.endsAt ?? '') - Date.parse(first.timer.endsAt ?? '')).toBe(86_400_000)
  expect(Date.parse(longer.session.endsAt) - Date.parse(first.session.endsAt)).toBe(86_400_000)
  await heard.agrees()
  await expect(more(ada, 20_160, randomUUID())).rejects.toThrow(/14 more days/)
  await expect(more(ben, 1440, randomUUID())).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(more(zoe, 1440, randomUUID())).rejects.toMatchObject({ code: 'not-found' })

  await write(ben, NAMED, false)
  const from = first.currentBlockId
  await expect(ben.api.nextBlock({ params, body: { id: randomUUID(), from } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await ada.api.nextBlock({ params, body: { id: randomUUID(), from } })
  expect((await now())?.title).toBe('two')
  expect((await view()).blocks[0]?.answers.map(({ body }) => body)).toEqual([NAMED])
  await heard.agrees()
  const back = { params, body: { id: randomUUID(), from: (await view()).currentBlockId } }
  await expect(ada.api.previousBlock(back)).rejects.toThrow(/only goes on/)
  await expect(ada.api.pauseTimer({ params, body: { id: randomUUID() } })).rejects.toThrow(/can’t be paused/)
  await expect(ben.api.raiseHand({ params, body: { turnId: randomUUID() } })).rejects.toThrow(/nobody speaks/)

  // Revealed by hand it is over, and the next part opens.
  await write(ben, 'the second')
  await ada.api.revealAnswers({ params: { ...params, blockId: (await view()).currentBlockId ?? '' } })
  expect((await now())?.title).toBe('three')
  await write(ben, 'the last', true)
  await expect(ben.api.closeSession({ params })).rejects.toMatchObject({ code: 'not-allowed' })
  await ada.api.closeSession({ params })
  expect((await ada.api.getWrapUp({ params })).blocks[2]?.answers.map(({ body }) => body)).toEqual([
    'the last',
  ])
  await heard.agrees()
})

it('L49: what can’t be lived over days is refused in a sentence, and nothing is half-done', async () => {
  const { ada, slug, params, house, pass, settle, templateId } = await openOverDays()
  const schedule = (body: object) =>
    ada.api.scheduleSession({
      params: { slug },
      body: {
        id: randomUUID(),
        startsLocal: '2026-11-30T18:00',
        groupTemplateId: templateId,
        overDays: [],
        ...body,
      },
    })
  const sessionsNow = () => house.db.$count(sessions)
  const many = await sessionsNow()
  for (const hours of [0, 337, 1.5])
    await expect(schedule({ overDays: [{ key: 'proud', hours }] })).rejects.toMatchObject({ code: 'invalid' })
  await expect(schedule({ groupTemplateId: undefined, title: 'Nothing', overDays: [] })).rejects.toThrow(
    /Nothing of this plan can be done alone/,
  )
  expect(await sessionsNow()).toBe(many)

  const { blocks: plan, planVersion: basedOn } = await ada.api.getSession({ params })
  const save = (change: object) =>
    ada.api.replacePlan({
      params,
      body: {
        basedOn,
        blocks: plan.map((block, at) => ({ notes: '', ...block, ...(at === 0 ? change : {}) })),
      },
    })
  await expect(save({ kind: 'discuss' })).rejects.toThrow(/spoken together/)
  await expect(save({ minutes: 30 })).rejects.toThrow(/from one hour to 14 days/)
  await expect(save({ options: { groupsOf: 2 } })).rejects.toThrow(/at one time/)
  await expect(ada.api.changeSession({ params, body: { minutes: 90 } })).rejects.toThrow(
    /follows from its plan/,
  )
  const longer = await save({ minutes: 4 * 1440 })
  expect(longer.endsAt).toBe('2026-12-03T17:00:00.000Z')
  const moved = await ada.api.changeSession({ params, body: { startsLocal: '2026-11-24T18:00' } })
  expect(moved.endsAt).toBe('2026-12-04T17:00:00.000Z')

  pass({ days: 3 })
  await settle()
  await expect(save({ minutes: 1440 })).rejects.toThrow(/has begun/)
  await expect(
    ada.api.skipBlock({
      params: { ...params, blockId: plan[1]?.id ?? '' },
      body: { id: randomUUID(), skipped: true },
    }),
  ).rejects.toThrow(/stays as it is once it began/)
  const live = randomUUID()
  await ada.api.scheduleSession({
    params: { slug },
    body: { id: live, title: 'Together', startsLocal: '2026-12-01T18:00', minutes: 480 },
  })
  const together = await ada.api.getSession({ params: { sessionId: live } })
  await expect(
    ada.api.replacePlan({
      params: { sessionId: live },
      body: {
        basedOn: together.planVersion,
        blocks: [
          {
            id: randomUUID(),
            kind: 'write',
            title: 'Long',
            minutes: 300,
            prompt: '',
            notes: '',
            options: {},
          },
        ],
      },
    }),
  ).rejects.toThrow(/at most 240 minutes/)
})

it('L49: a day is a day of the group’s clock, also when summer time ends in it', async () => {
  const { ada, slug, templateId } = await openOverDays()
  const session = await ada.api.scheduleSession({
    params: { slug },
    body: {
      id: randomUUID(),
      startsLocal: '2027-03-26T18:00',
      groupTemplateId: templateId,
      overDays: ['fear', 'sure', 'promise', 'end'].map((key) => ({ key, hours: 24 })),
    },
  })
  // 26 March 18:00, two days over the change of the clock, then four: 1 April 18:00 in Berlin.
  expect(session.startsAt).toBe('2027-03-26T17:00:00.000Z')
  expect(session.endsAt).toBe('2027-04-01T16:00:00.000Z')
})

it('L49: nobody takes over a lead, and calendars show a span that takes nobody’s time', async () => {
  const { ada, ben, house, sessionId, pass, settle, params } = await openOverDays()
  pass({ hours: 32 })
  await settle()
  const { lookAfterLeaders } = await import('#server/live/look-after-leaders.ts')
  pass({ hours: 5 })
  for (let times = 0; times < 3; times += 1) {
    await lookAfterLeaders(house, [{ roomId: sessionId, here: [ben.id], everywhere: [ben.id] }] as never)
    pass({ minutes: 5 })
  }
  expect((await ada.api.getRoom({ params })).view.lead.leaderId).toBe(ada.id)
  const ics = await ben.request({ method: 'GET', url: `/calendar/sessions/${sessionId}.ics` })
  expect(ics.body).toContain('TRANSP:TRANSPARENT')
  expect(await house.db.$count(attendances, eq(attendances.sessionId, sessionId))).toBe(0)
})
