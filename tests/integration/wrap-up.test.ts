import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { groups, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import { WrapUpFile, type WrapUpCorrection } from '#shared/wrap-ups.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods } from '#tests/pods.ts'

const notFound = { code: 'not-found' }
const HOSTILE =
  '# Not a heading\n[a link](https://evil.example) <img src=x onerror=alert(1)> ![x](y) `code` | pipe'

/** An evening of the Tuesday circle: they wrote, voted, closed with plus and delta, and Ben promised something. */
async function openEvening(words: { ben?: string; title?: string } = {}) {
  const story = await openPods()
  const { ada, ben, cleo, dan } = story
  const session = await story.open(
    [
      { kind: 'write', minutes: 10, options: {} },
      { kind: 'vote', minutes: 5, options: { votes: 3 } },
      { kind: 'write', minutes: 5, options: { anonymous: true } },
      { kind: 'discuss', minutes: 10, options: { byTopic: true } },
      { kind: 'close', minutes: 5, options: { closing: 'plus-delta' } },
    ],
    [ben, cleo, dan],
  )
  const { params, blockIds } = session
  const write = async (who: TestPerson, at: number, body: string) => {
    const draft = { id: randomUUID(), blockId: blockIds[at] ?? '', body, revision: 1, done: true }
    return (await who.api.writeAnswer({ params, body: draft })).id
  }
  const reveal = (at: number) => ada.api.revealAnswers({ params: { ...params, blockId: blockIds[at] ?? '' } })
  await session.goTo(2)
  await write(ben, 2, 'ANON-BEN')
  await write(cleo, 2, 'ANON-CLEO')
  await write(dan, 2, 'ANON-DAN')
  await reveal(2)
  story.pass({ minutes: 1 })
  await session.goTo(0)
  const bensId = await write(ben, 0, words.ben ?? 'Prices')
  await write(cleo, 0, 'Meetings')
  await reveal(0)
  story.pass({ minutes: 14 })
  await session.goTo(1)
  const topics = (await session.view()).topics
  const ofBen = topics.find(({ answerIds }) => answerIds.includes(bensId))
  for (const who of [ben, cleo, dan])
    await who.api.saveBallot({
      params,
      body: {
        blockId: blockIds[1] ?? '',
        revision: 1,
        dots: [{ topicId: ofBen?.id ?? '', dots: 2 }],
        step: null,
        done: true,
      },
    })
  await ada.api.countVotes({ params: { ...params, blockId: blockIds[1] ?? '' } })
  await session.goTo(4)
  await write(ben, 4, '+ The pairs\nΔ Start on time')
  await write(dan, 4, '+ Everybody spoke')
  await reveal(4)
  await ben.api.makeCommitment({
    params,
    body: {
      id: randomUUID(),
      cue: 'the budget comes up',
      action: words.ben ?? 'ask what it is for',
      due: '2026-12-01',
      skill: 'negotiation',
      witnessId: cleo.id,
    },
  })
  const commitmentId = (await session.view()).commitments[0]?.id ?? ''
  await cleo.api.answerWitness({ params: { id: commitmentId }, body: { answer: 'accept' } })
  return {
    ...story,
    session,
    params,
    bensId,
    topicId: ofBen?.id ?? '',
    end: () => ada.api.closeSession({ params }),
    get: (who: TestPerson) => who.api.getWrapUp({ params }),
    file: async (who: TestPerson, ending: 'md' | 'json') =>
      who.request({ url: `/api/sessions/${params.sessionId}/wrap-up.${ending}` }),
    correct: (who: TestPerson, more: Partial<WrapUpCorrection> = {}) =>
      who.api.correctWrapUp({
        params,
        body: { basedOn: 0, note: '', topics: [], unparked: [], alsoParked: [], ...more },
      }),
  }
}

it('L47: the wrap-up has who was there, answers with their topics, sums, plus and delta, promises, what is parked, and minutes', async () => {
  const evening = await openEvening()
  const { ben, eve, ada, end, get, params, topicId } = evening
  await ada.api.setAttendance({ params: { ...params, accountId: eve.id }, body: { present: true } })
  const nia = await evening.person('Nia')
  const now = evening.house.now()
  const seat = { groupId: evening.groupId, sessionId: params.sessionId, accountId: nia.id }
  await evening.house.db.insert(sessionGuests).values({ ...seat, confirmedAt: now })
  await evening.house.db.insert(rsvps).values({ ...seat, answer: 'coming', answeredAt: now })
  await nia.api.enterRoom({ params })
  await end()
  const wrapUp = await get(ben)

  expect(wrapUp.present.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Nia'])
  const [first, vote, anonymous, talk, close] = wrapUp.blocks
  expect(first).toMatchObject({
    minutes: 10,
    took: 14,
    answers: [
      { name: 'Ben', body: 'Prices', mine: true, topicId },
      { name: 'Cleo', body: 'Meetings', mine: false },
    ],
  })
  expect(vote?.votes).toMatchObject({ voters: 3, dots: [{ topicId, title: 'Prices', dots: 6 }, { dots: 0 }] })
  expect(anonymous?.answers.map(({ name, mine }) => [name, mine])).toEqual(Array(3).fill([null, false]))
  expect(anonymous?.answers.map(({ body }) => body).toSorted()).toEqual(['ANON-BEN', 'ANON-CLEO', 'ANON-DAN'])
  expect(talk?.took).toBeNull()
  expect(close?.plusDelta).toMatchObject({
    plus: [
      { name: 'Ben', words: 'The pairs' },
      { name: 'Dan', words: 'Everybody spoke' },
    ],
    delta: [{ name: 'Ben', words: 'Start on time' }],
  })
  expect(wrapUp.parked[0]).toMatchObject({ title: 'Prices', dots: 6 })
  expect(wrapUp.commitments).toMatchObject([
    { name: 'Ben', skill: { name: 'Negotiation' }, witness: { name: 'Cleo' } },
  ])
  expect(wrapUp).not.toHaveProperty('turns')
  expect((await get(ada)).turns).toBeDefined()
})

it('L47: whoever ran it puts it right for a day, everybody sees it at once, and then it is fixed', async () => {
  const { ada, ben, eve, zoe, end, get, correct, pass, params, topicId, session } = await openEvening()
  await expect(correct(ada)).rejects.toThrow('This session is not over yet.')
  await end()
  const watching = await session.watch(ben)
  const saved = await correct(ada, {
    note: '  We start on time. ',
    topics: [{ id: topicId, title: 'Prices and value' }],
    unparked: [topicId],
    alsoParked: ['Who orders the room?'],
  })
  expect(saved.revision).toBe(1)
  const seen = await get(ben)
  expect(seen).toMatchObject({
    note: 'We start on time.',
    notedBy: 'Ada',
    correctable: true,
    revision: 1,
  })
  expect(seen.topics.find(({ id }) => id === topicId)?.title).toBe('Prices and value')
  expect(seen.parked.map(({ title }) => title)).not.toContain('Prices and value')
  expect(seen.parked.at(-1)).toEqual({ topicId: null, title: 'Who orders the room?', dots: null })
  await watching.agrees()

  await expect(correct(ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(correct(zoe)).rejects.toMatchObject(notFound)
  await expect(correct(ada, { note: 'Mine.' })).rejects.toThrow('Somebody else corrected it in the meantime.')
  await expect(correct(ada, { basedOn: 1, unparked: [randomUUID()] })).rejects.toMatchObject(notFound)
  await expect(correct(ada, { basedOn: 1, note: 'x'.repeat(2_001) })).rejects.toThrow('2,000')
  await expect(correct(ada, { basedOn: 1, alsoParked: ['  '] })).rejects.toMatchObject({ code: 'invalid' })
  expect((await get(ben)).note).toBe('We start on time.')

  const count = { params: { ...params, accountId: eve.id }, body: { present: true } }
  await ada.api.setAttendance(count)
  expect((await get(ben)).present.map(({ name }) => name)).toContain('Eve')
  pass({ hours: 24 })
  await expect(correct(ada, { basedOn: 1, note: 'Late.' })).rejects.toThrow('within a day of the close')
  await expect(ada.api.setAttendance({ ...count, body: { present: false } })).rejects.toThrow(
    'It is fixed now.',
  )
  expect(await get(ben)).toMatchObject({ correctable: false, note: 'We start on time.' })
})

it('L47: a retried correction happens once', async () => {
  const { ada, end, get, correct, ben } = await openEvening()
  await end()
  await correct(ada, { note: 'Once.' })
  await correct(ada, { note: 'Once.' })
  expect(await get(ben)).toMatchObject({ note: 'Once.', revision: 1 })
})

it('L47: a writer takes their own answer out for a day; it stays with them, and is gone for everybody else', async () => {
  const { ada, ben, cleo, zoe, end, get, pass, params, bensId, topicId, session, file, correct } =
    await openEvening()
  const out = (who: TestPerson, answerId = bensId) =>
    who.api.takeOutAnswer({ params: { ...params, answerId } })
  await expect(out(ben)).rejects.toThrow('This session is not over yet.')
  await end()
  const watching = await session.watch(cleo)
  for (const who of [ada, cleo, zoe]) await expect(out(who)).rejects.toMatchObject(notFound)
  // One without a name: whoever asked would say whose it is.
  const nameless = (await get(ben)).blocks[2]?.answers ?? []
  for (const { id } of nameless) await expect(out(ben, id)).rejects.toMatchObject(notFound)

  await out(ben)
  await out(ben)

  const view = await watching.agrees()
  expect(JSON.stringify(view)).not.toContain('Prices')
  const after = await get(ada)
  expect(after.blocks[0]?.answers.map(({ name }) => name)).toEqual(['Cleo'])
  expect(after.topics.map(({ id }) => id)).not.toContain(topicId)
  for (const ending of ['md', 'json'] as const)
    expect((await file(cleo, ending)).body).not.toContain('Prices')
  expect(await ben.api.listWhatStays({ params })).toMatchObject([{ body: 'Prices' }])
  expect(await cleo.api.listWhatStays({ params })).toEqual([])
  expect(
    (await ben.api.exportMyData()).answers.find(({ words }) => words === 'Prices')?.takenOutAt,
  ).not.toBeNull()
  await expect(correct(ada, { topics: [{ id: topicId, title: 'Prices' }] })).rejects.toMatchObject(notFound)

  pass({ hours: 24 })
  const later = (await get(ben)).blocks[4]?.answers.find(({ mine }) => mine)
  await expect(out(ben, later?.id)).rejects.toThrow('within a day of the close')
})

it('L47: the mail has the same parts in short, once, and says that the page is what counts', async () => {
  const { ben, dan, end, mail, correct, ada } = await openEvening()
  await end()
  const letters = async (who: TestPerson) =>
    (await mail()).filter(({ to, subject }) => to === who.email && subject.startsWith('Wrap-up'))
  const [letter] = await letters(dan)
  for (const part of [
    'There: Ada, Ben, Cleo and Dan.',
    'Prices: 6 dots',
    '3 people voted',
    'what was good:\nBen: The pairs\nDan: Everybody spoke',
    'what to change:\nBen: Start on time',
    'Without a name: ANON-',
    'Not talked about yet:',
    'Ben: If the budget comes up, then I will ask what it is for, by Tuesday 1 December 2026. (Negotiation) Witness: Cleo.',
    'this block took you 14 of 10 minutes',
    'the page is what counts',
  ])
    expect(letter?.text).toContain(part)
  await correct(ada, { note: 'More.' })
  expect(await letters(ben)).toHaveLength(1)
})

it('L48: Markdown and data hold what their reader may read, for members only, from the end on', async () => {
  const { ada, ben, zoe, cleo, stranger, end, file, correct, slug } = await openEvening()
  for (const ending of ['md', 'json'] as const) expect((await file(ben, ending)).statusCode).toBe(409)
  await end()
  await correct(ada, { note: 'We start on time.' })
  for (const ending of ['md', 'json'] as const) {
    expect((await file(zoe, ending)).statusCode).toBe(404)
    expect((await file(stranger(), ending)).statusCode).toBe(401)
  }
  const written = await file(ben, 'md')
  expect(written.headers).toMatchObject({
    'content-type': 'text/markdown; charset=utf-8',
    'content-disposition': 'attachment; filename="wrap-up-practice.md"',
  })
  expect(written.body).toContain('## What we take from today\n\n> We start on time.')
  expect(written.body).toContain('- **Ben**: If the budget comes up, then I will ask what it is for')
  expect(written.body).toContain('witness: Cleo')
  expect(written.body).toContain('Block 0: this block took you 14 of 10 minutes')

  const data = await file(ben, 'json')
  expect(data.headers['content-disposition']).toBe('attachment; filename="wrap-up-practice.json"')
  expect(Value.Check(WrapUpFile, data.json())).toBe(true)
  expect(data.json()).toMatchObject({ format: 'shortside-wrap-up', version: 1, note: 'We start on time.' })
  expect(data.json()).not.toHaveProperty('turns')
  expect((await file(ada, 'json')).json()).toHaveProperty('turns')

  await cleo.api.leaveGroup({ params: { slug }, body: {} })
  for (const ending of ['md', 'json'] as const) expect((await file(cleo, ending)).statusCode).toBe(404)
})

it('L48: hostile words are words in Markdown: no heading, link, picture or HTML of theirs', async () => {
  const { ada, ben, end, file, correct } = await openEvening({ ben: HOSTILE })
  await end()
  await correct(ada, { note: HOSTILE, alsoParked: [HOSTILE.slice(0, 40).replace('\n', ' ')] })
  const { body } = await file(ben, 'md')
  expect(body).toContain('\\[a link\\](https://evil.example)')
  expect(body).not.toMatch(/(^|[^\\])\[a link\]/)
  expect(body).not.toMatch(/(^|[^\\])<img/)
  expect(body).not.toMatch(/(^|[^\\])!\\?\[/)
  const headings = body.split('\n').filter((line) => /^#{1,6} /.test(line))
  expect(headings.filter((line) => /^#+ Not a heading/.test(line))).toEqual([])
})

it('L48: what retention forgot is forgotten in all of them, the note included', async () => {
  const { ada, ben, cleo, end, get, file, correct, house, groupId, runJob } = await openEvening()
  await end()
  await correct(ada, { note: 'NOTED', alsoParked: ['PARKED'] })
  await house.db.update(groups).set({ retentionMonths: 3 }).where(eq(groups.id, groupId))
  const longAgo = new Date(house.now().getTime() - 120 * 86_400_000)
  await house.db.update(sessions).set({ endsAt: longAgo })
  await runJob('forget-old-words')
  const wrapUp = await get(cleo)
  expect(wrapUp).toMatchObject({ note: '', parked: [], topics: [], commitments: [] })
  expect(wrapUp.present).toHaveLength(4)
  for (const who of [cleo, ada])
    for (const ending of ['md', 'json'] as const) {
      const { body, statusCode } = await file(who, ending)
      expect(statusCode).toBe(200)
      for (const word of ['NOTED', 'PARKED', 'Prices', 'ANON-BEN', 'Start on time', 'the budget'])
        expect(body).not.toContain(word)
    }
  // What Ben promised is his.
  expect((await get(ben)).commitments).toHaveLength(1)
})

it('L46: partly and not yet come back at the next check-in until done or let go, with what was said before', async () => {
  const evening = await openEvening()
  const { ada, ben, cleo, end, pass, open } = evening
  await end()
  const [promise] = await ben.api.listMyCommitments()
  const params = { id: promise?.id ?? '' }
  const say = (body: Parameters<typeof ben.api.closeCommitment>[0]['body']) =>
    ben.api.closeCommitment({ params, body })
  const nextTime = async () => {
    pass({ days: 7 })
    const next = await open([{ kind: 'check-in', minutes: 5, options: { lastTime: true } }], [ben, cleo])
    const earlier = await cleo.api.listEarlierCommitments({ params: next.params })
    return { next, earlier, over: () => ada.api.closeSession({ params: next.params }) }
  }
  const second = await nextTime()
  expect(second.earlier).toMatchObject([{ status: 'open', witness: { name: 'Cleo' }, earlier: [] }])
  await say({ status: 'partly', reflection: 'Once.' })
  // A moment later it is put right, not added to.
  await say({ status: 'partly', reflection: 'Once, and it was hard.' })
  await second.over()

  const third = await nextTime()
  expect(third.earlier).toMatchObject([
    { status: 'partly', reflection: 'Once, and it was hard.', earlier: [] },
  ])
  await say({ status: 'not-yet', reflection: 'No budget this week.' })
  expect(await cleo.api.listEarlierCommitments({ params: third.next.params })).toMatchObject([
    {
      status: 'not-yet',
      reflection: 'No budget this week.',
      earlier: [{ status: 'partly', reflection: 'Once, and it was hard.' }],
    },
  ])
  await third.over()

  const fourth = await nextTime()
  await say({ status: 'partly', reflection: 'That was it.', comesBack: false })
  // While this room is open it stays to be talked about.
  expect(await cleo.api.listEarlierCommitments({ params: fourth.next.params })).toHaveLength(1)
  await fourth.over()

  const fifth = await nextTime()
  expect(fifth.earlier).toEqual([])
  const [whole] = await ben.api.listMyCommitments()
  expect(whole?.earlier.map(({ status }) => status)).toEqual(['partly', 'not-yet'])
  await expect(cleo.api.closeCommitment({ params, body: { status: 'done' } })).rejects.toMatchObject(notFound)
  await say({ status: 'done' })
  await fifth.over()
  expect((await nextTime()).earlier).toEqual([])
})
