import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { memberships, posts, threads } from '#db/schema.ts'
import { firstUnread, nextUnread, unread } from '#shared/discussion.ts'
import { includes } from '#shared/ranges.ts'
import type { Frame, ReadMark } from '#shared/rooms.ts'
import type { ThreadDraft } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import { openHouse, type Heard, type TestPerson } from '#tests/house.ts'

/** The Tuesday circle and an episode of it, with what its people do there. */
async function openEpisode() {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  const params = { slug: circle.slug, episodeId }
  const load = (one: TestPerson) => one.api.getDiscussion({ params })
  const start = async (who: TestPerson, more: Partial<ThreadDraft> = {}) => {
    const body = {
      threadId: randomUUID(),
      postId: randomUUID(),
      title: 'What stays?',
      body: 'One.',
      question: false,
      ...more,
    }
    await who.api.startThread({ params, body })
    return { slug: circle.slug, threadId: body.threadId, postId: body.postId }
  }
  const say = async (
    who: TestPerson,
    { slug, threadId }: { slug: string; threadId: string },
    body = 'More.',
  ) => {
    const postId = randomUUID()
    await who.api.reply({ params: { slug, threadId }, body: { postId, body } })
    return { slug, threadId, postId }
  }
  /** As the database counts, as the page of the episode counts, and both must say the same. */
  const fresh = async (who: TestPerson) => {
    const { threads: all, reader } = await load(who)
    const onPage = all.reduce((sum, thread) => sum + unread(thread, reader), 0)
    const { rooms } = await who.api.countUnreadInGroup({ params: { slug: circle.slug } })
    expect(rooms.find(({ roomId }) => roomId === episodeId)?.posts ?? 0).toBe(onPage)
    const mine = await who.api.countUnread()
    expect(mine.find(({ groupId }) => groupId === circle.groupId)?.posts ?? 0).toBe(
      rooms.reduce((sum, room) => sum + room.posts, 0),
    )
    return onPage
  }
  return { ...circle, episodeId, params, load, start, say, fresh }
}

const marksOf = (heard: Heard): ReadMark[] =>
  heard.frames.flatMap((frame: Frame) => (frame.type === 'marks' ? frame.marks : []))

it('U1: counts what others wrote and I have not read, in the thread, the episode and the group alike', async () => {
  const { ada, ben, start, say, fresh, load, pass } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  await say(ada, thread)
  expect([await fresh(ada), await fresh(ben)]).toEqual([0, 3])

  await ben.api.markRead({ params: thread, body: { posts: [[2, 2]] } })
  expect(await fresh(ben)).toBe(2)
  const { threads: seen, reader } = await load(ben)
  expect(seen[0] && firstUnread(seen[0], reader)?.number).toBe(1)

  pass({ minutes: 5 })
  const other = await start(ada, { title: 'And next time?' })
  const { threads: both } = await load(ben)
  expect(nextUnread(both, reader, thread.threadId)?.thread.id).toBe(other.threadId)
  expect(nextUnread(both, reader, other.threadId)?.thread.id).toBe(thread.threadId)
  expect(await fresh(ben)).toBe(3)
})

it('U1: whoever replies has read what came before, and nothing that came after', async () => {
  const { ada, ben, start, say, fresh } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  await say(ben, thread)
  expect(await fresh(ben)).toBe(0)
  await say(ada, thread)
  expect([await fresh(ben), await fresh(ada)]).toEqual([1, 0])
})

it('U1: marks a post unread again with what follows, and never what I wrote myself', async () => {
  const { ada, ben, start, say, fresh } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  await say(ben, thread)
  await say(ada, thread)
  await ben.api.markRead({ params: thread, body: { posts: [[1, 4]] } })
  expect(await fresh(ben)).toBe(0)

  const mark = await ben.api.markUnread({ params: thread, body: { from: 2 } })
  expect(mark.read).toEqual([
    [1, 1],
    [3, 3],
  ])
  expect(await fresh(ben)).toBe(2)
  await ben.api.markUnread({ params: thread, body: { from: 1 } })
  expect(await fresh(ben)).toBe(3)
})

it('U1: marks a whole episode, the threads of a group, or everything in it as read', async () => {
  const { ada, ben, cleo, slug, params, start, say, fresh } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  await start(ada)
  const ofGroup = {
    threadId: randomUUID(),
    postId: randomUUID(),
    title: 'Where next?',
    body: 'Here?',
    question: false,
  }
  await ada.api.startGroupThread({ params: { slug }, body: ofGroup })
  expect(await ben.api.countUnread()).toMatchObject([{ threads: 3, posts: 4 }])

  const { marks } = await ben.api.markEpisodeRead({ params })
  expect(marks.map(({ read }) => read).toSorted()).toEqual([[[1, 1]], [[1, 2]]])
  expect(await fresh(ben)).toBe(0)
  expect(await ben.api.countUnread()).toMatchObject([{ threads: 1, posts: 1 }])
  await ben.api.markGroupThreadsRead({ params: { slug } })
  expect(await ben.api.countUnread()).toEqual([])

  await cleo.api.markGroupRead({ params: { slug } })
  expect(await cleo.api.countUnread()).toEqual([])
  // Doing it again marks nothing again.
  expect((await ben.api.markEpisodeRead({ params })).marks).toEqual([])
})

