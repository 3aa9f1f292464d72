import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { accounts, feedbackRounds, feedbackSlips, groups, roomEvents } from '#db/schema.ts'
import { canary } from '#tests/canary.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type PodsBlock } from '#tests/pods.ts'
import { slipDraft } from '#tests/privacy-pods.ts'

const ROUND: PodsBlock = {
  kind: 'pairs',
  minutes: 14,
  options: { groupsOf: 2, minutesEach: 2, feedback: true, roles: ['Gives', 'Receives'] },
}

/** Four people in a live round of feedback, with whom each is together in which part of it. */
async function openRound() {
  const story = await openPods()
  const { ben, cleo, dan, eve, open } = story
  const people = [ben, cleo, dan, eve]
  const session = await open([ROUND], people)
  const [blockId = ''] = session.blockIds
  const partnerOf = async (person: TestPerson, round: number) => {
    const { pods } = await session.block(0)
    const pod = pods.find((one) => one.round === round && one.people.includes(person.id))
    return people.find(({ id }) => id !== person.id && pod?.people.includes(id)) as TestPerson
  }
  const give = (from: TestPerson, to: TestPerson, words: string, more = {}) =>
    from.api.saveSlip({ params: session.params, body: { ...slipDraft(blockId, to.id, words), ...more } })
  const slips = (person: TestPerson) => person.api.listSlips({ params: session.params })
  return { ...story, people, session, blockId, partnerOf, give, slips }
}

it('L23: pairs change as often as time allows, everybody with somebody new, and the turns are the same for all', async () => {
  const { session, people, partnerOf, ada, pass } = await openRound()
  const watching = await session.watch(people[0] as TestPerson)
  await session.goTo(0)
  const { pods, pace } = await session.block(0)
  expect(new Set(pods.map(({ round }) => round)).size).toBe(3)
  expect(pace).toEqual({ share: 0, left: 840, tail: 120 })
  for (const person of people) {
    const partners = [0, 1, 2].map(async (round) => (await partnerOf(person, round)).id)
    expect(new Set(await Promise.all(partners)).size).toBe(3)
  }
  pass({ minutes: 1 })
  const params = { ...session.params, blockId: session.blockIds[0] ?? '' }
  await ada.api.nextTurn({ params, body: { until: 1 / 6 } })
  expect((await session.block(0)).pace?.share).toBeCloseTo(1 / 6)
  await watching.agrees()
})

it('L20: a late comer meets those who rest, a leaver is missed by nobody in what comes, and what was stays', async () => {
  const { ada, session, people, join, pass } = await openRound()
  const watching = await session.watch(people[1] as TestPerson)
  await session.goTo(0)
  const first = (await session.block(0)).pods.filter(({ round }) => round === 0)
  pass({ minutes: 5 })
  const fay = await join('Fay')
  await fay.api.enterRoom({ params: session.params })
  const after = (await session.block(0)).pods
  expect(after.filter(({ round }) => round === 0)).toEqual(first)
  for (const round of [1, 2])
    expect(
      after
        .filter((pod) => pod.round === round)
        .flatMap(({ people }) => people)
        .toSorted(),
    ).toEqual([...people, fay].map(({ id }) => id).toSorted())
  await watching.agrees()

  const gone = people[0] as TestPerson
  await ada.api.setAttendance({ params: { ...session.params, accountId: gone.id }, body: { present: false } })
  const { pods } = await session.block(0)
  expect(pods.filter(({ round }) => round > 0).flatMap((pod) => pod.people)).not.toContain(gone.id)
  await watching.agrees()
})

