import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { blocks, groups, memberships, posts, roomEvents, rooms, sessions } from '#db/schema.ts'
import { applyDiscussionEvent, type DiscussionEvent } from '#shared/discussion.ts'
import { LONGEST_TITLE, type Discussion, type ThreadDraft } from '#shared/threads.ts'
import type { BlockDraft } from '#shared/sessions.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { Heard, TestPerson } from '#tests/house.ts'

const notFound = { code: 'not-found' }

const draftOf = (title: string, more: Partial<ThreadDraft> = {}): ThreadDraft => ({
  threadId: randomUUID(),
  postId: randomUUID(),
  title,
  body: 'What do you do?',
  question: false,
  ...more,
})

async function openGroup() {
  const circle = await openCircle()
  const { slug, groupId } = circle
  const load = (one: TestPerson, query: { session?: string; thread?: string } = {}) =>
    one.api.getGroupDiscussion({ params: { slug }, query })
  return { ...circle, params: { slug }, roomId: groupId, load }
}

const schedule = ({ ada, slug }: Circle, title = 'Next', minutes = 60) =>
  ada.api.scheduleSession({
    params: { slug },
    body: { id: randomUUID(), title, startsAt: '2026-11-24T17:30:00Z', minutes },
  })

const endIt = async ({ house: { db } }: Circle, id: string) =>
  db.update(sessions).set({ status: 'wrapped-up' }).where(eq(sessions.id, id))

const fold = (old: Discussion, news: Heard): Discussion =>
  news.frames.reduce(
    (state, frame) =>
      frame.type === 'news' && frame.number > state.position.number
        ? applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
        : state,
    old,
  )

it('a group talks in threads of its own, live, with gapless numbers, and old state and news are what is loaded', async () => {
  const story = await openGroup()
  const { ada, ben, cleo, params, roomId, load, house } = story
  const session = await schedule(story)
  const before = await load(cleo)
  const news = await cleo.follow(roomId, before.position)

  const one = draftOf('Saying no upwards', { question: true })
  const two = draftOf('Before Tuesday', { sessionId: session.id })
  await ben.api.startGroupThread({ params, body: one })
  await ben.api.startGroupThread({ params, body: one })
  story.pass({ minutes: 1 })
  await ada.api.startGroupThread({ params, body: two })
  const thread = { ...params, threadId: one.threadId }
  await Promise.all(
    [ada, cleo, ben].map((who) =>
      who.api.reply({ params: thread, body: { postId: randomUUID(), body: `${who.name} agrees.` } }),
    ),
  )
  await ben.api.titleThread({ params: thread, body: { title: '  Saying no,\n kindly ' } })
  await ada.api.setQuestion({ params: thread, body: { question: 'none' } })
  await news.until('question-set')

  const seen = fold(before, news)
  expect(seen).toEqual(await load(cleo))
  expect(seen.threads.map(({ title, session }) => [title, session?.title ?? null])).toEqual([
    ['Saying no, kindly', null],
    ['Before Tuesday', 'Next'],
  ])
  expect(seen.threads[0]?.posts.map(({ number }) => number)).toEqual([1, 2, 3, 4])
  const stored = await house.db.select().from(roomEvents).where(eq(roomEvents.roomId, roomId))
  expect(stored.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
    stored.map((_, index) => index + 1),
  )
  expect(JSON.stringify(stored)).not.toContain('Saying')
  expect((await load(ada, { session: session.id })).threads.map(({ id }) => id)).toEqual([two.threadId])
  expect((await load(ada, { thread: one.threadId })).threads.map(({ id }) => id)).toEqual([one.threadId])
})

