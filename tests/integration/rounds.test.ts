import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { codeGuests, episodes, segments, sessions } from '#db/schema.ts'
import type { BlockKind, PlanOptions } from '#shared/guide.ts'
import type { LiveBlock, SessionView } from '#shared/live.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPods, type OpenSession, type PodsStory } from '#tests/pods.ts'

const CHECK_IN = { kind: 'check-in' as BlockKind, minutes: 10, options: { goRound: true, minutesEach: 1 } }

type Go = ReturnType<typeof going>

/** What one can do in the go-round of the first block, seen as it stands. */
function going({ ada, house }: PodsStory, session: OpenSession, people: TestPerson[]) {
  const params = { ...session.params, blockId: session.blockIds[0] ?? '' }
  const nameOf = (id: string | undefined) => people.find((one) => one.id === id)?.name ?? 'nobody'
  const from = async () => ({ from: (await session.view()).speaking?.turnId ?? null })
  return {
    params,
    from,
    next: async (by = ada) => by.api.nextSpeaker({ params, body: await from() }),
    back: async (by = ada) => by.api.previousSpeaker({ params, body: await from() }),
    callOn: async (who: TestPerson, by = ada) =>
      by.api.callOn({ params, body: { accountId: who.id, ...(await from()) } }),
    pass: (who: TestPerson, by = who) => by.api.passTurn({ params, body: { accountId: who.id } }),
    rejoin: (who: TestPerson, by = who) => by.api.rejoinGoRound({ params, body: { accountId: who.id } }),
    speaks: async () => nameOf((await session.view()).speaking?.accountId),
    order: async () => (await session.block(0)).goRound?.seats.map((seat) => nameOf(seat.accountId)) ?? [],
    spoken: async (who: TestPerson) =>
      (await session.view()).people.find(({ accountId }) => accountId === who.id)?.spoken,
    now: () => house.now(),
  }
}

async function openGoRound(block: { kind: BlockKind; minutes: number; options: PlanOptions } = CHECK_IN) {
  const story = await openPods()
  const { ada, ben, cleo, dan, eve } = story
  const session = await story.open([block], [ada, ben, cleo, dan])
  const watching = await session.watch(ben)
  await session.goTo(0)
  return { ...story, session, watching, go: going(story, session, [ada, ben, cleo, dan, eve]) }
}

const speakAll = async (go: Go) => {
  for (let at = 0; at < 6; at += 1) await go.next()
}

