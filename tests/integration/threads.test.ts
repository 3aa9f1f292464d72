import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { episodes, groups, memberships, posts, roomEvents, rooms, threads } from '#db/schema.ts'
import { applyDiscussionEvent, type DiscussionEvent } from '#shared/discussion.ts'
import { LONGEST_POST, type Anchor, type Discussion, type ThreadDraft } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { Heard, TestPerson } from '#tests/house.ts'

const anchor: Anchor = {
  quote: 'the team kept waiting for me',
  prefix: 'what I had been good at, and ',
  suffix: '.',
  speaker: 'Guest',
  start: 658,
  end: 691,
  chapter: 658,
}

const draftOf = (body: string, more: Partial<ThreadDraft> = {}): ThreadDraft => ({
  threadId: randomUUID(),
  postId: randomUUID(),
  anchor,
  body,
  question: false,
  ...more,
})

/** The Tuesday circle, and an episode of it. */
async function openEpisode() {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  const params = { slug: circle.slug, episodeId }
  return { ...circle, params, episodeId, load: (one: TestPerson) => one.api.getDiscussion({ params }) }
}

/** Zoe facilitates another group, with an episode of its own. */
async function openOtherEpisode({ house: { db }, groupId, zoe }: Awaited<ReturnType<typeof openEpisode>>) {
  const [circle] = await db.select().from(groups).where(eq(groups.id, groupId))
  if (!circle) throw new Error('no circle')
  const [id, episodeId, slug] = [randomUUID(), randomUUID(), `other-${randomUUID().slice(0, 8)}`]
  await db.insert(groups).values({ ...circle, id, slug })
  await db
    .insert(memberships)
    .values({ groupId: id, accountId: zoe.id, role: 'facilitator', status: 'active' })
  await db.insert(episodes).values({ id: episodeId, groupId: id, title: 'Another one' })
  await db.insert(rooms).values({ id: episodeId, groupId: id, kind: 'episode' })
  return { slug, episodeId }
}

/** The old state and every event since, folded as a page does it. */
function fold(old: Discussion, news: Heard): Discussion {
  return news.frames.reduce(
    (state, frame) =>
      frame.type === 'news' && frame.number > state.position.number
        ? applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
        : state,
    old,
  )
}

/** Two who read along: what they saw, folded with what they heard, is what a page that is loaded now shows. */
async function readAlong({ ben, cleo, episodeId, load }: Awaited<ReturnType<typeof openEpisode>>) {
  const before = await Promise.all([load(ben), load(cleo)])
  const news = await Promise.all([
    ben.follow(episodeId, before[0].position),
    cleo.follow(episodeId, before[1].position),
  ])
  return {
    agree: async (last: string) => {
      await Promise.all(news.map((one) => one.until(last)))
      const [benSaw, cleoSaw] = [fold(before[0], news[0]), fold(before[1], news[1])]
      expect(benSaw).toEqual(await load(ben))
      expect(cleoSaw).toEqual(await load(cleo))
      expect(benSaw.threads.map(({ read: _read, ...thread }) => thread)).toEqual(
        cleoSaw.threads.map(({ read: _read, ...thread }) => thread),
      )
      return benSaw
    },
  }
}

it('shows a thread to everybody who reads along, with its first post, as open question', async () => {
  const story = await openEpisode()
  const { ada, params } = story
  const along = await readAlong(story)

  const draft = draftOf('How do you do this when you *really* are the only one?', { question: true })
  const started = await ada.api.startThread({ params, body: draft })

  const seen = await along.agree('thread-started')
  expect(seen.threads).toMatchObject([
    {
      id: draft.threadId,
      anchor,
      question: 'open',
      startedBy: { name: 'Ada' },
      lastNumber: 1,
      read: [],
      posts: [{ id: draft.postId, number: 1, body: draft.body, withdrawn: false }],
    },
  ])
  expect(started.posts[0]?.html).toContain('<em>really</em>')
  expect((await story.load(ada)).threads[0]?.read).toEqual([[1, 1]])
})

it('numbers replies without gaps, and counts what one writes as read', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, params } = story
  const draft = draftOf('Tried it on Monday.')
  await ada.api.startThread({ params, body: draft })
  const along = await readAlong(story)
  const thread = { ...params, threadId: draft.threadId }

  await Promise.all(
    [ben, cleo, ada, ben].map((who) =>
      who.api.reply({ params: thread, body: { postId: randomUUID(), body: `${who.name} agrees.` } }),
    ),
  )
  await ada.api.setQuestion({ params: thread, body: { question: 'open' } })

  const seen = await along.agree('question-set')
  expect(seen.threads[0]?.posts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
  expect(seen.threads[0]?.lastNumber).toBe(5)
})

