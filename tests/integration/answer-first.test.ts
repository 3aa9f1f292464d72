import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withThread } from '#shared/answer-first.ts'
import { applyDiscussionEvent, type DiscussionEvent } from '#shared/discussion.ts'
import type { Discussion, ThreadDraft } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { Heard, TestPerson } from '#tests/house.ts'

/** Words that nobody may read before they have answered. */
const CANARY = 'zqcanaryqz'
const notFound = { code: 'not-found' }

/** Cleo asks, in the group or in an episode; Ada facilitates, and Ben is the first to answer. */
async function openQuestion(where: 'group' | 'episode') {
  const circle = await openCircle()
  const { slug, groupId, cleo } = circle
  const episodeId = await circle.addEpisode()
  const roomId = where === 'group' ? groupId : episodeId
  const draft: ThreadDraft = {
    threadId: randomUUID(),
    postId: randomUUID(),
    title: 'Where is your line?',
    body: 'What would you never sign?',
    question: true,
    answerFirst: true,
  }
  if (where === 'group') await cleo.api.startGroupThread({ params: { slug }, body: draft })
  else await cleo.api.startThread({ params: { slug, episodeId }, body: draft })
  const { threadId } = draft
  const load = (one: TestPerson): Promise<Discussion> =>
    where === 'group'
      ? one.api.getGroupDiscussion({ params: { slug }, query: {} })
      : one.api.getDiscussion({ params: { slug, episodeId } })
  const answer = async (one: TestPerson, body: string) => {
    const postId = randomUUID()
    await one.api.reply({ params: { slug, threadId }, body: { postId, body } })
    return postId
  }
  return { ...circle, roomId, episodeId, draft, threadId, load, answer, params: { slug, threadId } }
}

/** What a page makes of what it loaded and heard: what comes without words is fetched. */
async function fold(one: TestPerson, slug: string, old: Discussion, news: Heard): Promise<Discussion> {
  let state = old
  for (const frame of news.frames) {
    if (frame.type !== 'news' || frame.number <= state.position.number) continue
    state = applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
  }
  for (const { id, stale } of state.threads)
    if (stale) state = withThread(state, await one.api.getThread({ params: { slug, threadId: id } }))
  return state
}

it.each(['group', 'episode'] as const)(
  'T1: what others answered reaches nobody before their own answer, in a thread of the %s',
  async (where) => {
    const story = await openQuestion(where)
    const { ada, ben, cleo, zoe, roomId, load, answer, params, threadId, slug } = story
    const dora = await story.join('Dora', 'organizer')
    const before = await load(ada)
    const beginning = { ...before.position, number: 0 }
    const heard = await ada.follow(roomId, before.position)
    const mailed = (await story.mail()).length

    const postId = await answer(ben, `${CANARY} one`)
    const secondId = await answer(ben, `${CANARY} two`)
    await ben.api.editPost({ params: { ...params, postId }, body: { body: `${CANARY} changed` } })
    await ben.api.withdrawPost({ params: { ...params, postId: secondId } })
    await heard.until('answers-changed')

    // The facilitator, the organizer and whoever asked: none of them has answered.
    for (const one of [ada, cleo, dora]) {
      const seen = (await load(one)).threads[0]
      expect(seen).toMatchObject({ id: threadId, shut: true, answers: 1, lastNumber: 1 })
      expect(seen?.posts.map(({ number }) => number)).toEqual([1])
      const again = await one.follow(roomId, beginning)
      await again.until('answers-changed')
      const post = { ...params, postId }
      const bodies = await Promise.all(
        [
          `/api/groups/${slug}/threads`,
          `/api/groups/${slug}/threads/${threadId}`,
          `/api/groups/${slug}/episodes`,
          `/api/groups/${slug}/episodes/${story.episodeId}/threads`,
          `/api/groups/${slug}/sessions`,
          '/api/my-data',
        ].map(async (url) => (await one.request({ method: 'GET', url })).body),
      )
      expect(JSON.stringify([bodies, again.frames, heard.frames])).not.toContain(CANARY)
      // An answer that waits is not there: not to be hidden, shown, or reported.
      await expect(one.api.readHiddenPost({ params: post })).rejects.toMatchObject(notFound)
      await expect(one.api.showPost({ params: post })).rejects.toMatchObject(notFound)
      const report = {
        id: randomUUID(),
        kind: 'post',
        target: postId,
        reason: 'spam',
        words: '',
        to: 'operator',
      }
      await expect(one.api.sendReport({ body: report as never })).rejects.toMatchObject(notFound)
    }
    await expect(
      ada.api.hidePost({ params: { ...params, postId }, body: { reason: 'So.' } }),
    ).rejects.toMatchObject(notFound)
    const mails = (await story.mail()).slice(mailed)
    expect(JSON.stringify(mails)).not.toContain(CANARY)
    await expect(load(zoe)).rejects.toMatchObject(notFound)

    // What is read of it cannot be more than what is there to be read.
    await ada.api.markRead({ params, body: { posts: [[1, 3]] } })
    await answer(ada, 'Mine.')
    await expect.poll(() => heard.events().filter(({ type }) => type === 'answers-changed').length).toBe(5)
    const opened = (await load(ada)).threads[0]
    expect(opened?.shut).toBe(false)
    expect(opened?.posts[1]?.body).toBe(`${CANARY} changed`)
    expect(await fold(ada, slug, before, heard)).toEqual(await load(ada))
    expect(JSON.stringify(heard.frames)).not.toContain(CANARY)
    // Cleo asked and has still not answered.
    expect((await load(cleo)).threads[0]?.shut).toBe(true)
    expect((await load(cleo)).threads[0]?.answers).toBe(2)
  },
)

it('T2: taking my answer back leaves open what I have read, and deleting my account closes nothing for others', async () => {
  const { ada, ben, load, answer, params } = await openQuestion('group')
  await answer(ben, `${CANARY} first`)
  const postId = await answer(ada, 'Mine.')
  await ada.api.withdrawPost({ params: { ...params, postId } })

  const still = (await load(ada)).threads[0]
  expect(still).toMatchObject({ shut: false, answers: 1 })
  expect(still?.posts[1]?.body).toBe(`${CANARY} first`)

  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect((await load(ada)).threads[0]).toMatchObject({ shut: false, answers: 0 })
})

it('T1: an open question is taken into a plan by what was asked, never by what was answered', async () => {
  const { ada, ben, cleo, slug, params, draft, answer } = await openQuestion('group')
  await answer(ben, `${CANARY} one`)
  const session = await ada.api.scheduleSession({
    params: { slug },
    body: { id: randomUUID(), title: 'Next', startsAt: '2026-11-24T17:30:00Z', minutes: 60 },
  })
  const of = { params: { sessionId: session.id } }
  expect(await ada.api.listOpenQuestions(of)).toEqual([
    { threadId: draft.threadId, question: 'Where is your line?', start: null },
  ])
  await cleo.api.withdrawPost({ params: { ...params, postId: draft.postId } })
  expect(await ada.api.listOpenQuestions(of)).toEqual([])
  expect((await ada.api.getSession(of)).openQuestions).toBe(0)
  expect(JSON.stringify(await ada.api.getSession(of))).not.toContain(CANARY)
})