it('F8: what somebody wrote reaches one person, once they open it: nothing of it in any frame, page, mail or log of others', async () => {
  const { ada, zoe, session, people, partnerOf, slips, mail, house, slug } = await openRound()
  const watching = await Promise.all([ada, ...people].map((person) => session.watch(person)))
  await session.goTo(0)
  const [ben] = people as [TestPerson]
  const partner = await partnerOf(ben, 0)
  const other = people.find((one) => one !== ben && one !== partner) as TestPerson
  const words = canary('for one person')

  // A draft stays with its writer.
  const draft = slipDraft(session.blockIds[0] ?? '', partner.id, words)
  await ben.api.saveSlip({ params: session.params, body: { ...draft, sent: false } })
  expect((await slips(partner)).got).toEqual([])
  await ben.api.saveSlip({ params: session.params, body: { ...draft, revision: 2 } })
  expect((await slips(ben)).written).toMatchObject([{ sent: true, opened: false }])
  const [got] = (await slips(partner)).got
  expect(got).toEqual({ id: draft.id, name: 'Ben', writerId: ben.id, words: null })

  const opened = await partner.api.openSlip({ params: { slipId: draft.id } })
  expect(opened.words).toEqual(draft.words)
  for (const one of watching) await one.agrees()
  expect(watching.map((one) => one.frames()).join()).not.toContain(words)
  const events = await house.db.select().from(roomEvents)
  expect(JSON.stringify(events)).not.toContain(draft.id)

  await ada.api.closeSession({ params: session.params })
  const [report] = (await partner.api.listMyFeedback()).reports
  const reportId = report?.id ?? ''
  for (const person of [ada, other, ben, zoe]) {
    for (const url of [
      `/api/sessions/${session.sessionId}/room`,
      `/api/sessions/${session.sessionId}/wrap-up`,
      `/api/sessions/${session.sessionId}/slips`,
      `/api/groups/${slug}/feedback`,
      '/api/me/feedback',
      `/api/feedback/reports/${reportId}`,
    ]) {
      const { body } = await person.request({ url })
      if (person !== ben || !url.endsWith('/slips')) expect(body).not.toContain(words)
      // Whoever was not meant is not told that anything was written.
      if (person === other || person === zoe) expect(body).not.toContain(draft.id)
    }
    await expect(person.api.openSlip({ params: { slipId: draft.id } })).rejects.toMatchObject({
      code: 'not-found',
    })
  }
  expect(JSON.stringify(await mail())).not.toContain(words)
  const stored = await house.db.select().from(feedbackSlips)
  expect(JSON.stringify(stored)).not.toContain(words)

  // The rest is as with every report: three lines, and thanks to who wrote.
  const read = await partner.api.readReport({ params: { reportId } })
  expect(read).toMatchObject({ live: true, mine: true, asked: 1, answered: 1, unopened: [] })
  expect(JSON.stringify(read.questions)).toContain(words)
  await partner.api.saveReflection({
    params: { reportId },
    body: { heard: 'I ask twice.', will: 'Ask again.', thanks: 'Ben' },
  })
  await partner.api.thankReviewers({ params: { reportId }, body: { words: 'Thank you, it helped.' } })
  expect((await mail()).filter(({ text }) => text.includes('it helped')).map(({ to }) => to)).toEqual([
    ben.email,
  ])
})

it('F8: one writes to those one is with, says all three things, and a late retry changes nothing', async () => {
  const { zoe, session, people, partnerOf, give, join } = await openRound()
  await session.goTo(0)
  const [ben] = people as [TestPerson]
  const partner = await partnerOf(ben, 0)
  const fay = await join('Fay')
  await expect(give(ben, fay, 'Hello')).rejects.toMatchObject({ code: 'not-found' })
  await expect(give(ben, ben, 'Hello')).rejects.toMatchObject({ code: 'not-found' })
  await expect(give(zoe, ben, 'Hello')).rejects.toMatchObject({ code: 'not-found' })
  const words = { situation: 'On Tuesday', behaviour: '', impact: '', wish: '' }
  await expect(give(ben, partner, '', { words })).rejects.toMatchObject({
    code: 'invalid',
    field: 'behaviour',
  })
  const id = randomUUID()
  await give(ben, partner, 'First', { id, revision: 3 })
  expect(await give(ben, partner, 'Late', { id, revision: 2 })).toMatchObject({
    revision: 3,
    words: { behaviour: 'First' },
  })
})

