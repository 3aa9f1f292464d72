import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { accounts, feedbackReports, feedbackRounds, feedbackSheets, memberships } from '#db/schema.ts'
import { openCircle } from '#tests/circle.ts'
import { askDraft, DAY, keyOf, openAsked, outsiders, receipt, saying } from '#tests/feedback.ts'
import { openHouse, type TestHouse } from '#tests/house.ts'

const closeRound = async (house: TestHouse) => {
  house.pass({ days: 15 })
  await house.runJob('feedback-rounds')
}

it('F1, F2: goes from the question to the report: asked by mail, answered without an account, released once at the close', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const visitor = house.stranger()
  const draft = askDraft(house, { reviewers: outsiders(6) })
  await openAsked(ada, draft)

  await ada.api.saveSelf({
    params: { roundId: draft.id },
    body: { about: saying(draft, ada.id, 'my own view', 2) },
  })
  for (const [index, { email }] of draft.reviewers.slice(0, 5).entries()) {
    const key = await keyOf(house, email ?? '')
    const request = await visitor.api.readRequest({ params: { key } })
    expect(request).toMatchObject({ askedBy: 'Ada', naming: 'anonymous', status: 'open' })
    expect(request.readers).toContain('without names')
    await visitor.api.saveSheet({
      params: { key },
      body: {
        state: 'submitted',
        about: saying(draft, ada.id, `words of ${index}`, index + 1),
        reason: '',
        receipt: receipt(),
      },
    })
  }
  // Until the close nobody learns anything, the asker neither.
  expect((await ada.api.listMyFeedback()).reports).toEqual([])
  expect(JSON.stringify(await ada.api.readRound({ params: { roundId: draft.id } }))).not.toContain('words of')

  await closeRound(house)
  const [mine] = (await ada.api.listMyFeedback()).reports
  const report = await ada.api.readReport({ params: { reportId: mine?.id ?? '' } })
  expect(report).toMatchObject({ asked: 6, answered: 5, mine: true, subject: 'Ada' })
  expect(report.questions[0]?.words.map(({ words }) => words)).toEqual(
    [0, 1, 2, 3, 4].map((index) => `words of ${index} 0`),
  )
  expect(report.questions[0]?.words.every(({ name }) => name === null)).toBe(true)
  expect(report.questions[2]).toMatchObject({ spread: [1, 1, 1, 1, 1], notObserved: 0, self: { points: 2 } })
  // Sheets and key are gone, and the report is closed in the database.
  expect(await house.house.db.select().from(feedbackSheets)).toEqual([])
  const [round] = await house.house.db.select().from(feedbackRounds)
  expect(round).toMatchObject({ status: 'released', roundKey: null })
  expect(JSON.stringify(await house.house.db.select().from(feedbackReports))).not.toContain('words of')

  const late = await keyOf(house, draft.reviewers[5]?.email ?? '')
  await expect(
    visitor.api.saveSheet({
      params: { key: late },
      body: { state: 'submitted', about: saying(draft, ada.id, 'late'), reason: '', receipt: receipt() },
    }),
  ).rejects.toThrow('This round has closed')
})

it('F3: asks everybody alike: one mail each, one reminder each, and one end', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const draft = askDraft(house, { reviewers: outsiders(5) })
  await openAsked(ada, draft)
  const key = await keyOf(house, 'reviewer-0@example.net')
  await house.stranger().api.saveSheet({
    params: { key },
    body: { state: 'submitted', about: saying(draft, ada.id, 'hello'), reason: '', receipt: receipt() },
  })
  const declines = await keyOf(house, 'reviewer-1@example.net')
  await house.stranger().api.saveSheet({
    params: { key: declines },
    body: { state: 'declined', about: [], reason: 'Too close to me', receipt: receipt() },
  })
  house.pass({ days: 8 })
  await house.runJob('feedback-rounds')
  await house.runJob('feedback-rounds')
  await closeRound(house)
  const mails = (await house.mail()).filter(({ to }) => to.endsWith('@example.net'))
  const heard = draft.reviewers.map(({ email, name }) =>
    mails
      .filter(({ to }) => to === email)
      .map(({ subject, text }) => `${subject}\n${text}`.replaceAll(name, '').replace(/answer\/\S+/g, '')),
  )
  expect(heard[0]).toHaveLength(3)
  for (const one of heard) expect(one).toEqual(heard[0])
  expect(heard[0]?.[2]).toContain('destroyed')
})