it('a thread about a whole episode stands beside those on its words, with a title', async () => {
  const story = await openGroup()
  const { ben, cleo, slug, addEpisode } = story
  const episodeId = await addEpisode()
  const params = { slug, episodeId }
  const before = await cleo.api.getDiscussion({ params })
  const news = await cleo.follow(episodeId, before.position)
  const whole = draftOf('Was it worth it?')
  await ben.api.startThread({ params, body: whole })
  await news.until('thread-started')

  expect(fold(before, news)).toEqual(await cleo.api.getDiscussion({ params }))
  expect((await cleo.api.getDiscussion({ params })).threads).toMatchObject([
    { title: 'Was it worth it?', anchor: null, episodeId, session: null },
  ])
  expect((await story.load(cleo)).threads).toEqual([])
  expect((await cleo.api.listEpisodes({ params: { slug } }))[0]?.threads).toBe(1)
})

it('is nowhere for strangers, other groups, those who left, and over the socket', async () => {
  const story = await openGroup()
  const { ada, ben, zoe, params, roomId, load, house, groupId } = story
  const draft = draftOf('Secret', { body: 'zqsecretqz' })
  await ben.api.startGroupThread({ params, body: draft })
  const { position } = await load(ada)
  const thread = { ...params, threadId: draft.threadId }

  const nothing = async (one: TestPerson) => {
    await expect(load(one)).rejects.toMatchObject(notFound)
    await expect(one.api.getThread({ params: thread })).rejects.toMatchObject(notFound)
    await expect(one.api.startGroupThread({ params, body: draftOf('Mine') })).rejects.toMatchObject(notFound)
    await expect(
      one.api.reply({ params: thread, body: { postId: randomUUID(), body: 'Hello' } }),
    ).rejects.toMatchObject(notFound)
    await expect(one.api.titleThread({ params: thread, body: { title: 'Mine' } })).rejects.toMatchObject(
      notFound,
    )
    await expect(one.follow(roomId, position)).rejects.toThrow()
  }
  await nothing(zoe)
  // Zoe facilitates another group: its address opens no thread of this one.
  const [circle] = await house.db.select().from(groups).where(eq(groups.id, groupId))
  if (!circle) throw new Error('no circle')
  const [otherId, other] = [randomUUID(), `other-${randomUUID().slice(0, 8)}`]
  await house.db.insert(groups).values({ ...circle, id: otherId, slug: other })
  await house.db.insert(rooms).values({ id: otherId, groupId: otherId, kind: 'group' })
  await house.db
    .insert(memberships)
    .values({ groupId: otherId, accountId: zoe.id, role: 'facilitator', status: 'active' })
  await expect(
    zoe.api.getThread({ params: { slug: other, threadId: draft.threadId } }),
  ).rejects.toMatchObject(notFound)
  expect((await zoe.api.getGroupDiscussion({ params: { slug: other }, query: {} })).threads).toEqual([])
  await expect(zoe.api.startGroupThread({ params: { slug: other }, body: draft })).rejects.toMatchObject({
    code: 'conflict',
  })

  const heard = await ben.follow(roomId, position)
  await ben.api.leaveGroup({ params, body: {} })
  expect(await heard.closed).toBe(4003)
  await nothing(ben)
})

