import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { attendances, mails } from '#db/schema.ts'
import { readDurations } from '#server/sessions/read-durations.ts'
import type { SessionView } from '#shared/live.ts'
import { aheadOf, proposeMinutes } from '#shared/live/rebalance.ts'
import { openPods, type OpenSession, type PodsBlock, type PodsStory } from '#tests/pods.ts'

const WRITE = { kind: 'write' as const, minutes: 10, options: {} }
const PLAN: PodsBlock[] = [WRITE, WRITE, WRITE, WRITE]

type Story = PodsStory & { session: OpenSession }

/** A session with four blocks of ten minutes that is open; Ada runs it, Ben and Cleo are there. */
async function openStory(plan = PLAN): Promise<Story> {
  const story = await openPods()
  return { ...story, session: await story.open(plan, [story.ada, story.ben, story.cleo]) }
}

const draft = (more = {}) => ({
  kind: 'discuss' as const,
  title: 'What just came up',
  minutes: 7,
  prompt: 'What does this mean for us?',
  notes: 'Only when it is still warm.',
  options: {},
  ...more,
})

const titles = (view: SessionView) => view.blocks.map(({ title }) => title)

const at = ({ params, blockIds }: OpenSession, number: number) => ({
  params: { ...params, blockId: blockIds[number] ?? '' },
})