it('F2: with one answer too few everything is destroyed; with just enough it is released', async () => {
  for (const [answering, outcome] of [
    [4, 'too-few'],
    [5, 'released'],
  ] as const) {
    const house = await openHouse()
    const ada = await house.person('Ada')
    const draft = askDraft(house, { reviewers: outsiders(7) })
    await openAsked(ada, draft)
    // One takes back what they sent, one declines after sending: neither counts.
    for (const [index, { email }] of draft.reviewers.entries()) {
      const params = { key: await keyOf(house, email ?? '') }
      const send = (state: 'submitted' | 'empty' | 'declined') =>
        house.stranger().api.saveSheet({
          params,
          body: { state, about: saying(draft, ada.id, `answer ${index}`), reason: '', receipt: receipt() },
        })
      await send('submitted')
      if (index === answering) await send('empty')
      if (index > answering) await send('declined')
    }
    await closeRound(house)
    const [round] = await house.house.db.select().from(feedbackRounds)
    expect(round?.status).toBe(outcome)
    expect((await ada.api.listMyFeedback()).reports).toHaveLength(outcome === 'released' ? 1 : 0)
    expect(await house.house.db.select().from(feedbackSheets)).toEqual([])
  }
})

it('mails nobody for an invented person of the sample circle', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada', { sample: true })
  const draft = askDraft(house, { reviewers: outsiders(5) })
  await expect(ada.api.saveRound({ body: draft })).rejects.toThrow('invented')
  expect(await house.mail()).toEqual([])
})

it('F1: refuses a round without names among too few, and a second one at the same time', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const few = askDraft(house, { reviewers: outsiders(4) })
  await expect(openAsked(ada, few)).rejects.toThrow('at least 5 people')
  await ada.api.saveRound({ body: { ...few, naming: 'attributed' } })
  await ada.api.openRound({ params: { roundId: few.id } })

  const one = askDraft(house, { reviewers: outsiders(5) })
  await openAsked(ada, one)
  const two = askDraft(house, { reviewers: outsiders(6, 'b') })
  await expect(openAsked(ada, two)).rejects.toThrow('is open at the same time')
  // What is open stays as it is.
  await expect(ada.api.saveRound({ body: { ...one, naming: 'attributed' } })).rejects.toThrow('open already')
})

it('F7: shows my words again only to me: by the receipt, or signed in as who is asked', async () => {
  const circle = await openCircle()
  const { ada, ben, cleo } = circle
  const reviewers = [ben, cleo].map(({ id, name }) => ({
    id: randomUUID(),
    name,
    relation: 'member' as const,
    accountId: id,
    email: null,
  }))
  const draft = askDraft(circle, { group: circle.slug, naming: 'attributed', reviewers })
  await openAsked(ada, draft)
  const key = await keyOf(circle, ben.email)
  const mine = receipt()
  const body = { state: 'draft' as const, about: saying(draft, ada.id, 'half a thought'), reason: '' }
  await circle.stranger().api.saveSheet({ params: { key }, body: { ...body, receipt: mine } })

  const read = (who: { api: typeof ada.api }, params: { key: string }, given?: string) =>
    who.api.readSheet({ params, body: given ? { receipt: given } : {} })
  expect(await read(circle.stranger(), { key }, mine)).toEqual(body)
  expect((await read(circle.stranger(), { key })).state).toBe('empty')
  expect((await read(circle.stranger(), { key }, receipt())).state).toBe('empty')
  const place = reviewers[0]?.id ?? ''
  expect(await read(ben, { key: place })).toEqual(body)
  await expect(read(cleo, { key: place })).rejects.toThrow('opens nothing')
  await expect(read(ada, { key: place })).rejects.toThrow('opens nothing')
  await expect(read(circle.stranger(), { key: place })).rejects.toThrow('sign in')
})