it('says what to do about what can’t be started, and starts nothing of it', async () => {
  const story = await openGroup()
  const { ada, ben, params, load, slug } = story
  const other = await openCircle()
  const foreign = await schedule(other)
  const episodeId = await story.addEpisode()
  const session = await schedule(story)
  const anchor = { quote: 'x', prefix: '', suffix: '', speaker: null, start: 1, end: 2, chapter: null }
  const start = (more: Partial<ThreadDraft>) =>
    ben.api.startGroupThread({ params, body: draftOf('Title', more) })
  const refused = (field: string) => ({ code: 'invalid', field })

  await expect(start({ title: ' \n ' })).rejects.toMatchObject(refused('title'))
  await expect(start({ title: null })).rejects.toMatchObject(refused('title'))
  await expect(start({ title: 'x'.repeat(LONGEST_TITLE + 1) })).rejects.toMatchObject({ code: 'invalid' })
  await expect(start({ body: ' \u0000 ' })).rejects.toMatchObject(refused('body'))
  await expect(start({ anchor })).rejects.toMatchObject(refused('anchor'))
  await expect(start({ sessionId: foreign.id })).rejects.toMatchObject(refused('sessionId'))
  await expect(start({ sessionId: randomUUID() })).rejects.toMatchObject(refused('sessionId'))
  const inEpisode = { slug, episodeId }
  await expect(
    ben.api.startThread({ params: inEpisode, body: draftOf('Title', { sessionId: session.id }) }),
  ).rejects.toMatchObject(refused('sessionId'))
  await expect(
    ben.api.startThread({ params: inEpisode, body: { ...draftOf(''), title: null } }),
  ).rejects.toMatchObject(refused('title'))
  expect((await load(ada)).threads).toEqual([])
  expect((await ada.api.getDiscussion({ params: inEpisode })).threads).toEqual([])

  const mine = draftOf('Mine')
  await ben.api.startGroupThread({ params, body: mine })
  const thread = { ...params, threadId: mine.threadId }
  await expect(ada.api.titleThread({ params: thread, body: { title: 'Hers' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(ben.api.placeThread({ params: thread, body: anchor })).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(
    ada.api.startGroupThread({ params, body: { ...draftOf('x'), threadId: mine.threadId } }),
  ).rejects.toMatchObject({ code: 'conflict' })
})

it('the heading goes with the words it stood over: withdrawn for good, hidden until it is shown again', async () => {
  const story = await openGroup()
  const { ada, ben, cleo, params, roomId, load, house } = story
  const draft = draftOf('zqheadingqz')
  await ben.api.startGroupThread({ params, body: draft })
  const thread = { ...params, threadId: draft.threadId }
  const reply = randomUUID()
  await cleo.api.reply({ params: thread, body: { postId: reply, body: 'Yes.' } })
  const before = await load(cleo)
  const news = await cleo.follow(roomId, before.position)
  const post = { ...thread, postId: draft.postId }

  await ada.api.hidePost({ params: post, body: { reason: 'Names a client.' } })
  expect((await load(cleo)).threads[0]?.title).toBe('')
  const again = await cleo.follow(roomId, { ...before.position, number: 0 })
  await again.until('thread-titled')
  expect(JSON.stringify(again.frames)).not.toContain('zqheadingqz')
  // What is not in sight is named by no result and no letter, either.
  await cleo.api.reply({ params: thread, body: { postId: randomUUID(), body: 'A pineapple.' } })
  const dan = await story.join('Dan')
  const found = await dan.api.search({ query: { words: 'pineapple' } })
  expect(JSON.stringify(found)).toContain('pineapple')
  expect(JSON.stringify(found)).not.toContain('zqheadingqz')
  story.pass({ days: 2 })
  await story.runJob('mail-posts')
  await story.runJob('mail-digests')
  expect(JSON.stringify(await story.mail())).not.toContain('zqheadingqz')
  const dora = await story.join('Dora', 'organizer')
  await dora.api.showPost({ params: post })
  expect((await load(cleo)).threads[0]?.title).toBe('zqheadingqz')
  await ben.api.withdrawPost({ params: post })
  expect((await load(cleo)).threads[0]?.title).toBe('')
  await news.until('post-withdrawn')
  await expect.poll(() => news.events().filter(({ type }) => type === 'thread-titled').length).toBe(3)
  expect(fold(before, news)).toEqual(await load(cleo))
  await expect(ben.api.titleThread({ params: thread, body: { title: 'Again' } })).rejects.toMatchObject({
    code: 'conflict',
  })
  const stored = await house.db.execute(`select * from threads`)
  expect(JSON.stringify(stored.rows)).not.toContain('zqheadingqz')
})

it('a question goes into the plan of a session, which says that it answered it; or a post does; or it is asked again', async () => {
  const story = await openGroup()
  const { ada, ben, cleo, params, roomId, load } = story
  const draft = draftOf('Saying no upwards', { question: true })
  await ben.api.startGroupThread({ params, body: draft })
  const session = await schedule(story)
  const thread = { ...params, threadId: draft.threadId }
  const of = { params: { sessionId: session.id } }
  const plan = { sessionId: session.id, blockId: randomUUID() }
  const before = await load(cleo)
  const news = await cleo.follow(roomId, before.position)

  await expect(cleo.api.planQuestion({ params: thread, body: plan })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await ada.api.planQuestion({ params: thread, body: plan })
  await ada.api.planQuestion({ params: thread, body: plan })
  const planned = await ada.api.getSession(of)
  expect(planned.blocks).toMatchObject([
    { id: plan.blockId, kind: 'discuss', prompt: 'Saying no upwards', minutes: 10 },
  ])
  expect(planned.blocks[0]?.notes).toContain(`/threads/${draft.threadId}`)
  expect((await load(cleo)).threads[0]).toMatchObject({ question: 'planned', plannedIn: { id: session.id } })
  expect(await cleo.api.listTakenUp(of)).toMatchObject([
    { threadId: draft.threadId, question: 'Saying no upwards', state: 'planned', mayLead: false },
  ])
  expect(planned.openQuestions).toBe(0)

  const answered = { question: 'answered' as const, sessionId: session.id }
  await expect(ada.api.setQuestion({ params: thread, body: answered })).rejects.toMatchObject({
    field: 'sessionId',
  })
  await endIt(story, session.id)
  await ada.api.setQuestion({ params: thread, body: answered })
  expect((await load(cleo)).threads[0]).toMatchObject({
    question: 'answered',
    answeredIn: { id: session.id, title: 'Next' },
    answeredBy: null,
  })

  await ben.api.setQuestion({ params: thread, body: { question: 'open' } })
  const postId = randomUUID()
  await cleo.api.reply({ params: thread, body: { postId, body: 'Say what you will do instead.' } })
  await expect(
    ben.api.setQuestion({ params: thread, body: { question: 'answered', postId: randomUUID() } }),
  ).rejects.toMatchObject({ field: 'postId' })
  await ben.api.setQuestion({ params: thread, body: { question: 'answered', postId } })
  expect((await load(cleo)).threads[0]).toMatchObject({
    question: 'answered',
    answeredBy: postId,
    answeredIn: null,
  })
  // What answered it is taken back, so it waits again.
  await cleo.api.withdrawPost({ params: { ...thread, postId } })
  await expect.poll(() => news.events().filter(({ type }) => type === 'question-set').length).toBe(5)
  expect(fold(before, news)).toEqual(await load(cleo))
  expect((await load(cleo)).threads[0]).toMatchObject({ question: 'open', answeredBy: null })
})

it('P10, P12, M1, G4: the words of a question leave the plan with the post: withdrawn, hidden, forgotten, deleted', async () => {
  const story = await openGroup()
  const { ada, ben, cleo, params, house, groupId } = story
  const session = await schedule(story)
  const of = { params: { sessionId: session.id } }
  const plan = async (one: TestPerson, title: string) => {
    const draft = draftOf(title, { question: true })
    await one.api.startGroupThread({ params, body: draft })
    const thread = { ...params, threadId: draft.threadId }
    const body = { sessionId: session.id, blockId: randomUUID() }
    await ada.api.planQuestion({ params: thread, body })
    return { ...thread, postId: draft.postId }
  }
  const stored = async () => JSON.stringify(await house.db.select().from(blocks))
  const room = await cleo.api.getRoom(of)
  const news = await cleo.follow(session.id, room.position)

  const withdrawn = await plan(ben, 'zqwithdrawnqz')
  const held = await ada.api.getSession(of)
  expect(await stored()).toContain('zqwithdrawnqz')
  expect(JSON.stringify(await cleo.api.getSession(of))).not.toContain('"threads"')
  await ben.api.withdrawPost({ params: withdrawn })
  expect(await stored()).not.toContain('zqwithdrawnqz')
  await expect.poll(() => news.events().filter(({ type }) => type === 'plan-changed').length).toBe(2)
  expect(JSON.stringify(news.events().at(-1))).toContain('its words were taken back')

  // A page that still holds the words does not bring them back; what is written there next stays.
  const save = async (blocks: BlockDraft[]) =>
    ada.api.replacePlan({ ...of, body: { basedOn: (await ada.api.getSession(of)).planVersion, blocks } })
  const drafts = held.blocks.map((block) => ({ ...block, notes: block.notes ?? '' }))
  const saved = await save(drafts)
  expect(await stored()).not.toContain('zqwithdrawnqz')
  await save(saved.blocks.map((block) => ({ ...block, notes: '', prompt: 'Mine now.' })))
  expect((await ada.api.getSession(of)).blocks).toMatchObject([{ prompt: 'Mine now.' }])

  await ada.api.hidePost({ params: await plan(ben, 'zqhiddenqz'), body: { reason: 'Names a client.' } })
  await plan(ben, 'zqdeletedqz')
  await ben.api.deleteAccount({ body: { email: ben.email } })
  await house.db.update(groups).set({ retentionMonths: 3 }).where(eq(groups.id, groupId))
  const old = await plan(cleo, 'zqforgottenqz')
  await house.db
    .update(posts)
    .set({ postedAt: new Date('2025-01-01T00:00:00Z') })
    .where(eq(posts.id, old.postId))
  await plan(cleo, 'zqyoungqz')
  await story.runJob('forget-old-words')
  for (const gone of ['zqhiddenqz', 'zqdeletedqz', 'zqforgottenqz'])
    expect(await stored()).not.toContain(gone)
  expect(await stored()).toContain('zqyoungqz')
})

it('a question goes into no plan without room, into none that is over, and is free again when its session is cancelled', async () => {
  const story = await openGroup()
  const { ada, ben, zoe, params, load } = story
  const draft = draftOf('Saying no upwards', { question: true })
  await ben.api.startGroupThread({ params, body: draft })
  const thread = { ...params, threadId: draft.threadId }
  const [full, next, over] = await Promise.all([
    schedule(story, 'Full'),
    schedule(story),
    schedule(story, 'Over'),
  ])
  await endIt(story, over.id)
  await ada.api.replacePlan({
    params: { sessionId: full.id },
    body: {
      basedOn: full.planVersion,
      blocks: [
        { id: randomUUID(), kind: 'close', title: 'All', minutes: 60, prompt: '', notes: '', options: {} },
      ],
    },
  })
  const put = (sessionId: string) =>
    ada.api.planQuestion({ params: thread, body: { sessionId, blockId: randomUUID() } })
  await expect(put(full.id)).rejects.toThrow('no room left')
  await expect(put(over.id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(put(randomUUID())).rejects.toMatchObject({ code: 'invalid', field: 'sessionId' })
  expect((await load(ben)).threads[0]?.question).toBe('open')
  await expect(zoe.api.listTakenUp({ params: { sessionId: next.id } })).rejects.toMatchObject(notFound)

  await put(next.id)
  await ada.api.cancelSession({ params: { sessionId: next.id }, body: { reason: 'Nobody can.' } })
  expect((await load(ben)).threads[0]).toMatchObject({ question: 'open', plannedIn: null })
})

it('an ended group starts no thread, and everything stays to be read', async () => {
  const story = await openGroup()
  const { ben, params, load, house, groupId } = story
  const draft = draftOf('Before the end')
  await ben.api.startGroupThread({ params, body: draft })
  await house.db.update(groups).set({ archivedAt: house.now() }).where(eq(groups.id, groupId))
  await expect(ben.api.startGroupThread({ params, body: draftOf('After') })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    ben.api.titleThread({ params: { ...params, threadId: draft.threadId }, body: { title: 'New' } }),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect((await load(ben)).threads.map(({ title }) => title)).toEqual(['Before the end'])
})
