import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { threads } from '#db/schema.ts'
import { mentionOf } from '#shared/mentions.ts'
import { MOST_POSTS } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'

async function openThread() {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  const params = { slug: circle.slug, threadId: randomUUID() }
  await circle.ben.api.startThread({
    params: { slug: circle.slug, episodeId },
    body: { threadId: params.threadId, postId: randomUUID(), title: 'Asking', body: 'Who?', question: false },
  })
  return { ...circle, episodeId, params }
}

it('L1: replies that are sent at once, some twice and some with a mention, are numbered without gaps and heard once', async () => {
  const { ada, ben, cleo, episodeId, params } = await openThread()
  const load = () => ben.api.getDiscussion({ params: { slug: params.slug, episodeId } })
  const before = await load()
  const heard = await ben.follow(episodeId, before.position)
  const drafts = Array.from({ length: 24 }, (_, at) => ({
    postId: randomUUID(),
    body: at % 6 === 0 ? `${mentionOf(ben.id)} number ${at}` : `number ${at}`,
  }))
  const sent = await Promise.all(
    drafts.flatMap((body, at) =>
      Array.from({ length: at % 3 === 0 ? 2 : 1 }, () => (at % 2 ? ada : cleo).api.reply({ params, body })),
    ),
  )
  const numbers = new Map(sent.map(({ id, number }) => [id, number]))
  expect([...numbers.values()].sort((a, b) => a - b)).toEqual(drafts.map((_, at) => at + 2))
  const after = await load()
  expect(after.threads[0]?.posts.map(({ number }) => number)).toEqual([1, ...drafts.map((_, at) => at + 2)])
  expect(after.position.number - before.position.number).toBe(drafts.length)
  await expect
    .poll(() => heard.frames.flatMap((frame) => (frame.type === 'news' ? [frame.number] : [])))
    .toEqual(drafts.map((_, at) => before.position.number + at + 1))
})

it('takes the retry of a reply also when its thread is full by now, and no further one', async () => {
  const { ada, house, params } = await openThread()
  const body = { postId: randomUUID(), body: 'The last one.' }
  const sent = await ada.api.reply({ params, body })
  await house.db.update(threads).set({ lastNumber: MOST_POSTS }).where(eq(threads.id, params.threadId))
  expect(await ada.api.reply({ params, body })).toEqual(sent)
  await expect(ada.api.reply({ params, body: { ...body, body: 'Other words.' } })).rejects.toThrow(
    'sent before',
  )
  await expect(ada.api.reply({ params, body: { postId: randomUUID(), body: 'More' } })).rejects.toThrow(
    'full',
  )
})