it('F6: names who wrote what in a round with names, and shows it to the subject and whom they choose', async () => {
  const circle = await openCircle()
  const { ada, ben, cleo, zoe } = circle
  const reviewers = [ben, cleo].map(({ id, name }) => ({
    id: randomUUID(),
    name,
    relation: 'member' as const,
    accountId: id,
    email: null,
  }))
  const draft = askDraft(circle, { group: circle.slug, naming: 'attributed', reviewers })
  await openAsked(ada, draft)
  const [place] = (await ben.api.listMyFeedback()).requests
  await ben.api.saveSheet({
    params: { key: place?.key ?? '' },
    body: {
      state: 'submitted',
      about: saying(draft, ada.id, 'Ask one more question'),
      reason: '',
      receipt: receipt(),
    },
  })
  await closeRound(circle)
  const reportId = (await ada.api.listMyFeedback()).reports[0]?.id ?? ''
  const params = { reportId }
  const report = await ada.api.readReport({ params })
  expect(report.questions[0]?.words).toEqual([{ words: 'Ask one more question 0', name: 'Ben' }])

  for (const somebody of [ben, cleo, zoe])
    await expect(somebody.api.readReport({ params })).rejects.toThrow('nothing here')
  await ada.api.saveReflection({
    params,
    body: { heard: 'One more question', will: 'Ask it', thanks: 'All of you' },
  })
  const shared = await ada.api.shareReport({ params, body: { accountId: cleo.id } })
  expect(shared.sharedWith).toEqual([{ accountId: cleo.id, name: 'Cleo' }])
  expect(await cleo.api.readReport({ params })).toMatchObject({ mine: false, heard: '', sharedWith: [] })
  await expect(
    cleo.api.saveReflection({ params, body: { heard: '', will: '', thanks: '' } }),
  ).rejects.toThrow('nothing here')
  await expect(ada.api.shareReport({ params, body: { accountId: zoe.id } })).rejects.toThrow(
    'one of your groups',
  )
  await ada.api.unshareReport({ params: { reportId, accountId: cleo.id } })
  await expect(cleo.api.readReport({ params })).rejects.toThrow('nothing here')

  await ada.api.thankReviewers({ params, body: { words: 'Thank you for the time you took.' } })
  await ada.api.thankReviewers({ params, body: { words: 'Twice.' } })
  const thanks = (await circle.mail()).filter(({ subject }) => subject === 'Thank you from Ada')
  expect(thanks.map(({ to }) => to).sort()).toEqual([ben.email, cleo.email].sort())
})

it('gives everybody their own report in a round of everyone for everyone, by choice', async () => {
  const circle = await openCircle()
  const { ada, ben, cleo } = circle
  const dan = await circle.join('Dan')
  const draft = askDraft(circle, {
    kind: 'everyone',
    group: circle.slug,
    naming: 'attributed',
    asksSelf: false,
  })
  await ada.api.saveRound({ body: draft })
  const params = { roundId: draft.id }
  for (const one of [ada, ben, cleo]) await one.api.joinRound({ params })
  await expect(circle.zoe.api.joinRound({ params })).rejects.toThrow('nothing here')
  await ada.api.openRound({ params })
  await expect(dan.api.joinRound({ params })).rejects.toThrow('has opened')
  for (const one of [ada, ben, cleo]) {
    const [place] = (await one.api.listMyFeedback()).requests
    const key = place?.key ?? ''
    const { subjects } = await one.api.readRequest({ params: { key } })
    expect(subjects.map(({ name }) => name)).not.toContain(one.name)
    await one.api.saveSheet({
      params: { key },
      body: {
        state: 'submitted',
        about: subjects.flatMap(({ id, name }) => saying(draft, id, `${one.name} to ${name}`)),
        reason: '',
        receipt: receipt(),
      },
    })
  }
  await closeRound(circle)
  for (const one of [ada, ben, cleo]) {
    const [report] = (await one.api.listMyFeedback()).reports
    const { questions } = await one.api.readReport({ params: { reportId: report?.id ?? '' } })
    const words = questions[0]?.words.map((said) => said.words) ?? []
    expect(words).toHaveLength(2)
    for (const said of words) expect(said).toContain(`to ${one.name}`)
  }
  expect((await dan.api.listMyFeedback()).reports).toEqual([])
  expect(await dan.api.listGroupRounds({ params: { slug: circle.slug } })).toMatchObject([
    { kind: 'everyone', status: 'released', joined: false },
  ])
})