it('U1: never counts what is withdrawn, hidden, forgotten, or of somebody I blocked', async () => {
  const { ada, ben, cleo, house, start, say, fresh, groupId } = await openEpisode()
  const thread = await start(cleo)
  const second = await say(cleo, thread)
  const third = await say(ada, thread)
  const last = await say(cleo, thread)
  expect(await fresh(ben)).toBe(4)

  await cleo.api.withdrawPost({ params: second })
  expect(await fresh(ben)).toBe(3)
  await ada.api.hidePost({ params: last, body: { reason: 'Not here.' } })
  expect(await fresh(ben)).toBe(2)
  await ben.api.markRead({ params: thread, body: { posts: [[3, 4]] } })
  expect(await fresh(ben)).toBe(1)
  // What was out of sight when I looked counts as little afterwards as what I saw.
  await ada.api.showPost({ params: last })
  expect(await fresh(ben)).toBe(1)

  await ben.api.blockPerson({ params: { accountId: cleo.id } })
  expect(await fresh(ben)).toBe(0)
  await ben.api.unblockPerson({ params: { accountId: cleo.id } })
  expect(await fresh(ben)).toBe(1)

  const [row] = await house.db.select().from(threads).where(eq(threads.id, thread.threadId))
  expect(row).toMatchObject({ gone: [[2, 2]], goneCount: 1, groupId })
  await house.db.delete(posts).where(eq(posts.id, third.postId))
})

it('U1: answers that wait for mine are not unread, and are once I have answered', async () => {
  const { ada, ben, cleo, params, start, say, fresh } = await openEpisode()
  const thread = await start(ada, { answerFirst: true })
  await say(ada, thread, 'My answer.')
  await say(cleo, thread, 'Hers.')
  expect(await fresh(ben)).toBe(1)

  await ben.api.markRead({ params: thread, body: { posts: [[1, 500]] } })
  await ben.api.markEpisodeRead({ params })
  expect(await fresh(ben)).toBe(0)
  await say(ben, thread, 'Mine.')
  // I have not read what opened only now.
  expect(await fresh(ben)).toBe(2)
})

it('U1: my other pages hear what I read, in order and each once, also after they were away', async () => {
  const { ada, ben, episodeId, start, say, load } = await openEpisode()
  const thread = await start(ada)
  for (let more = 0; more < 9; more += 1) await say(ada, thread)
  const other = await start(ada)
  const { position } = await load(ben)
  const [laptop, phone] = [await ben.follow(episodeId, position), await ben.follow(episodeId, position)]

  for (let number = 1; number <= 5; number += 1)
    await ben.api.markRead({ params: thread, body: { posts: [[number, number]] } })
  await expect.poll(() => marksOf(phone).at(-1)?.read).toEqual([[1, 5]])
  phone.close()
  await phone.closed
  await ben.api.markRead({ params: other, body: { posts: [[1, 1]] } })
  await ben.api.markUnread({ params: thread, body: { from: 3 } })
  await ben.api.markRead({ params: thread, body: { posts: [[7, 8]] } })

  const known = Math.max(...marksOf(phone).map(({ revision }) => revision))
  const again = await ben.follow(episodeId, position, known)
  const newest = {
    read: [
      [1, 2],
      [7, 8],
    ],
  }
  await expect.poll(() => marksOf(again)).toHaveLength(2)
  expect(marksOf(again).find(({ threadId }) => threadId === thread.threadId)).toMatchObject(newest)
  expect(marksOf(again).every(({ revision }) => revision > known)).toBe(true)
  await expect.poll(() => marksOf(laptop).at(-1)).toMatchObject(newest)
  for (const heard of [laptop, phone, again]) {
    const revisions = marksOf(heard).map(({ revision }) => revision)
    expect(revisions).toEqual([...new Set(revisions)].toSorted((one, two) => one - two))
  }
  // Whoever knows nothing hears how things are.
  const anew = await ben.follow(episodeId, position)
  await expect.poll(() => marksOf(anew)).toHaveLength(2)
  for (const { id, read } of (await load(ben)).threads)
    expect(marksOf(anew).find(({ threadId }) => threadId === id)?.read).toEqual(read)
})

it('U1: a hundred marks from two pages at once end in one state, which both hear', async () => {
  const { ada, ben, episodeId, start, say, load } = await openEpisode()
  const thread = await start(ada)
  for (let more = 0; more < 49; more += 1) await say(ada, thread)
  const { position } = await load(ben)
  const pages = [await ben.follow(episodeId, position), await ben.follow(episodeId, position)]
  const numbers = Array.from({ length: 50 }, (_, index) => index + 1)
  await Promise.all(
    [...numbers, ...numbers].map((number) =>
      ben.api.markRead({ params: thread, body: { posts: [[number, number]] } }),
    ),
  )
  for (const page of pages) {
    await expect.poll(() => marksOf(page).at(-1)?.read).toEqual([[1, 50]])
    const revisions = marksOf(page).map(({ revision }) => revision)
    expect(revisions).toEqual([...new Set(revisions)].toSorted((one, two) => one - two))
  }
})