it('lets a writer change their words, and nobody else', async () => {
  const story = await openEpisode()
  const { ada, ben, params, pass } = story
  const draft = draftOf('Tried it on Monday.')
  await ben.api.startThread({ params, body: draft })
  const along = await readAlong(story)
  const post = { ...params, threadId: draft.threadId, postId: draft.postId }

  pass({ days: 30 })
  await ben.api.editPost({ params: post, body: { body: 'Tried it on **Tuesday**.' } })
  await expect(ada.api.editPost({ params: post, body: { body: 'Never.' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })

  const seen = await along.agree('post-edited')
  expect(seen.threads[0]?.posts[0]).toMatchObject({ body: 'Tried it on **Tuesday**.' })
  expect(seen.threads[0]?.posts[0]?.editedAt).toBeTruthy()
})

it('withdraws words from everywhere: pages, the log, and whoever hears the past again', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, params, episodeId, load, house } = story
  const beginning = (await load(cleo)).position
  const draft = draftOf('A secret about Monday.')
  await ben.api.startThread({ params, body: draft })
  const thread = { ...params, threadId: draft.threadId }
  const secret = { postId: randomUUID(), body: 'Another secret.' }
  await ben.api.reply({ params: thread, body: secret })
  await ben.api.editPost({ params: { ...thread, postId: draft.postId }, body: { body: 'A better secret.' } })
  await ada.api.reply({ params: thread, body: { postId: randomUUID(), body: 'Thank you.' } })
  const along = await readAlong(story)

  for (const other of [ada, cleo])
    await expect(
      other.api.withdrawPost({ params: { ...thread, postId: draft.postId } }),
    ).rejects.toMatchObject({ code: 'not-allowed' })
  await ben.api.withdrawPost({ params: { ...thread, postId: draft.postId } })
  await ben.api.withdrawPost({ params: { ...thread, postId: draft.postId } })
  await ben.api.withdrawPost({ params: { ...thread, postId: secret.postId } })
  await ada.api.setQuestion({ params: thread, body: { question: 'open' } })

  const seen = await along.agree('question-set')
  expect(seen.position.number).toBe(8)
  expect(JSON.stringify(seen)).not.toContain('secret')
  // The words that its writer chose go along; the moment stays.
  expect(seen.threads[0]?.anchor).toMatchObject({ quote: '', prefix: '', speaker: null, start: anchor.start })
  expect(JSON.stringify(await house.db.select().from(threads))).not.toContain('waiting')
  await expect(ada.api.placeThread({ params: thread, body: anchor })).rejects.toMatchObject({
    code: 'conflict',
  })
  const again = await cleo.follow(episodeId, { number: 0, epoch: beginning.epoch })
  await again.until('question-set')
  expect(JSON.stringify(again.frames)).not.toContain('secret')
  expect(fold({ ...(await load(cleo)), position: beginning, threads: [] }, again).threads).toEqual(
    (await load(cleo)).threads,
  )
  expect(JSON.stringify(await house.db.select().from(posts))).not.toContain('secret')
  expect(JSON.stringify(await house.db.select().from(roomEvents))).not.toContain('secret')
  const retry = await ben.api.startThread({ params, body: draft })
  expect(JSON.stringify(retry)).not.toContain('secret')
})

it('counts no thread, and no open question, of which every post was withdrawn', async () => {
  const { ben, params, slug } = await openEpisode()
  const [gone, kept] = [draftOf('Never mind.', { question: true }), draftOf('Who waits?', { question: true })]
  await ben.api.startThread({ params, body: gone })
  await ben.api.startThread({ params, body: kept })
  await ben.api.withdrawPost({ params: { ...params, threadId: gone.threadId, postId: gone.postId } })

  expect(await ben.api.listEpisodes({ params: { slug } })).toMatchObject([{ threads: 1, openQuestions: 1 }])
})

it('never posts twice, however often it is sent, and refuses somebody else’s id', async () => {
  const story = await openEpisode()
  const { ada, ben, params, load } = story
  const draft = draftOf('Tried it on Monday.')
  const thread = { ...params, threadId: draft.threadId }
  const answer = { postId: randomUUID(), body: 'And?' }

  const first = await ada.api.startThread({ params, body: draft })
  expect(await ada.api.startThread({ params, body: draft })).toEqual(first)
  const once = await ben.api.reply({ params: thread, body: answer })
  expect(await ben.api.reply({ params: thread, body: answer })).toEqual(once)
  // Of two tabs with one draft, the second has other words: they are not swallowed.
  await expect(
    ben.api.reply({ params: thread, body: { ...answer, body: 'Something else.' } }),
  ).rejects.toMatchObject({ code: 'conflict' })
  await expect(
    ada.api.startThread({ params, body: { ...draft, body: 'Something else.' } }),
  ).rejects.toMatchObject({ code: 'conflict' })

  await expect(ben.api.startThread({ params, body: draft })).rejects.toMatchObject({ code: 'conflict' })
  await expect(ada.api.reply({ params: thread, body: answer })).rejects.toMatchObject({ code: 'conflict' })
  await expect(
    ben.api.startThread({ params, body: draftOf('Mine.', { postId: draft.postId }) }),
  ).rejects.toMatchObject({ code: 'conflict' })
  const { threads, position } = await load(ada)
  expect(threads.map(({ posts }) => posts.length)).toEqual([2])
  expect(position.number).toBe(2)
})