it('F6: asks the group about itself: who left does not count, and the group alone reads it', async () => {
  const circle = await openCircle()
  const { ada, ben, zoe } = circle
  const more = await Promise.all(['Dan', 'Eva', 'Fay'].map((name) => circle.join(name)))
  const everybody = [ada, ben, circle.cleo, ...more]
  const draft = askDraft(circle, {
    kind: 'about-group',
    group: circle.slug,
    threshold: 5,
    asksSelf: false,
  })
  await openAsked(ada, draft)
  for (const one of everybody) {
    const [place] = (await one.api.listMyFeedback()).requests
    await one.api.saveSheet({
      params: { key: place?.key ?? '' },
      body: {
        state: 'submitted',
        about: saying(draft, null, 'We start late'),
        reason: '',
        receipt: receipt(),
      },
    })
  }
  await more[0]?.api.leaveGroup({ params: { slug: circle.slug }, body: {} })
  await closeRound(circle)
  const [round] = await ben.api.listGroupRounds({ params: { slug: circle.slug } })
  const report = await ben.api.readReport({ params: { reportId: round?.reportId ?? '' } })
  expect(report).toMatchObject({ asked: 5, answered: 5, subject: null, mine: false })
  for (const stranger of [zoe, more[0] ?? zoe])
    await expect(stranger.api.readReport({ params: { reportId: round?.reportId ?? '' } })).rejects.toThrow(
      'nothing here',
    )
})

it('runs about a session with those who were there, and only once it is over', async () => {
  const circle = await openCircle()
  const { ada, ben } = circle
  const session = await ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Kickoff',
      startsLocal: '2026-11-23T18:00',
      minutes: 60,
      blocks: [],
    } as never,
  })
  const draft = askDraft(circle, {
    kind: 'after-session',
    group: circle.slug,
    sessionId: session.id,
    naming: 'attributed',
    asksSelf: false,
  })
  await expect(ada.api.saveRound({ body: draft })).rejects.toThrow('not over yet')
  await expect(ben.api.saveRound({ body: draft })).rejects.toThrow('Facilitators and organizers')
})

it('is called off without a trace of what was written, and leaves open for longer only before its close', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const zoe = await house.person('Zoe')
  const draft = askDraft(house, { reviewers: outsiders(5) })
  await openAsked(ada, draft)
  const params = { roundId: draft.id }
  const at = (days: number) => new Date(house.house.now().getTime() + days * DAY).toISOString()
  await expect(zoe.api.cancelRound({ params })).rejects.toThrow('nothing here')
  await expect(ada.api.extendRound({ params, body: { closesAt: at(3) } })).rejects.toThrow('only close later')
  await expect(ada.api.extendRound({ params, body: { closesAt: at(60) } })).rejects.toThrow('42 days')
  expect((await ada.api.extendRound({ params, body: { closesAt: at(20) } })).closesAt).toBe(at(20))
  await ada.api.cancelRound({ params })
  expect(await house.house.db.select().from(feedbackSheets)).toEqual([])
  const key = await keyOf(house, 'reviewer-0@example.net')
  await expect(
    house.stranger().api.saveSheet({
      params: { key },
      body: { state: 'submitted', about: saying(draft, ada.id, 'x'), reason: '', receipt: receipt() },
    }),
  ).rejects.toThrow('called off')
  await expect(ada.api.extendRound({ params, body: { closesAt: at(30) } })).rejects.toThrow('called off')
})

it('F3: answers what is meant to everybody, and tells nobody who asked', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const draft = askDraft(house, { reviewers: outsiders(5) })
  await openAsked(ada, draft)
  const key = await keyOf(house, 'reviewer-2@example.net')
  const id = randomUUID()
  await house.stranger().api.askWhatIsMeant({ params: { key }, body: { id, question: 'Which meetings?' } })
  const asked = (await house.mail()).filter(({ to }) => to === ada.email).at(-1)
  expect(asked?.text).toContain('Which meetings?')
  expect(asked?.text).not.toMatch(/Reviewer|example\.net/)
  expect((await house.stranger().api.readRequest({ params: { key } })).clarifications).toEqual([])
  await ada.api.clarify({
    params: { roundId: draft.id, clarificationId: id },
    body: { answer: 'Those on Monday.' },
  })
  expect((await house.stranger().api.readRequest({ params: { key } })).clarifications).toMatchObject([
    { question: 'Which meetings?', answer: 'Those on Monday.' },
  ])
  const told = (await house.mail()).filter(({ text }) => text.includes('Those on Monday.'))
  expect(told).toHaveLength(5)
})