it('F9: what was not opened can be taken back, and is gone; what was opened stays with its reader', async () => {
  const { session, people, partnerOf, give, slips } = await openRound()
  await session.goTo(0)
  const [ben] = people as [TestPerson]
  const partner = await partnerOf(ben, 0)
  const first = await give(ben, partner, 'Too hard')
  const back = await give(ben, partner, 'Too hard', { id: first.id, revision: 2, sent: false })
  expect(back.sent).toBe(false)
  expect((await slips(partner)).got).toEqual([])
  expect((await partner.api.listMyFeedback()).reports).toEqual([])
  await expect(partner.api.openSlip({ params: { slipId: first.id } })).rejects.toThrow('taken back')

  await give(ben, partner, 'Kinder', { id: first.id, revision: 3 })
  await expect(partner.api.withdrawSlip({ params: { slipId: first.id } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await ben.api.withdrawSlip({ params: { slipId: first.id } })
  expect((await slips(partner)).got).toEqual([])

  const again = await give(ben, partner, 'At last')
  await partner.api.openSlip({ params: { slipId: again.id } })
  await expect(ben.api.withdrawSlip({ params: { slipId: again.id } })).rejects.toThrow('read already')
  await expect(give(ben, partner, 'No', { revision: 2, sent: false })).rejects.toThrow('read already')
})

it('F10: the group learns that there was a round, and how many took part once they are five', async () => {
  const { ada, ben, zoe, slug, session, people, partnerOf, give, join, open } = await openRound()
  await session.goTo(0)
  await give(ben, await partnerOf(ben, 0), canary('not for the group'))
  const listed = (person: TestPerson) => person.api.listGroupRounds({ params: { slug } })
  expect(await listed(ada)).toMatchObject([{ kind: 'everyone', live: true, tookPart: null, reportId: null }])
  expect(await listed(ben)).toEqual(await listed(ada))
  await expect(listed(zoe)).rejects.toMatchObject({ code: 'not-found' })
  expect((await ada.api.listMyFeedback()).rounds).toEqual([])

  await ada.api.closeSession({ params: session.params })
  const larger = await open([ROUND], [...people, await join('Fay')])
  await larger.goTo(0)
  expect((await listed(ada)).map(({ tookPart }) => tookPart).toSorted()).toEqual([5, null])
})

it('F11: whoever deletes their account takes along what was not opened; a round goes on without who began it', async () => {
  const { ada, ben, session, partnerOf, give, slips, house } = await openRound()
  await session.goTo(0)
  const [first, second] = [await partnerOf(ben, 0), await partnerOf(ben, 1)]
  const opened = await give(ben, first, 'You asked twice.')
  await give(ben, second, canary('gone with its writer'))
  await first.api.openSlip({ params: { slipId: opened.id } })
  const mine = await ben.api.exportMyData()
  expect(mine.feedbackSlips.map(({ behaviour }) => behaviour).toSorted()).toEqual(
    ['You asked twice.', canary('gone with its writer')].toSorted(),
  )
  expect(JSON.stringify(mine)).not.toContain(first.name)
  expect(JSON.stringify((await first.api.exportMyData()).feedbackReports)).toContain('You asked twice.')

  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect((await slips(second)).got).toEqual([])
  expect((await slips(first)).got).toMatchObject([
    { name: null, writerId: null, words: { behaviour: 'You asked twice.' } },
  ])
  // Ada led it, and leaves Shortside altogether.
  await ada.api.closeSession({ params: session.params })
  await house.db.transaction(async (tx) => {
    const { takeSlipsBack } = await import('#server/feedback/slips.ts')
    await takeSlipsBack(house, tx, ada.id)
    await tx.delete(accounts).where(eq(accounts.id, ada.id))
  })
  const [report] = (await first.api.listMyFeedback()).reports
  expect(JSON.stringify(await first.api.readReport({ params: { reportId: report?.id ?? '' } }))).toContain(
    'You asked twice.',
  )
})

it('F11: whoever goes while others open what they wrote, and while they write on, waits for it and goes', async () => {
  const { ben, session, partnerOf, give, slips, house, blockId } = await openRound()
  await session.goTo(0)
  const [first, second] = [await partnerOf(ben, 0), await partnerOf(ben, 1)]
  const { id: slipId } = await give(ben, first, 'You asked twice.')
  const waiting = (many: number) =>
    vi.waitUntil(
      async () => {
        const { rows } = await house.db.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows.length >= many
      },
      { timeout: 20_000, interval: 10 },
    )
  const all = await house.db.transaction(async (tx) => {
    await tx.select().from(feedbackRounds).where(eq(feedbackRounds.blockId, blockId)).for('update')
    const opening = first.api.openSlip({ params: { slipId } })
    await waiting(1)
    const writing = give(ben, second, canary('written while going'))
    await waiting(2)
    const going = ben.api.deleteAccount({ body: { email: ben.email } })
    await waiting(3)
    return () => Promise.all([opening, writing, going])
  })
  await all()
  expect((await slips(first)).got).toMatchObject([
    { name: null, writerId: null, words: { behaviour: 'You asked twice.' } },
  ])
  expect((await slips(second)).got).toEqual([])
})

it('F8: in a group that has ended nothing more is written, and what was not opened can still be taken back', async () => {
  const { ben, session, partnerOf, give, slips, house, groupId } = await openRound()
  await session.goTo(0)
  const partner = await partnerOf(ben, 0)
  const { id } = await give(ben, partner, 'Before')
  await house.db.update(groups).set({ archivedAt: house.now() }).where(eq(groups.id, groupId))
  await expect(give(ben, partner, 'After', { id, revision: 2 })).rejects.toThrow('This group has ended.')
  await expect(give(partner, ben, 'After')).rejects.toThrow('This group has ended.')
  expect((await slips(ben)).written).toMatchObject([{ words: { behaviour: 'Before' } }])
  await ben.api.withdrawSlip({ params: { slipId: id } })
  expect((await slips(partner)).got).toEqual([])
})

it('F8: what was begun in the room can be sent for a day after it was closed', async () => {
  const { ada, ben, session, partnerOf, give, slips, pass } = await openRound()
  await session.goTo(0)
  const partner = await partnerOf(ben, 0)
  const draft = await give(ben, partner, 'Later', { sent: false })
  await ada.api.closeSession({ params: session.params })
  await give(ben, partner, 'Later', { id: draft.id, revision: 2 })
  expect((await slips(partner)).got).toHaveLength(1)
  pass({ hours: 25 })
  await expect(give(ben, partner, 'Too late', { id: draft.id, revision: 3 })).rejects.toThrow(
    'more than a day ago',
  )
})

it('L23: five people, a late comer and a leaver, two turns: what each wrote is in the frames of nobody', async () => {
  const { ada, ben, cleo, dan, eve, join, open, pass } = await openPods()
  const fay = await join('Fay')
  const five = [ben, cleo, dan, eve, fay]
  const session = await open([ROUND], five)
  const [blockId = ''] = session.blockIds
  const watching = await Promise.all([ada, ...five].map((person) => session.watch(person)))
  await session.goTo(0)
  const podOf = async (person: TestPerson, round: number) =>
    (await session.block(0)).pods.find((pod) => pod.round === round && pod.people.includes(person.id))
  const said = new Map<string, { from: TestPerson; to: TestPerson }>()
  const giveAll = async (round: number, everybody: TestPerson[]) => {
    for (const from of everybody) {
      const partner = (await podOf(from, round))?.people.find((id) => id !== from.id)
      const to = everybody.find(({ id }) => id === partner)
      if (!to) continue
      const words = canary(`${from.name} to ${to.name}`)
      said.set(words, { from, to })
      const { id } = await from.api.saveSlip({
        params: session.params,
        body: slipDraft(blockId, to.id, words),
      })
      await to.api.openSlip({ params: { slipId: id } })
    }
  }
  // Of five, one rests.
  expect((await session.block(0)).pods.filter(({ round }) => round === 0)).toHaveLength(3)
  await giveAll(0, five)
  expect(said.size).toBe(4)

  // The second turn; Gil comes late and is with whoever rests, Ben has to go.
  pass({ minutes: 2 })
  const gil = await join('Gil')
  await gil.api.enterRoom({ params: session.params })
  expect((await podOf(gil, 0))?.people).toHaveLength(2)
  await ada.api.setAttendance({ params: { ...session.params, accountId: ben.id }, body: { present: false } })
  const there = [cleo, dan, eve, fay, gil]
  pass({ minutes: 3 })
  const next = (await session.block(0)).pods.filter(({ round }) => round === 1)
  expect(next.flatMap(({ people }) => people).toSorted()).toEqual(there.map(({ id }) => id).toSorted())
  await giveAll(1, there)

  for (const one of watching) await one.agrees()
  const frames = watching.map((one) => one.frames()).join()
  for (const [words, { from, to }] of said) {
    expect(frames).not.toContain(words)
    for (const person of [ada, ...five, gil]) {
      const { body } = await person.request({ url: `/api/sessions/${session.sessionId}/slips` })
      expect([person.name, body.includes(words)]).toEqual([person.name, person === from || person === to])
    }
  }
})