it('L31: everybody who is there has a turn, the facilitator goes on, and a double click skips nobody', async () => {
  const { ada, ben, cleo, zoe, go, session, watching } = await openGoRound()
  expect(await go.order()).toEqual(['Ada', 'Ben', 'Cleo', 'Dan'])
  expect(await go.speaks()).toBe('nobody')

  const body = await go.from()
  await ada.api.nextSpeaker({ params: go.params, body })
  await ada.api.nextSpeaker({ params: go.params, body })
  expect(await go.speaks()).toBe('Ada')
  const view = await watching.agrees()
  expect(view.blocks[0]?.goRound?.timer.endsAt).toBe(new Date(go.now().getTime() + 60_000).toISOString())
  expect(await go.spoken(ada)).toBe(1)

  // Members and strangers do not run it; whoever speaks says when they are done.
  await expect(go.next(cleo)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(go.next(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(go.back(ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(go.callOn(cleo, ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(go.pass(cleo, ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(go.pass(ben, zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(go.rejoin(ben, zoe)).rejects.toMatchObject({ code: 'not-found' })
  await go.next()
  const done = await go.from()
  await ben.api.nextSpeaker({ params: go.params, body: done })
  await ben.api.nextSpeaker({ params: go.params, body: done })
  expect(await go.speaks()).toBe('Cleo')
  await watching.agrees()

  await go.next()
  await go.next()
  await go.next()
  expect(await go.speaks()).toBe('nobody')
  expect(await go.spoken(cleo)).toBe(1)
  expect((await watching.agrees()).speaking).toBeNull()
  const somewhere = { params: { ...go.params, blockId: randomUUID() }, body: { from: null } }
  await expect(ada.api.nextSpeaker(somewhere)).rejects.toMatchObject({ code: 'not-found' })
  await session.view()
})

it('L31: whoever begins may begin while the floor is free, and somebody else may not', async () => {
  const { ben, cleo, go, watching, ada } = await openGoRound()
  await go.pass(ada)
  await expect(go.next(cleo)).rejects.toMatchObject({ code: 'not-allowed' })
  await go.next(ben)
  expect(await go.speaks()).toBe('Ben')
  await watching.agrees()
})

it('L31: a pass is no turn, and can be taken back: then they come at the end', async () => {
  const { ada, ben, cleo, dan, go, watching } = await openGoRound()
  await go.pass(cleo)
  await go.pass(cleo)
  await go.next()
  await go.pass(ada)
  expect(await go.speaks()).toBe('Ben')
  expect(await go.spoken(ada)).toBe(0)
  await watching.agrees()
  await go.next()
  expect(await go.speaks()).toBe('Dan')
  // Nobody is asked why, and nobody is called on who passed.
  await go.rejoin(cleo)
  await go.rejoin(cleo)
  await go.rejoin(dan)
  expect(await go.order()).toEqual(['Ada', 'Ben', 'Dan', 'Cleo'])
  await go.next()
  expect(await go.speaks()).toBe('Cleo')
  await go.next()
  expect(await go.speaks()).toBe('nobody')
  expect(await go.spoken(ben)).toBe(1)
  await watching.agrees()
})

it('L31: the facilitator goes back, passes over who is away, and picks', async () => {
  const { ada, ben, cleo, dan, eve, go, watching } = await openGoRound()
  await go.next()
  await go.next()
  await go.next()
  expect(await go.speaks()).toBe('Cleo')
  await go.back()
  expect(await go.speaks()).toBe('Ben')
  expect(await go.spoken(ben)).toBe(1)
  expect(await go.spoken(cleo)).toBe(0)
  await watching.agrees()
  await go.callOn(dan)
  expect(await go.speaks()).toBe('Dan')
  await go.callOn(dan)
  expect(await go.spoken(dan)).toBe(1)
  await go.pass(cleo, ada)
  const seats = (await watching.agrees()).blocks[0]?.goRound?.seats
  expect(seats?.find(({ accountId }) => accountId === cleo.id)?.aside).toBe('skipped')
  await go.rejoin(cleo, ada)
  await go.next()
  expect(await go.speaks()).toBe('Cleo')
  await expect(go.callOn(eve)).rejects.toMatchObject({ code: 'not-found' })
  await go.back()
  await go.back()
  await go.back()
  await watching.agrees()
})

it('L31: late comers join at the end, also without a screen; whoever is counted out drops out and frees the floor', async () => {
  const { ada, ben, eve, go, session, watching } = await openGoRound()
  await go.next()
  const count = (person: TestPerson, present: boolean) =>
    ada.api.setAttendance({ params: { ...session.params, accountId: person.id }, body: { present } })
  await count(eve, true)
  expect(await go.order()).toEqual(['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'])
  await watching.agrees()
  await go.next()
  await count(ben, false)
  expect(await go.speaks()).toBe('nobody')
  expect(await go.order()).toEqual(['Ada', 'Cleo', 'Dan', 'Eve'])
  await watching.agrees()
  await go.next()
  expect(await go.speaks()).toBe('Cleo')
})

it('L31: who began last time does not begin again, over the sessions of a group', async () => {
  const story = await openPods()
  const { ada, ben, cleo, dan } = story
  const people = [ada, ben, cleo, dan]
  const began: string[] = []
  for (let time = 0; time < 4; time += 1) {
    const session = await story.open([CHECK_IN], people)
    await session.goTo(0)
    const go = going(story, session, people)
    await go.next()
    began.push(await go.speaks())
    await speakAll(go)
    await ada.api.closeSession({ params: session.params })
    story.pass({ days: 7 })
  }
  expect(began).toEqual(['Ada', 'Ben', 'Cleo', 'Dan'])
})

it('L31: a hand beside it gets the floor as ever, and the go-round goes on after it', async () => {
  const { ada, cleo, go, session, watching, pass } = await openGoRound()
  await go.next()
  const turnId = randomUUID()
  await cleo.api.raiseHand({ params: session.params, body: { turnId } })
  await ada.api.giveTurn({ params: { ...session.params, turnId } })
  expect(await go.speaks()).toBe('Cleo')
  await watching.agrees()
  await ada.api.pauseTimer({ params: session.params, body: { id: randomUUID() } })
  await go.next()
  expect(await go.speaks()).toBe('Ben')
  expect((await session.block(0)).goRound?.timer).toEqual({ endsAt: null, left: 60 })
  await ada.api.resumeTimer({ params: session.params, body: { id: randomUUID() } })
  pass({ minutes: 0.5 })
  await ada.api.pauseTimer({ params: session.params, body: { id: randomUUID() } })
  expect((await session.block(0)).goRound?.timer).toEqual({ endsAt: null, left: 30 })
  await watching.agrees()
  await ada.api.closeSession({ params: session.params })
  await expect(go.next()).rejects.toMatchObject({ code: 'conflict' })
  await watching.agrees()
})

it('L31: whoever deletes their account has no place in it any more', async () => {
  const { cleo, go, watching } = await openGoRound()
  await go.next()
  await go.next()
  await go.next()
  await cleo.api.deleteAccount({ body: { email: cleo.email } })
  expect(await go.order()).toEqual(['Ada', 'Ben', 'Dan'])
  expect(await go.speaks()).toBe('nobody')
  await watching.agrees()
  await go.next()
  expect(await go.speaks()).toBe('Dan')
})

it('L33: what is practised before everybody is counted, once for each press', async () => {
  const practice = { kind: 'practice' as const, minutes: 10, options: { minutesEach: 2 } }
  const { ada, ben, zoe, go, session, watching } = await openGoRound(practice)
  const again = (by: TestPerson, from: number) =>
    by.api.nextDemonstration({ params: go.params, body: { from } })
  await expect(again(ben, 0)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(again(zoe, 0)).rejects.toMatchObject({ code: 'not-found' })
  await again(ada, 0)
  await again(ada, 0)
  expect((await session.block(0)).demonstration).toMatchObject({ number: 1 })
  await again(ada, 1)
  await ada.api.pauseTimer({ params: session.params, body: { id: randomUUID() } })
  expect((await watching.agrees()).blocks[0]?.demonstration).toEqual({
    number: 2,
    timer: { endsAt: null, left: 120 },
  })
  await expect(go.next()).rejects.toMatchObject({ code: 'conflict' })
})

const LISTEN = { kind: 'listen' as const, minutes: 10, options: { part: { start: 600, end: 660 } } }

async function openListening() {
  const story = await openPods()
  const { ada, ben, cleo, house, groupId } = story
  const session = await story.open([LISTEN, CHECK_IN], [ada, ben, cleo])
  const episodeId = await story.addEpisode()
  await house.db
    .update(episodes)
    .set({ audioUrl: 'https://audio.example.org/influence.mp3' })
    .where(eq(episodes.id, episodeId))
  const line = (position: number, start: number, text: string) => ({
    ...{ groupId, episodeId, position, start, text },
    end: start + 10,
    speaker: 'Host',
  })
  await house.db
    .insert(segments)
    .values([line(0, 0, 'Before the part.'), line(1, 600, 'The first dip.'), line(2, 630, 'And out of it.')])
  await house.db.update(sessions).set({ episodeId }).where(eq(sessions.id, session.sessionId))
  const watching = await session.watch(ben)
  await session.goTo(0)
  const params = { ...session.params, blockId: session.blockIds[0] ?? '' }
  const play = (playing: boolean, position: number | null = null, by = ada, id: string = randomUUID()) =>
    by.api.playPart({ params, body: { id, playing, position } })
  const playing = async () => (await session.block(0)).playing
  return { ...story, session, watching, params, play, playing }
}

it('L32: the part plays for all at the facilitator’s pace; twice sent, it happens once', async () => {
  const { ben, zoe, house, pass, play, playing, session, watching } = await openListening()
  await expect(play(true, null, ben)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(play(true, null, zoe)).rejects.toMatchObject({ code: 'not-found' })
  const id = randomUUID()
  const began = house.now().toISOString()
  await play(true, null, undefined, id)
  pass({ minutes: 0.5 })
  await play(true, null, undefined, id)
  expect(await playing()).toEqual({ position: 600, since: began })
  await play(false)
  expect(await playing()).toEqual({ position: 630, since: null })
  await play(true, 0)
  expect((await playing())?.position).toBe(600)
  await watching.agrees()
  // Going on stops it where it is.
  pass({ minutes: 0.25 })
  await session.goTo(1)
  expect(await playing()).toEqual({ position: 615, since: null })
  await play(true)
  expect(await playing()).toEqual({ position: 615, since: null })
  await watching.agrees()
})

it('L32: members read the part and get its audio; strangers hear "not found"', async () => {
  const { ben, zoe, params, session } = await openListening()
  const part = await ben.api.readPart({ params })
  expect(part).toMatchObject({
    title: 'Influence at any level',
    audioUrl: 'https://audio.example.org/influence.mp3',
    start: 600,
    end: 660,
    chapters: [{ start: 600, title: 'The first dip' }],
    lines: [{ text: 'The first dip.' }, { text: 'And out of it.' }],
  })
  await expect(zoe.api.readPart({ params })).rejects.toMatchObject({ code: 'not-found' })
  const other = { ...params, blockId: session.blockIds[1] ?? '' }
  await expect(ben.api.readPart({ params: other })).rejects.toMatchObject({ code: 'not-found' })
})

it('L32, N6: a guest reads the part while it runs, without the address of its audio', async () => {
  const { ada, zoe, house, groupId, params, session, watching } = await openListening()
  await expect(zoe.api.readPart({ params })).rejects.toMatchObject({ code: 'not-found' })
  await house.db.insert(codeGuests).values({
    ...{ groupId, sessionId: session.sessionId, accountId: zoe.id },
    ...{ cameAt: house.now(), seatOnly: false },
  })
  await zoe.api.enterRoom({ params: session.params })
  expect(await zoe.api.readPart({ params })).toMatchObject({
    hasAudio: true,
    audioUrl: null,
    lines: [{ text: 'The first dip.' }, { text: 'And out of it.' }],
  })
  // A guest is in the go-round like everybody else; the part is over for them.
  await session.goTo(1)
  const seats = (await watching.agrees()).blocks[1]?.goRound?.seats
  expect(seats?.map(({ accountId }) => accountId)).toContain(zoe.id)
  await expect(zoe.api.readPart({ params })).rejects.toMatchObject({ code: 'not-found' })
  await ada.api.readPart({ params })
})

const written = (blockId: string, body: string, done = true, revision = 1) => ({
  ...{ id: randomUUID(), blockId, body, done, revision },
})

it('L34: one word each is short, and stands there as soon as all have one', async () => {
  const close = { kind: 'close' as const, minutes: 3, options: { closing: 'one-word' as const } }
  const { ada, ben, cleo, dan, session, watching, go } = await openGoRound(close)
  const { blockId } = go.params
  const write = (by: TestPerson, body: string) =>
    by.api.writeAnswer({ params: session.params, body: written(blockId, body) })
  await expect(write(ben, 'a whole sentence that is far too long for one word')).rejects.toMatchObject({
    code: 'invalid',
  })
  await write(ben, 'relieved')
  await write(cleo, 'tired')
  expect(wordsOf(await session.view())).toEqual([])
  await write(dan, 'curious')
  expect(wordsOf(await session.view())).toEqual(['curious', 'relieved', 'tired'])
  await watching.agrees()
  await expect(write(ada, 'late')).rejects.toMatchObject({ code: 'conflict' })
})

it('L31, L34: a close that is spoken in turn is not written as well, and says what to do instead', async () => {
  const close = { kind: 'close' as const, minutes: 3, options: { goRound: true } }
  const { ada, ben, zoe, session, watching, go, house, groupId } = await openGoRound(close)
  const { blockId } = go.params
  const write = (by: TestPerson) =>
    by.api.writeAnswer({ params: session.params, body: written(blockId, 'Thanks to Cleo') })
  const inTurn = 'Everybody speaks in turn here, so nothing is written. Say it when it is your turn, or pass.'
  await expect(write(ben)).rejects.toMatchObject({ code: 'conflict', message: inTurn })
  await expect(write(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await house.db.insert(codeGuests).values({
    ...{ groupId, sessionId: session.sessionId, accountId: zoe.id },
    ...{ cameAt: house.now(), seatOnly: false },
  })
  await zoe.api.enterRoom({ params: session.params })
  await expect(write(zoe)).rejects.toMatchObject({ code: 'conflict', message: inTurn })
  expect(await go.order()).toEqual(['Ada', 'Ben', 'Cleo', 'Dan', 'nobody'])
  await expect(ada.api.revealAnswers({ params: { ...session.params, blockId } })).rejects.toMatchObject({
    code: 'conflict',
    message: 'Everybody speaks in turn here, so there is nothing to reveal. Go on to whoever is next.',
  })
  await go.next()
  await go.next()
  expect(await go.speaks()).toBe('Ben')
  expect((await session.block(0)).written).toEqual([])
  await watching.agrees()
})

it('L34: plus and delta are revealed together, when the facilitator says', async () => {
  const close = { kind: 'close' as const, minutes: 3, options: { closing: 'plus-delta' as const } }
  const { ada, ben, cleo, dan, session, watching, go } = await openGoRound(close)
  const { blockId } = go.params
  const write = (by: TestPerson, body: string) =>
    by.api.writeAnswer({ params: session.params, body: written(blockId, body) })
  await expect(write(ben, '+ \nΔ ')).rejects.toMatchObject({ code: 'invalid' })
  await write(ben, '+ The pairs\nΔ Start on time')
  await write(cleo, 'Δ Fewer slides')
  await write(dan, '+ Honest')
  expect(wordsOf(await session.view())).toEqual([])
  await ada.api.revealAnswers({ params: { ...session.params, blockId } })
  expect(wordsOf(await session.view())).toEqual([
    '+ Honest',
    '+ The pairs\nΔ Start on time',
    'Δ Fewer slides',
  ])
  await watching.agrees()
})

const wordsOf = ({ blocks }: SessionView): string[] =>
  (blocks[0] as LiveBlock).answers.map(({ body }) => body).toSorted()