it('F6: lays the same measure beside earlier rounds, for whoever may read those too', async () => {
  const house = await openCircle()
  const { ada, ben } = house
  const first = askDraft(house, { naming: 'attributed', reviewers: outsiders(1) })
  const second = askDraft(house, { naming: 'attributed', reviewers: outsiders(1, 'b') })
  for (const draft of [first, second]) {
    const round = { ...draft, questions: first.questions, closesAt: askDraft(house).closesAt }
    await openAsked(ada, round)
    const key = await keyOf(house, round.reviewers[0]?.email ?? '')
    await house.stranger().api.saveSheet({
      params: { key },
      body: {
        state: 'submitted',
        about: saying(round, ada.id, 'x', draft === first ? 2 : 4),
        reason: '',
        receipt: receipt(),
      },
    })
    await closeRound(house)
  }
  const [newest, earlier] = (await ada.api.listMyFeedback()).reports
  const report = await ada.api.readReport({ params: { reportId: newest?.id ?? '' } })
  expect(report.earlier).toMatchObject([{ spread: [0, 1, 0, 0, 0], notObserved: 0 }])
  expect(report.questions[2]?.spread).toEqual([0, 0, 0, 1, 0])
  expect(await ada.api.exportReport({ params: { reportId: newest?.id ?? '' } })).toContain(
    '| 0 | 0 | 0 | 1 | 0 | 0 |',
  )

  const show = (reportId = '') => ada.api.shareReport({ params: { reportId }, body: { accountId: ben.id } })
  const seen = () => ben.api.readReport({ params: { reportId: newest?.id ?? '' } })
  await show(newest?.id)
  expect((await seen()).earlier).toEqual([])
  await show(earlier?.id)
  expect((await seen()).earlier).toEqual(report.earlier)
})

it('keeps out who was removed from the group of a round', async () => {
  const circle = await openCircle()
  const { ada, ben } = circle
  const draft = askDraft(circle, {
    kind: 'about-group',
    group: circle.slug,
    naming: 'attributed',
    asksSelf: false,
  })
  await openAsked(ada, draft)
  const key = await keyOf(circle, ben.email)
  await circle.house.db
    .update(memberships)
    .set({ status: 'removed' })
    .where(eq(memberships.accountId, ben.id))
  await expect(circle.stranger().api.readRequest({ params: { key } })).rejects.toThrow('opens nothing')
  expect((await ben.api.listMyFeedback()).requests).toEqual([])
})

it('opens by itself on its day; what can’t open stays a draft, and whoever asks hears why', async () => {
  const circle = await openCircle()
  const { ada, ben, slug } = circle
  const at = (days: number) => new Date(circle.house.now().getTime() + days * DAY).toISOString()
  const draft = askDraft(circle, {
    kind: 'about-group',
    group: slug,
    asksSelf: false,
    naming: 'attributed',
    opensAt: at(3),
    closesAt: at(10),
  })
  await expect(ada.api.saveRound({ body: { ...draft, opensAt: at(-1) } })).rejects.toThrow('in the past')
  await expect(ada.api.saveRound({ body: { ...draft, opensAt: at(11) } })).rejects.toThrow(
    'close before it opens',
  )
  await expect(ada.api.saveRound({ body: { ...draft, closesAt: at(46) } })).rejects.toThrow('42 days')
  await ada.api.saveRound({ body: draft })
  await circle.runJob('feedback-rounds')
  expect((await ben.api.listMyFeedback()).requests).toEqual([])

  circle.pass({ days: 3, minutes: 1 })
  await Promise.all([circle.runJob('feedback-rounds'), circle.runJob('feedback-rounds')])
  const [request, ...more] = (await ben.api.listMyFeedback()).requests
  expect(request?.title).toBe(draft.title)
  expect(more).toEqual([])
  const asked = (await circle.mail()).filter(({ subject }) => subject.includes(draft.title))
  expect(new Set(asked.map(({ to }) => to)).size).toBe(asked.length)

  // One without names among too few.
  const thin = askDraft(circle, { title: 'Too few', opensAt: at(1), reviewers: outsiders(3) })
  await ada.api.saveRound({ body: thin })
  circle.pass({ days: 1, minutes: 1 })
  await circle.runJob('feedback-rounds')
  await circle.runJob('feedback-rounds')
  const stays = await ada.api.readRound({ params: { roundId: thin.id } })
  expect(stays).toMatchObject({ status: 'draft', opensAt: null })
  expect(stays.notOpened).toContain('at least 5 people')
  const told = (await circle.mail()).filter(({ subject }) => subject.startsWith('It could not open'))
  expect(told).toHaveLength(1)
  expect(told[0]?.text).toContain('at least 5 people')
  // What is changed is no longer held against it.
  await ada.api.saveRound({ body: { ...thin, opensAt: null, reviewers: outsiders(5) } })
  expect((await ada.api.openRound({ params: { roundId: thin.id } })).notOpened).toBeNull()
})