it('keeps what each has read, privately, and what was read stays read', async () => {
  const story = await openEpisode()
  const { ada, ben, params, load } = story
  const draft = draftOf('One.')
  await ada.api.startThread({ params, body: draft })
  const thread = { ...params, threadId: draft.threadId }
  for (const body of ['Two.', 'Three.'])
    await ada.api.reply({ params: thread, body: { postId: randomUUID(), body } })
  const { position } = await load(ben)

  const mark = async (posts: [number, number][]) =>
    (await ben.api.markRead({ params: thread, body: { posts } })).read
  expect(await mark([[2, 2]])).toEqual([[2, 2]])
  expect(await mark([])).toEqual([[2, 2]])
  expect(await mark([[3, 99]])).toEqual([[2, 3]])
  expect((await load(ben)).threads[0]?.read).toEqual([[2, 3]])
  expect((await load(ben)).position).toEqual(position)
})

it('lets whoever started a thread, or a facilitator, say that it is an open question', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, params } = story
  const draft = draftOf('One.')
  await ben.api.startThread({ params, body: draft })
  const call = { params: { ...params, threadId: draft.threadId }, body: { question: 'open' } as const }

  await expect(cleo.api.setQuestion(call)).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await ben.api.setQuestion(call)).toEqual({ question: 'open' })
  expect(await ada.api.setQuestion({ ...call, body: { question: 'answered' } })).toEqual({
    question: 'answered',
  })
})

it('is placed again by whoever started it or a facilitator, and keeps the words it was first about', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, params, episodeId, load, house } = story
  const beginning = await load(cleo)
  const draft = draftOf('One.', { anchor: { ...anchor, original: 'Never said.' } })
  await ben.api.startThread({ params, body: draft })
  const thread = { ...params, threadId: draft.threadId }
  const along = await readAlong(story)
  const corrected = { ...anchor, quote: 'the team waited for me', start: 700, end: 733 }

  await expect(cleo.api.placeThread({ params: thread, body: corrected })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  const placed = await ben.api.placeThread({ params: thread, body: corrected })
  expect(placed.anchor).toEqual({ ...corrected, original: anchor.quote })
  await ben.api.placeThread({ params: thread, body: corrected })
  await ben.api.placeThread({ params: thread, body: { ...anchor, start: 700 } })
  await ben.api.placeThread({ params: thread, body: corrected })

  await ben.api.setQuestion({ params: thread, body: { question: 'open' } })
  const seen = await along.agree('question-set')
  expect(seen.threads[0]?.anchor).toEqual({ ...corrected, original: anchor.quote })
  expect(seen.position.number).toBe(5)
  const again = await cleo.follow(episodeId, beginning.position)
  await again.until('question-set')
  expect(fold(beginning, again)).toEqual(await load(cleo))
  expect(JSON.stringify(await house.db.select().from(roomEvents))).not.toContain('the team')
  // Placed by a facilitator, it keeps nothing that only its starter said.
  expect((await ada.api.placeThread({ params: thread, body: corrected })).anchor).toEqual(corrected)
})

it('hears two hundred replies that come all at once, each once and in order', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, params } = story
  const everybody = [ada, ben, cleo, await story.join('Dora'), await story.join('Eli')]
  const draft = draftOf('Who has tried it?')
  await ada.api.startThread({ params, body: draft })
  const along = await readAlong(story)
  const thread = { ...params, threadId: draft.threadId }

  await Promise.all(
    everybody.flatMap((who) =>
      Array.from({ length: 40 }, (_, index) =>
        who.api.reply({ params: thread, body: { postId: randomUUID(), body: `${who.name} ${index}` } }),
      ),
    ),
  )
  await ada.api.setQuestion({ params: thread, body: { question: 'open' } })

  const seen = await along.agree('question-set')
  expect(seen.threads[0]?.posts.map(({ number }) => number)).toEqual(
    Array.from({ length: 201 }, (_, index) => index + 1),
  )
})