it('U1: a page that hangs on another process hears my marks too', async () => {
  const { ada, ben, cleo, episodeId, databaseUrl, start, say, load } = await openEpisode()
  const other = await openHouse({ databaseUrl })
  const thread = await start(ada)
  await say(ada, thread)
  const { position } = await load(ben)
  const elsewhere = await other.followAs(ben.cookie, episodeId, position)
  const stranger = await other.followAs(cleo.cookie, episodeId, position)
  await ben.api.markRead({ params: thread, body: { posts: [[2, 2]] } })
  await expect.poll(() => marksOf(elsewhere), { timeout: 20_000 }).toMatchObject([{ read: [[2, 2]] }])
  await say(ada, thread)
  await stranger.until('post-added')
  expect(stranger.frames.map(({ type }) => type)).toEqual(['hello', 'news'])
})

it('U1: nobody else learns that I read: no frame, no number, no gap', async () => {
  const { ada, ben, cleo, zoe, episodeId, params, slug, start, say, load } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  const before = await load(cleo)
  const stranger = await cleo.follow(episodeId, before.position)
  const mine = await ben.follow(episodeId, before.position)

  await ben.api.markRead({ params: thread, body: { posts: [[1, 1]] } })
  await ben.api.markUnread({ params: thread, body: { from: 1 } })
  await ben.api.markEpisodeRead({ params })
  await ben.api.markGroupRead({ params: { slug } })
  await expect.poll(() => marksOf(mine).at(-1)?.read).toEqual([[1, 2]])
  // Whatever comes next is told to both, so what was told before it is all there.
  await say(ada, thread)
  await Promise.all([stranger.until('post-added'), mine.until('post-added')])

  expect(stranger.frames.map(({ type }) => type)).toEqual(['hello', 'news'])
  expect(stranger.frames[1]).toMatchObject({ number: before.position.number + 1 })
  expect(JSON.stringify(stranger.frames)).not.toContain(ben.id)
  expect((await load(cleo)).position.number).toBe(before.position.number + 1)
  // Whose marks are heard is said by the sign-in; what a page asks for changes nothing of that.
  const curious = await cleo.follow(episodeId, before.position, 0)
  await curious.until('post-added')
  expect(marksOf(curious)).toEqual([])

  for (const call of [
    () => zoe.api.countUnreadInGroup({ params: { slug } }),
    () => zoe.api.markRead({ params: thread, body: { posts: [[1, 1]] } }),
    () => zoe.api.markUnread({ params: thread, body: { from: 1 } }),
    () => zoe.api.markEpisodeRead({ params }),
    () => zoe.api.markGroupThreadsRead({ params: { slug } }),
    () => zoe.api.markGroupRead({ params: { slug } }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'not-found' })
  expect(await zoe.api.countUnread()).toEqual([])
})

it('U1: whoever left a group has nothing unread in it, and hears no marks there', async () => {
  const { ada, ben, house, episodeId, groupId, start, load } = await openEpisode()
  await start(ada)
  const heard = await ben.follow(episodeId, (await load(ben)).position)
  await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, ben.id))
  house.rooms.endMembership(groupId, ben.id)
  expect(await heard.closed).toBe(4003)
  expect(await ben.api.countUnread()).toEqual([])
})

it('says what is wrong with marks that can’t be, and marks nothing', async () => {
  const { ada, ben, start, say, fresh } = await openEpisode()
  const thread = await start(ada)
  await say(ada, thread)
  for (const body of [
    { posts: [[0, 1]] },
    { posts: [[1, 2, 3]] },
    { posts: 'all' },
    { posts: [[1, 9_999_999]] },
    { posts: Array.from({ length: 1_001 }, () => [1, 1]) },
  ]) {
    const answer = await ben.request({
      method: 'PUT',
      url: `/api/groups/${thread.slug}/threads/${thread.threadId}/read`,
      payload: body,
    })
    expect([answer.statusCode, answer.json<{ message: string }>().message.length > 10]).toEqual([422, true])
  }
  await expect(ben.api.markUnread({ params: thread, body: { from: 0 } })).rejects.toMatchObject({
    code: 'invalid',
  })
  expect(await fresh(ben)).toBe(2)
  // Ranges the wrong way round, over each other, and of posts that are not there yet, are what is there of them.
  const { read } = await ben.api.markRead({
    params: thread,
    body: {
      posts: [
        [2, 1],
        [2, 2],
        [2, 600],
      ],
    },
  })
  expect(read).toEqual([[2, 2]])
  expect(includes(read, 1)).toBe(false)
  await say(ada, thread)
  expect(await fresh(ben)).toBe(2)
})