it('F6: opens nothing in a group that its asker leads no more', async () => {
  const circle = await openCircle()
  const { ada, slug } = circle
  const organizer = await circle.join('Olga', 'organizer')
  const draft = askDraft(circle, {
    kind: 'about-group',
    group: slug,
    asksSelf: false,
    naming: 'attributed',
    opensAt: new Date(circle.house.now().getTime() + DAY).toISOString(),
  })
  await ada.api.saveRound({ body: draft })
  await organizer.api.changeRole({
    params: { slug, accountId: ada.id },
    body: { role: 'member' },
  })
  const open = () => ada.api.openRound({ params: { roundId: draft.id } })
  await expect(open()).rejects.toThrow('Facilitators and organizers')
  await organizer.api.removeMember({
    params: { slug, accountId: ada.id },
    body: { reason: 'They asked to leave.' },
  })
  await expect(open()).rejects.toThrow('not in its group any more')
  circle.pass({ days: 1, minutes: 1 })
  await circle.runJob('feedback-rounds')
  expect((await circle.mail()).filter(({ subject }) => subject.includes('asks for your feedback'))).toEqual(
    [],
  )
})

it('M7: asks nobody for somebody who was suspended meanwhile', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const draft = askDraft(house, {
    reviewers: outsiders(5),
    opensAt: new Date(house.house.now().getTime() + DAY).toISOString(),
  })
  await ada.api.saveRound({ body: draft })
  await house.house.db.update(accounts).set({ suspendedAt: house.house.now() }).where(eq(accounts.id, ada.id))
  house.pass({ days: 1, minutes: 1 })
  await house.runJob('feedback-rounds')
  expect(await house.mail()).toEqual([])
})

it('makes a commitment of a report that nobody else reads, once', async () => {
  const circle = await openCircle()
  const { ada, ben, cleo, slug } = circle
  const draft = askDraft(circle, {
    naming: 'attributed',
    group: slug,
    asksSelf: false,
    reviewers: [{ id: randomUUID(), name: 'Somebody', relation: 'member', accountId: cleo.id, email: null }],
  })
  await openAsked(ben, draft)
  const [request] = (await cleo.api.listMyFeedback()).requests
  await cleo.api.saveSheet({
    params: { key: request?.key ?? '' },
    body: { state: 'submitted', about: saying(draft, ben.id, 'well'), reason: '', receipt: receipt() },
  })
  await closeRound(circle)
  const [mine] = (await ben.api.listMyFeedback()).reports
  const params = { reportId: mine?.id ?? '' }
  const body = { id: randomUUID(), cue: 'somebody is cut off', action: 'give the word back', due: null }
  for (let time = 0; time < 2; time += 1) await ben.api.commitFromReport({ params, body })
  await ben.api.shareReport({ params, body: { accountId: ada.id } })
  await expect(ada.api.commitFromReport({ params, body })).rejects.toThrow()
  await expect(cleo.api.commitFromReport({ params, body })).rejects.toThrow()

  const [made, ...none] = await ben.api.listMyCommitments()
  expect(made).toMatchObject({ ...body, group: null, session: null, report: { id: params.reportId } })
  expect(none).toEqual([])
  const closed = await ben.api.closeCommitment({
    params: { id: body.id },
    body: { status: 'done', reflection: 'It was easy.' },
  })
  expect(closed.status).toBe('done')
  const theirs = await ada.api.listGroupCommitments({ params: { slug } })
  expect(JSON.stringify(theirs)).not.toContain('give the word back')
  expect(JSON.stringify(await ben.api.exportMyData())).toContain('give the word back')
})