it('refuses to change what was withdrawn meanwhile, and says what to do', async () => {
  const story = await openEpisode()
  const { ben, params } = story
  const draft = draftOf('Tried it on Monday.')
  await ben.api.startThread({ params, body: draft })
  const along = await readAlong(story)
  const post = { ...params, threadId: draft.threadId, postId: draft.postId }

  const [, edit] = await Promise.allSettled([
    ben.api.withdrawPost({ params: post }),
    ben.api.editPost({ params: post, body: { body: 'Tried it on Tuesday.' } }),
  ])
  if (edit.status === 'rejected') expect(edit.reason).toMatchObject({ code: 'conflict' })
  await expect(ben.api.editPost({ params: post, body: { body: 'Again.' } })).rejects.toMatchObject({
    code: 'conflict',
    message: 'This post was withdrawn. Write a new reply instead.',
  })
  const seen = await along.agree('post-withdrawn')
  expect(seen.threads[0]?.posts[0]).toMatchObject({ body: '', html: '', withdrawn: true })
})

it('is nowhere to be found for strangers, other groups and those who left', async () => {
  const story = await openEpisode()
  const { ada, ben, zoe, params, episodeId, load } = story
  const draft = draftOf('Tried it on Monday.')
  await ada.api.startThread({ params, body: draft })
  const { position } = await load(ada)
  const other = await openOtherEpisode(story)
  const mixed = { slug: other.slug, episodeId }

  for (const someone of [zoe, await story.person('Mallory')]) {
    for (const where of [params, mixed]) {
      const thread = { ...where, threadId: draft.threadId }
      const post = { ...thread, postId: draft.postId }
      const body = { postId: randomUUID(), body: 'Hello.' }
      for (const call of [
        () => someone.api.getDiscussion({ params: where }),
        () => someone.api.startThread({ params: where, body: draftOf('Hello.') }),
        () => someone.api.reply({ params: thread, body }),
        () => someone.api.editPost({ params: post, body: { body: 'Hello.' } }),
        () => someone.api.withdrawPost({ params: post }),
        () => someone.api.setQuestion({ params: thread, body: { question: 'open' } }),
        () => someone.api.placeThread({ params: thread, body: anchor }),
        () => someone.api.markRead({ params: thread, body: { posts: [[1, 1]] } }),
      ])
        await expect(call()).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(someone.follow(episodeId, position)).rejects.toThrow('404')
  }
  const elsewhere = { ...other, threadId: draft.threadId }
  await expect(
    zoe.api.reply({ params: elsewhere, body: { postId: randomUUID(), body: 'Hello.' } }),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(story.stranger().api.getDiscussion({ params })).rejects.toMatchObject({
    code: 'not-signed-in',
  })

  await story.house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, ben.id))
  await expect(load(ben)).rejects.toMatchObject({ code: 'not-found' })
})

it('says what to do about words that can’t be taken, and takes nothing of them', async () => {
  const story = await openEpisode()
  const { ada, params, load } = story
  const tooLong = draftOf('x'.repeat(LONGEST_POST + 1))

  await expect(ada.api.startThread({ params, body: tooLong })).rejects.toMatchObject({
    code: 'invalid',
    field: 'body',
    message: '“body” may be at most 8,000 characters long; this is 8,001.',
  })
  await expect(ada.api.startThread({ params, body: draftOf(' \n\u0000 ') })).rejects.toMatchObject({
    code: 'invalid',
    field: 'body',
    message: 'There are no words in this yet. Write something first.',
  })
  await expect(
    ada.api.startThread({ params, body: draftOf('Hello.', { threadId: 'mine' }) }),
  ).rejects.toMatchObject({ code: 'invalid' })
  expect((await load(ada)).position.number).toBe(0)

  const half = { ...anchor, quote: 'half a smile \ud83d', prefix: '\ude00 after' }
  const kept = await ada.api.startThread({
    params,
    body: draftOf('Half \ud83d and NUL \u0000.', { anchor: half }),
  })
  expect(kept.posts[0]?.body).toBe('Half \ufffd and NUL .')
})

it('shows Markdown, never somebody’s HTML, scripts or pictures', async () => {
  const { ada, params } = await openEpisode()
  const nasty =
    '<script>alert(1)</script> <img src=x onerror=alert(1)> ![spy](https://spy.example/x.png) [go](javascript:alert(1)) **bold** https://example.org'
  const thread = await ada.api.startThread({ params, body: draftOf(nasty) })
  const preview = await ada.api.previewPost({ body: { body: nasty } })

  const html = thread.posts[0]?.html ?? ''
  expect(preview.html).toBe(html)
  expect(html).toContain('<strong>bold</strong>')
  expect(html).toMatch(/<a href="https:\/\/example.org" rel="[^"]*nofollow[^"]*">/)
  expect(html).not.toMatch(/<script|<img|href="javascript/)
})