describe('L35: the plan while the room is open', () => {
  it('takes a new block, once however often it is sent, and everybody has it', async () => {
    const { session, ada, ben } = await openStory()
    await session.goTo(1)
    const watching = await session.watch(ben)
    const params = { ...session.params, blockId: randomUUID() }
    const body = { ...draft(), after: session.blockIds[2] ?? '' }
    await ada.api.insertBlock({ params, body })
    await ada.api.insertBlock({ params, body })
    const view = await watching.agrees()
    expect(titles(view)).toEqual(['Block 0', 'Block 1', 'Block 2', 'What just came up', 'Block 3'])
    expect(watching.frames()).not.toContain('still warm')
    expect((await ada.api.getRoom({ params: session.params })).notes).toEqual([
      { blockId: params.blockId, notes: 'Only when it is still warm.' },
    ])
    // What should come before the block that is on now comes next.
    const next = { ...session.params, blockId: randomUUID() }
    await ada.api.insertBlock({ params: next, body: { ...draft({ title: 'Late' }), after: null } })
    expect(titles(await watching.agrees())[2]).toBe('Late')
  })

  it('skips a block, passes over it, and takes it back in', async () => {
    const { session, ada, ben } = await openStory()
    await session.goTo(0)
    const watching = await session.watch(ben)
    const body = { id: randomUUID(), skipped: true }
    await ada.api.skipBlock({ ...at(session, 1), body })
    await ada.api.skipBlock({ ...at(session, 1), body })
    expect((await watching.agrees()).blocks.map(({ skipped }) => skipped)).toEqual([
      false,
      true,
      false,
      false,
    ])
    await ada.api.nextBlock({
      params: session.params,
      body: { id: randomUUID(), from: session.blockIds[0] ?? '' },
    })
    expect((await watching.agrees()).currentBlockId).toBe(session.blockIds[2])
    await ada.api.previousBlock({
      params: session.params,
      body: { id: randomUUID(), from: session.blockIds[2] ?? '' },
    })
    expect((await watching.agrees()).currentBlockId).toBe(session.blockIds[0])

    await ada.api.skipBlock({ ...at(session, 1), body: { id: randomUUID(), skipped: false } })
    // A late retry of what was taken back since changes nothing.
    await ada.api.skipBlock({ ...at(session, 1), body })
    expect((await watching.agrees()).blocks[1]?.skipped).toBe(false)
    // Whoever goes to a skipped block takes it back in by that.
    await ada.api.skipBlock({ ...at(session, 3), body: { id: randomUUID(), skipped: true } })
    await session.goTo(3)
    expect((await watching.agrees()).blocks[3]).toMatchObject({ skipped: false, endedAt: null })
  })

  it('says that there is nothing to begin with when everything is skipped', async () => {
    const { session, ada } = await openStory([WRITE])
    await ada.api.skipBlock({ ...at(session, 0), body: { id: randomUUID(), skipped: true } })
    await expect(
      ada.api.nextBlock({ params: session.params, body: { id: randomUUID(), from: null } }),
    ).rejects.toThrow('Every block of the plan is skipped. Take one back in first.')
  })

  it('moves a block that is to come; whoever saw it elsewhere moves nothing', async () => {
    const { session, ada, ben } = await openStory()
    await session.goTo(0)
    const watching = await session.watch(ben)
    const [first, second, third, last] = session.blockIds as [string, string, string, string]
    const body = { id: randomUUID(), from: third, to: first }
    await ada.api.moveBlock({ ...at(session, 3), body })
    expect(titles(await watching.agrees())).toEqual(['Block 0', 'Block 3', 'Block 1', 'Block 2'])
    await ada.api.moveBlock({ ...at(session, 3), body: { id: randomUUID(), from: first, to: second } })
    await ada.api.moveBlock({ ...at(session, 3), body })
    expect(titles(await watching.agrees())).toEqual(['Block 0', 'Block 1', 'Block 3', 'Block 2'])
    // Another facilitator still saw it at the end.
    await ada.api.moveBlock({ ...at(session, 3), body: { id: randomUUID(), from: third, to: null } })
    expect(titles(await watching.agrees())).toEqual(['Block 0', 'Block 1', 'Block 3', 'Block 2'])
    // Before the block that is on now is no place: it comes next.
    await ada.api.moveBlock({ ...at(session, 2), body: { id: randomUUID(), from: last, to: null } })
    expect(titles(await watching.agrees())).toEqual(['Block 0', 'Block 2', 'Block 1', 'Block 3'])
  })

  it('changes words of what is to come; a second facilitator writes nothing over', async () => {
    const { session, ada, ben, join } = await openStory()
    const fay = await join('Fay', 'facilitator')
    await session.goTo(0)
    const watching = await session.watch(ben)
    const body = {
      id: randomUUID(),
      title: { from: 'Block 2', to: 'A better one' },
      prompt: { from: '', to: 'What would Ada ask?' },
      notes: { from: '', to: 'Wait for the third answer.' },
    }
    await ada.api.changeBlock({ ...at(session, 2), body })
    await ada.api.changeBlock({ ...at(session, 2), body })
    const theirs = { id: randomUUID(), title: { from: 'Block 2', to: 'Mine' } }
    await expect(fay.api.changeBlock({ ...at(session, 2), body: theirs })).rejects.toMatchObject({
      code: 'conflict',
      field: 'title',
    })
    // Something else of the same block is theirs to change.
    await fay.api.changeBlock({ ...at(session, 2), body: { id: randomUUID(), minutes: { from: 10, to: 4 } } })
    expect((await watching.agrees()).blocks[2]).toMatchObject({
      title: 'A better one',
      prompt: 'What would Ada ask?',
      minutes: 4,
    })
    expect(watching.frames()).not.toContain('third answer')
  })

  it('takes the timer along when the minutes of the block that is on now change', async () => {
    const { session, ada, ben, house, pass } = await openStory()
    await session.goTo(0)
    const watching = await session.watch(ben)
    pass({ minutes: 4 })
    const minutes = (from: number, to: number) => ({ id: randomUUID(), minutes: { from, to } })
    const longer = minutes(10, 15)
    await ada.api.changeBlock({ ...at(session, 0), body: longer })
    await ada.api.changeBlock({ ...at(session, 0), body: longer })
    const left = (view: SessionView, now: number) => (Date.parse(view.timer.endsAt ?? '') - now) / 60_000
    const now = house.now().getTime()
    expect(left(await watching.agrees(), now)).toBe(11)
    // It is not over by that alone.
    await ada.api.changeBlock({ ...at(session, 0), body: minutes(15, 2) })
    const view = await watching.agrees()
    expect([left(view, now), view.blocks[0]?.minutes]).toEqual([1, 2])
    await ada.api.pauseTimer({ params: session.params, body: { id: randomUUID() } })
    await ada.api.changeBlock({ ...at(session, 0), body: minutes(2, 3) })
    expect((await watching.agrees()).timer).toEqual({ endsAt: null, left: 120 })
  })

  it('leaves what has happened as it is, and says so', async () => {
    const { session, ada, ben } = await openStory()
    await session.goTo(0)
    const answer = {
      id: randomUUID(),
      blockId: session.blockIds[0] ?? '',
      body: 'Mine',
      revision: 1,
      done: true,
    }
    await ben.api.writeAnswer({ params: session.params, body: answer })
    await session.goTo(1)
    const before = await session.view()
    const id = randomUUID()
    for (const [number, why] of [
      [0, /was on already/],
      [1, /is on now/],
    ] as const) {
      const block = at(session, number)
      const calls = [
        () => ada.api.skipBlock({ ...block, body: { id, skipped: true } }),
        () =>
          ada.api.moveBlock({
            ...block,
            body: {
              id,
              from: number === 0 ? null : (session.blockIds[0] ?? ''),
              to: session.blockIds[3] ?? '',
            },
          }),
        () => ada.api.changeBlock({ ...block, body: { id, prompt: { from: '', to: 'Another question' } } }),
      ]
      for (const call of calls) await expect(call()).rejects.toThrow(why)
    }
    const minutes = { id, minutes: { from: 10, to: 5 } }
    await expect(ada.api.changeBlock({ ...at(session, 0), body: minutes })).rejects.toThrow(/is over/)
    const nowhere = { params: { ...session.params, blockId: randomUUID() }, body: { id, skipped: true } }
    await expect(ada.api.skipBlock(nowhere)).rejects.toMatchObject({ code: 'not-found' })
    expect(await session.view()).toEqual(before)
    expect((await ben.api.getRoom({ params: session.params })).mine).toMatchObject([{ body: 'Mine' }])
  })

  it('is changed by whoever runs the session, and by nobody before it is open or after it is closed', async () => {
    const { session, ada, ben, zoe, open } = await openStory()
    const skip = { ...at(session, 2), body: { id: randomUUID(), skipped: true } }
    const insert = {
      params: { ...session.params, blockId: randomUUID() },
      body: { ...draft(), after: null },
    }
    for (const call of [
      (who: typeof ben) => who.api.skipBlock(skip),
      (who: typeof ben) => who.api.insertBlock(insert),
    ]) {
      await expect(call(ben)).rejects.toMatchObject({ code: 'not-allowed' })
      await expect(call(zoe)).rejects.toMatchObject({ code: 'not-found' })
    }
    // The id of a block of another session is not taken.
    const other = await open(PLAN, [ada])
    await expect(
      ada.api.insertBlock({
        params: { ...other.params, blockId: session.blockIds[0] ?? '' },
        body: { ...draft(), after: null },
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const storable = { ...insert, body: { ...insert.body, options: { roles: ['a\u0000b'] } } }
    await expect(ada.api.insertBlock(storable)).rejects.toMatchObject({ code: 'invalid' })
    await ada.api.closeSession({ params: session.params })
    await expect(ada.api.skipBlock(skip)).rejects.toThrow(/is over/)
  })
})

describe('L36: a plan that would not end in time', () => {
  const wanted = (view: SessionView, more: Record<string, number> = {}) => ({
    id: randomUUID(),
    blocks: aheadOf(view.blocks, view.currentBlockId).map(({ id, minutes }) => ({
      blockId: id,
      from: minutes,
      to: more[id] ?? minutes,
    })),
  })

  it('is proposed to fit, and fits when the proposal is taken, once', async () => {
    const { session, ada, ben, house, pass } = await openStory()
    await session.goTo(0)
    pass({ minutes: 75 })
    const view = await session.view()
    const proposal = proposeMinutes(view, house.now().getTime())
    expect(proposal).toMatchObject({ over: 0 })
    const watching = await session.watch(ben)
    const body = { id: randomUUID(), blocks: proposal?.blocks ?? [] }
    await ada.api.rebalance({ params: session.params, body })
    await ada.api.rebalance({ params: session.params, body })
    const after = await watching.agrees()
    expect(after.blocks.map(({ minutes, skipped }) => [minutes, skipped])).toEqual([
      [10, false],
      [5, false],
      [5, false],
      [5, false],
    ])
    expect(proposeMinutes(after, house.now().getTime())).toBeUndefined()
  })

  it('is skipped in part when it can’t fit otherwise', async () => {
    const { session, ada, ben, house, pass } = await openStory()
    await session.goTo(0)
    pass({ minutes: 82 })
    const watching = await session.watch(ben)
    const proposal = proposeMinutes(await session.view(), house.now().getTime())
    expect(proposal?.blocks.map(({ to }) => to)).toEqual([8, 0, 0])
    await ada.api.rebalance({
      params: session.params,
      body: { id: randomUUID(), blocks: proposal?.blocks ?? [] },
    })
    expect((await watching.agrees()).blocks.map(({ skipped }) => skipped)).toEqual([false, false, true, true])
  })

  it('changes nothing when the plan is another one by now', async () => {
    const { session, ada, ben } = await openStory()
    await session.goTo(0)
    const seen = await session.view()
    const [, second = '', third = ''] = session.blockIds
    await ada.api.changeBlock({
      ...at(session, 1),
      body: { id: randomUUID(), minutes: { from: 10, to: 8 } },
    })
    const stale = wanted(seen, { [third]: 3 })
    const before = await session.view()
    await expect(ada.api.rebalance({ params: session.params, body: stale })).rejects.toMatchObject({
      code: 'conflict',
    })
    const skip = { id: randomUUID(), skipped: true }
    await ada.api.skipBlock({ ...at(session, 3), body: skip })
    const missing = wanted(before, { [third]: 3 })
    await expect(ada.api.rebalance({ params: session.params, body: missing })).rejects.toThrow(/has changed/)
    await expect(ben.api.rebalance({ params: session.params, body: missing })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    await ada.api.rebalance({ params: session.params, body: wanted(await session.view(), { [second]: 4 }) })
    expect((await session.view()).blocks.map(({ minutes }) => minutes)).toEqual([10, 4, 10, 10])
  })
})

describe('L37: a room that was opened too early', () => {
  it('is shut again, and whoever only came in was not there', async () => {
    const { session, ada, ben, cleo, dan, zoe, house } = await openStory()
    const { params } = session
    await ada.api.setAttendance({ params: { ...params, accountId: dan.id }, body: { present: true } })
    await dan.api.enterRoom({ params })
    await ben.api.raiseHand({ params, body: { turnId: randomUUID() } })
    const watching = await session.watch(ben)
    const sent = await house.db.$count(mails)
    await expect(ben.api.shutRoom({ params })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(zoe.api.shutRoom({ params })).rejects.toMatchObject({ code: 'not-found' })
    await ada.api.shutRoom({ params })
    await ada.api.shutRoom({ params })
    const view = await watching.agrees()
    expect(view.session).toMatchObject({ status: 'scheduled', openedAt: null })
    expect(view.people).toMatchObject([{ accountId: dan.id, screen: false }])
    expect(view.queue).toEqual([])
    expect(
      await house.db
        .select({ accountId: attendances.accountId, noticed: attendances.noticed })
        .from(attendances)
        .where(eq(attendances.sessionId, session.sessionId)),
    ).toEqual([{ accountId: dan.id, noticed: 'facilitator' }])
    expect(await house.db.$count(mails)).toBe(sent)
    await expect(cleo.api.enterRoom({ params })).rejects.toThrow(/not open yet/)

    await ada.api.openRoom({ params })
    await ben.api.enterRoom({ params })
    const names = (await watching.agrees()).people.map(({ name }) => name)
    expect(names.toSorted()).toEqual(['Ada', 'Ben', 'Dan'])
  })

  it('stays open once a block began', async () => {
    const { session, ada } = await openStory()
    await session.goTo(0)
    await expect(ada.api.shutRoom({ params: session.params })).rejects.toThrow(/has begun/)
    await ada.api.closeSession({ params: session.params })
    await expect(ada.api.shutRoom({ params: session.params })).rejects.toThrow(/is over/)
  })
})

it('L38: what a block took is what it ran, over all the times it was gone to and without pauses', async () => {
  const { session, ada, house, pass } = await openStory()
  const { params } = session
  await session.goTo(0)
  pass({ minutes: 6 })
  await session.goTo(1)
  pass({ minutes: 3 })
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 20 })
  await ada.api.extendTimer({ params, body: { id: randomUUID(), minutes: 2 } })
  await ada.api.resumeTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 0.5 })
  await ada.api.changeBlock({ ...at(session, 2), body: { id: randomUUID(), minutes: { from: 10, to: 4 } } })
  await session.goTo(0)
  pass({ minutes: 8 })
  await session.goTo(2)
  await ada.api.pauseTimer({ params, body: { id: randomUUID() } })
  pass({ minutes: 1 })
  await ada.api.closeSession({ params })
  const took = await readDurations(house.db, session.sessionId)
  expect(took.map(({ planned, minutes, seconds }) => [planned, minutes, seconds])).toEqual([
    [10, 10, 14 * 60],
    [10, 10, 3.5 * 60],
    [10, 4, 0],
    [10, 10, null],
  ])
  expect((await ada.api.getWrapUp({ params })).blocks.map((block) => block.took)).toEqual([14, 3.5, 0, null])
})
