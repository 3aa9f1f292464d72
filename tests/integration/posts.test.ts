import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { expect, it } from 'vitest'
import {
  accounts,
  groups,
  memberships,
  mentions,
  posts,
  postQuotes,
  postReactions,
  postVersions,
  roomEvents,
  signIns,
} from '#db/schema.ts'
import { mentionOf, MOST_MENTIONS, SOMEBODY_WHO_LEFT } from '#shared/mentions.ts'
import { MOST_VERSIONS } from '#shared/post-parts.ts'
import type { Post } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'
import { readAlong } from '#tests/read-along.ts'

/** A thread of the Tuesday circle that Ben started, and those who read along. */
async function openThread(more: { answerFirst?: boolean } = {}) {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  const [threadId, postId] = [randomUUID(), randomUUID()]
  await circle.ben.api.startThread({
    params: { slug: circle.slug, episodeId },
    body: {
      threadId,
      postId,
      title: 'Asking for help',
      body: 'Who *really* tried it?\n\nI did, on Monday.',
      question: false,
      ...more,
    },
  })
  const thread = { slug: circle.slug, threadId }
  const of = (id: string) => ({ ...thread, postId: id })
  const load = (one: TestPerson) => one.api.getDiscussion({ params: { slug: circle.slug, episodeId } })
  return {
    ...circle,
    episodeId,
    thread,
    postId,
    of,
    load,
    along: () => readAlong([circle.ben, circle.cleo], load, episodeId),
    say: async (one: TestPerson, body: string, quote?: { postId: string; words: string }) => {
      const id = randomUUID()
      await one.api.reply({ params: thread, body: { postId: id, body, ...(quote ? { quote } : {}) } })
      return id
    },
    read: async (one: TestPerson, id: string): Promise<Post> => {
      const { threads } = await load(one)
      const found = threads.flatMap((one) => one.posts).find((post) => post.id === id)
      return found ?? expect.fail('no such post')
    },
  }
}
type Story = Awaited<ReturnType<typeof openThread>>

const names = ({ reactions }: Pick<Post, 'reactions'>) =>
  reactions.map(({ kind, by }) => [kind, ...by.map(({ name }) => name)])

/** Everything that the database keeps of posts, as text. */
const kept = async ({ house: { db } }: Story) =>
  JSON.stringify([
    await db.select().from(posts),
    await db.select().from(postVersions),
    await db.select().from(postQuotes),
    await db.select().from(mentions),
    await db.select().from(postReactions),
    await db.select().from(roomEvents),
  ])

// Reactions.

it('B5: is reacted to by others, in order and once each, and they can take it back; everybody reads who did', async () => {
  const story = await openThread()
  const { ada, ben, cleo, postId, of, read } = story
  const along = await story.along()
  const react = (one: TestPerson, kind: 'me-too' | 'tried-it' | 'thanks') =>
    one.api.react({ params: { ...of(postId), kind } })

  await react(cleo, 'thanks')
  expect(await react(cleo, 'me-too')).toMatchObject([{ kind: 'me-too' }, { kind: 'thanks' }])
  story.pass({ minutes: 1 })
  await react(ada, 'me-too')
  await Promise.all([react(ada, 'me-too'), react(ada, 'me-too')])
  await cleo.api.takeReactionBack({ params: { ...of(postId), kind: 'thanks' } })
  await cleo.api.takeReactionBack({ params: { ...of(postId), kind: 'thanks' } })
  await story.say(ada, 'And?')

  const seen = await along.agree()
  expect(seen.position.number).toBe(6)
  expect(names(await read(ben, postId))).toEqual([['me-too', 'Cleo', 'Ada']])
})

it('is not reacted to by its writer, by strangers, or once its words are gone', async () => {
  const story = await openThread()
  const { ada, ben, cleo, zoe, postId, of, say, read } = story
  const react = (one: TestPerson, id = postId) => one.api.react({ params: { ...of(id), kind: 'thanks' } })

  await expect(react(ben)).rejects.toMatchObject({ code: 'invalid', message: /your own words/ })
  await expect(react(zoe)).rejects.toMatchObject({ code: 'not-found' })
  await expect(react(cleo, randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  const odd = await cleo.request({
    method: 'PUT',
    url: `/api/groups/${story.slug}/threads/${story.thread.threadId}/posts/${postId}/reactions/clap`,
  })
  expect(odd.statusCode).toBe(422)

  const id = await say(ben, 'Hidden soon.')
  await react(cleo, id)
  await ada.api.hidePost({ params: of(id), body: { reason: 'Not here.' } })
  await expect(react(ada, id)).rejects.toMatchObject({ code: 'conflict' })
  expect((await read(cleo, id)).reactions).toEqual([])
  await ada.api.showPost({ params: of(id) })
  expect(names(await read(cleo, id))).toEqual([['thanks', 'Cleo']])
  await ben.api.withdrawPost({ params: of(id) })
  await expect(react(cleo, id)).rejects.toMatchObject({ code: 'conflict' })
  expect(await story.house.db.select().from(postReactions)).toEqual([])
})

// Changes.

it('B1: says that it was changed, and members read what it said before, nobody else', async () => {
  const story = await openThread()
  const { ada, ben, cleo, zoe, of, say, read, pass } = story
  const id = await say(ben, 'Tried it on Wednesday.')
  const along = await story.along()
  pass({ minutes: 5 })
  await ben.api.editPost({ params: of(id), body: { body: 'Tried it on Tuesday.', revision: 0 } })
  pass({ minutes: 5 })
  await ben.api.editPost({ params: of(id), body: { body: 'Tried it twice.', revision: 1 } })
  await along.agree()

  expect(await read(cleo, id)).toMatchObject({ revision: 2, body: 'Tried it twice.' })
  for (const one of [ada, ben, cleo])
    expect((await one.api.readHistory({ params: of(id) })).versions).toEqual([
      { revision: 0, body: 'Tried it on Wednesday.', writtenAt: '2026-11-22T09:00:00.000Z' },
      { revision: 1, body: 'Tried it on Tuesday.', writtenAt: '2026-11-22T09:05:00.000Z' },
      { revision: 2, body: 'Tried it twice.', writtenAt: '2026-11-22T09:10:00.000Z' },
    ])
  await expect(zoe.api.readHistory({ params: of(id) })).rejects.toMatchObject({ code: 'not-found' })

  await ada.api.hidePost({ params: of(id), body: { reason: 'Not here.' } })
  for (const one of [ada, ben, cleo])
    await expect(one.api.readHistory({ params: of(id) })).rejects.toMatchObject({ code: 'not-found' })
  await ada.api.showPost({ params: of(id) })
  await ben.api.withdrawPost({ params: of(id) })
  await expect(cleo.api.readHistory({ params: of(id) })).rejects.toMatchObject({ code: 'not-found' })
  expect(await kept(story)).not.toMatch(/Wednesday|Tuesday|twice/)
})

it('is not written over from another tab: the second change is refused, and one that is sent again is heard once', async () => {
  const story = await openThread()
  const { ben, of, say, read } = story
  const id = await say(ben, 'One.')
  const change = (body: string, revision: number) =>
    ben.api.editPost({ params: of(id), body: { body, revision } })

  const [one, other] = await Promise.allSettled([change('Two.', 0), change('Three.', 0)])
  expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const lost = one.status === 'rejected' ? one : other
  expect(lost).toMatchObject({ reason: { code: 'conflict', field: 'revision', message: /save again/ } })
  const { body, revision } = await read(ben, id)
  // The answer was lost on the way.
  await change(body, 0)
  expect(await read(ben, id)).toMatchObject({ body, revision })
  await change('Four.', revision)
  expect(await read(ben, id)).toMatchObject({ body: 'Four.', revision: revision + 1 })

  await story.house.db.update(posts).set({ revision: MOST_VERSIONS }).where(eq(posts.id, id))
  await expect(change('Five.', MOST_VERSIONS)).rejects.toMatchObject({
    code: 'conflict',
    message: /100 times/,
  })
})

// Quotes.

it('B2: quotes a post, or words of it, by reference: what becomes of the source becomes of the quote', async () => {
  const story = await openThread()
  const { ada, ben, cleo, postId, of, say, read } = story
  const along = await story.along()
  const all = await say(cleo, 'All of this.', { postId, words: '' })
  const some = await say(ada, 'This.', { postId, words: 'really tried\n it? I  did' })
  const whole = await say(ada, 'And this.', { postId, words: 'Who really tried it? I did, on Monday.' })
  expect((await read(ben, all)).quote).toEqual({ postId, words: '' })
  expect((await read(ben, some)).quote).toEqual({ postId, words: 'really tried it? I did' })
  expect((await read(ben, whole)).quote).toEqual({ postId, words: '' })

  await ada.api.hidePost({ params: of(postId), body: { reason: 'Not here.' } })
  await along.agree()
  for (const id of [all, some, whole]) expect((await read(ben, id)).quote).toBeNull()
  await ada.api.showPost({ params: of(postId) })
  await along.agree()
  expect((await read(ben, some)).quote).toEqual({ postId, words: 'really tried it? I did' })

  await ben.api.withdrawPost({ params: of(postId) })
  const seen = await along.agree()
  expect(JSON.stringify(seen)).not.toContain('tried')
  expect(await kept(story)).not.toContain('tried')
})

it('quotes no words that the source does not say, no other thread, and nothing that was taken back', async () => {
  const story = await openThread()
  const { ada, ben, cleo, postId, of, say, load } = story
  const before = (await load(ada)).position
  await expect(say(cleo, 'So.', { postId, words: 'never tried it' })).rejects.toMatchObject({
    code: 'invalid',
    field: 'quote',
    message: /not in the post that you quote/,
  })
  await expect(say(cleo, 'So.', { postId: randomUUID(), words: '' })).rejects.toMatchObject({
    code: 'not-found',
    field: 'quote',
  })
  const other = randomUUID()
  await ada.api.startGroupThread({
    params: { slug: story.slug },
    body: { threadId: randomUUID(), postId: other, title: 'Elsewhere', body: 'Else.', question: false },
  })
  await expect(say(cleo, 'So.', { postId: other, words: '' })).rejects.toMatchObject({ code: 'not-found' })
  expect((await load(ada)).position).toEqual(before)

  const gone = await say(ben, 'Never mind.')
  const draft = { postId: randomUUID(), body: 'So.', quote: { postId: gone, words: '' } }
  await cleo.api.reply({ params: story.thread, body: draft })
  await ben.api.withdrawPost({ params: of(gone) })
  await expect(say(cleo, 'So.', { postId: gone, words: '' })).rejects.toMatchObject({
    code: 'conflict',
    message: /taken back meanwhile/,
  })
  // Sent again after a lost answer: it was posted.
  expect(await cleo.api.reply({ params: story.thread, body: draft })).toMatchObject({ quote: null })
})

// Mentions.

it('B3: a mention is kept by account: the name of now is shown, and of somebody who left none', async () => {
  const story = await openThread()
  const { ben, cleo, house, say, read, load, of } = story
  const id = await say(ben, `Hello ${mentionOf(cleo.id)}.`)
  expect(await read(ben, id)).toMatchObject({
    html: `<p>Hello <bdi data-account="${cleo.id}">@Cleo</bdi>.</p>\n`,
    mentions: [{ id: cleo.id, name: 'Cleo' }],
  })
  await house.db.update(accounts).set({ name: 'Cleo <b>Ray</b>' }).where(eq(accounts.id, cleo.id))
  expect((await read(ben, id)).html).toContain('>@Cleo &lt;b&gt;Ray&lt;/b&gt;</bdi>')
  await ben.api.editPost({ params: of(id), body: { body: `Dear ${mentionOf(cleo.id)}.` } })

  const before = await load(ben)
  const along = await readAlong([ben], load, story.episodeId)
  await cleo.api.react({ params: { ...of(story.postId), kind: 'thanks' } })
  await cleo.api.deleteAccount({ body: { email: cleo.email } })
  const seen = await along.agree()
  expect(seen.threads[0]?.posts[1]).toMatchObject({
    html: `<p>Dear <bdi data-account="${cleo.id}">@${SOMEBODY_WHO_LEFT}</bdi>.</p>\n`,
    mentions: [],
  })
  expect(JSON.stringify([seen, await ben.api.readHistory({ params: of(id) })])).not.toContain('Ray')
  expect(JSON.stringify(before)).toContain('Ray')
  expect(await kept(story)).not.toContain('Ray')
})

it('mentions members only, and not half the group; typed names stay text', async () => {
  const story = await openThread()
  const { ben, cleo, zoe, house, say, load, of, read } = story
  const { position } = await load(ben)
  for (const id of [zoe.id, randomUUID()])
    await expect(say(ben, `Hello ${mentionOf(cleo.id)} and ${mentionOf(id)}.`)).rejects.toMatchObject({
      code: 'invalid',
      field: 'body',
      message: /Only members of the group can be mentioned/,
    })
  const many = Array.from({ length: MOST_MENTIONS + 1 }, () => mentionOf(randomUUID())).join(' ')
  await expect(say(ben, many)).rejects.toMatchObject({ code: 'invalid', message: /at most 20 people/ })
  expect((await load(ben)).position).toEqual(position)
  expect(await house.db.select().from(mentions)).toEqual([])

  const typed = await say(ben, 'Hello @Cleo and @{nobody}.')
  expect((await read(ben, typed)).html).toBe('<p>Hello @Cleo and @{nobody}.</p>\n')
  await expect(
    ben.api.editPost({ params: of(typed), body: { body: `Hello ${mentionOf(zoe.id)}.` } }),
  ).rejects.toMatchObject({ code: 'invalid' })
  // Whoever was mentioned and left since does not keep the writer from changing other words.
  await ben.api.editPost({ params: of(typed), body: { body: `Hello ${mentionOf(cleo.id)}.` } })
  await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, cleo.id))
  await ben.api.editPost({ params: of(typed), body: { body: `Good day ${mentionOf(cleo.id)}.` } })
  expect((await read(ben, typed)).html).toContain('@Cleo</bdi>')
})

it('previews mentions with the names of members, and of nobody else', async () => {
  const { ben, cleo, zoe, slug } = await openThread()
  const body = `**Hello** ${mentionOf(cleo.id)} and ${mentionOf(zoe.id)}`
  const { html } = await ben.api.previewInGroup({ params: { slug }, body: { body } })
  expect(html).toContain('<strong>Hello</strong>')
  expect(html).toContain('@Cleo</bdi>')
  expect(html).not.toContain('Zoe')
  await expect(zoe.api.previewInGroup({ params: { slug }, body: { body } })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('B4: waits for whoever was mentioned, once, until they saw it, while the words are there', async () => {
  const story = await openThread()
  const { ada, ben, cleo, zoe, slug, episodeId, of, say } = story
  const waiting = async (one: TestPerson) => (await one.api.listMyMentions()).map(({ postId }) => postId)
  const id = await say(ben, `${mentionOf(cleo.id)}, **look**: ${mentionOf(ben.id)}`)
  expect(await cleo.api.listMyMentions()).toEqual([
    {
      postId: id,
      by: { id: ben.id, name: 'Ben' },
      group: { slug, name: 'Tuesday circle' },
      about: 'Influence at any level',
      words: '@Cleo, look: @Ben',
      path: `/groups/${slug}/episodes/${episodeId}#post-${id}`,
      mentionedAt: '2026-11-22T09:00:00.000Z',
    },
  ])
  expect(await waiting(ben)).toEqual([])
  expect(await waiting(ada)).toEqual([])

  // Out of the words, out of sight; back in them, still one.
  await ben.api.editPost({ params: of(id), body: { body: 'Nobody.' } })
  expect(await waiting(cleo)).toEqual([])
  await ben.api.editPost({ params: of(id), body: { body: `${mentionOf(cleo.id)}!` } })
  expect(await waiting(cleo)).toEqual([id])
  await ada.api.hidePost({ params: of(id), body: { reason: 'Not here.' } })
  expect(await waiting(cleo)).toEqual([])
  await ada.api.showPost({ params: of(id) })

  await expect(zoe.api.seeMention({ params: { postId: id } })).rejects.toMatchObject({ code: 'not-found' })
  await expect(ada.api.seeMention({ params: { postId: id } })).rejects.toMatchObject({ code: 'not-found' })
  await cleo.api.seeMention({ params: { postId: id } })
  await cleo.api.seeMention({ params: { postId: id } })
  expect(await waiting(cleo)).toEqual([])

  const next = await say(ben, mentionOf(cleo.id))
  await ben.api.withdrawPost({ params: of(next) })
  expect(await waiting(cleo)).toEqual([])
  const blocked = await say(ben, mentionOf(cleo.id))
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  expect(await waiting(cleo)).toEqual([])
  await cleo.api.unblockPerson({ params: { accountId: ben.id } })
  expect(await waiting(cleo)).toEqual([blocked])
})

it('T1: nobody reads answers through a quote, a mention, a reaction or a history before they answered', async () => {
  const story = await openThread({ answerFirst: true })
  const { ada, ben, cleo, postId, of, say, load } = story
  const answer = await say(ada, `A secret for ${mentionOf(cleo.id)}.`)
  await ada.api.editPost({ params: of(answer), body: { body: `A better secret for ${mentionOf(cleo.id)}.` } })
  const along = await story.along()

  expect(await cleo.api.listMyMentions()).toMatchObject([{ postId: answer, words: null }])
  await expect(cleo.api.readHistory({ params: of(answer) })).rejects.toMatchObject({ code: 'not-found' })
  await expect(cleo.api.react({ params: { ...of(answer), kind: 'me-too' } })).rejects.toMatchObject({
    code: 'not-found',
  })
  for (const words of ['', 'A better secret', 'nothing of it'])
    await expect(say(cleo, 'So.', { postId: answer, words })).rejects.toMatchObject({ code: 'not-found' })
  await cleo.api.react({ params: { ...of(postId), kind: 'me-too' } })
  const ownAnswer = await say(ben, 'Mine.')
  await ada.api.react({ params: { ...of(ownAnswer), kind: 'thanks' } })
  expect(JSON.stringify([await load(cleo), await along.heardBy(cleo)])).not.toContain('secret')

  await say(cleo, 'Mine, too.', { postId, words: '' })
  expect(await cleo.api.listMyMentions()).toMatchObject([{ words: 'A better secret for @Cleo.' }])
  await cleo.api.react({ params: { ...of(answer), kind: 'thanks' } })
})

it('B4: tells by mail, once and without words, what no letter told: a mention that a change put there, or among shut answers', async () => {
  const story = await openThread({ answerFirst: true })
  const { ada, ben, cleo, house, of, say, pass, runJob } = story
  const mailed = async () => (await story.mail()).filter(({ subject }) => subject.includes('mentioned you'))
  const answer = await say(ada, `A secret for ${mentionOf(cleo.id)}.`)
  pass({ minutes: 30 })
  await runJob('mail-mentions')
  expect(await mailed()).toEqual([])
  pass({ minutes: 60 })
  for (const body of ['A secret.', `A secret for ${mentionOf(cleo.id)} and ${mentionOf(ben.id)}.`])
    await ada.api.editPost({ params: of(answer), body: { body } })
  await Promise.all([runJob('mail-mentions'), runJob('mail-mentions')])
  const [letter, ...others] = await mailed()
  expect(others).toEqual([])
  expect(letter).toMatchObject({ to: cleo.email, subject: 'Ada mentioned you in Tuesday circle' })
  expect(letter?.text).toContain(`#post-${answer}`)
  expect(letter?.text).not.toContain('secret')

  // Ben wants nothing, and a mention that was seen is told to nobody.
  const level = { level: 'nothing', mine: 'nothing', digest: 'weekly', most: 5 } as const
  await ben.api.changeFollowing({ params: { slug: story.slug }, body: level })
  const seen = await say(ada, `${mentionOf(cleo.id)}!`)
  await cleo.api.seeMention({ params: { postId: seen } })
  const gone = await say(ada, `${mentionOf(cleo.id)}?`)
  await ada.api.withdrawPost({ params: of(gone) })
  pass({ days: 1 })
  await runJob('mail-mentions')
  expect(await mailed()).toHaveLength(1)
  expect(await house.db.select().from(mentions).where(eq(mentions.postId, gone))).toEqual([])
})

it('B4, M5: says where without the title of somebody I blocked, on the page and by mail', async () => {
  const { ada, ben, cleo, slug, house, mail, pass, runJob } = await openThread()
  const threadId = randomUUID()
  await ben.api.startGroupThread({
    params: { slug },
    body: { threadId, postId: randomUUID(), title: 'Loud title', body: 'Loud words.', question: false },
  })
  await ada.api.blockPerson({ params: { accountId: ben.id } })
  const postId = randomUUID()
  await cleo.api.reply({
    params: { slug, threadId },
    body: { postId, body: `${mentionOf(ada.id)} and ${mentionOf(ben.id)}, look.` },
  })
  expect(await ada.api.listMyMentions()).toMatchObject([{ postId, by: { name: 'Cleo' }, about: null }])
  expect(await ben.api.listMyMentions()).toMatchObject([{ postId, about: 'Loud title' }])

  pass({ minutes: 90 })
  await runJob('mail-mentions')
  const to = async ({ email }: TestPerson) =>
    (await mail()).filter((one) => one.to === email && one.subject.includes('mentioned you'))
  expect((await to(ada)).map(({ text }) => text.includes('in a thread of Tuesday circle'))).toEqual([true])
  expect(JSON.stringify(await to(ada))).not.toContain('Loud')
  expect((await to(ben)).map(({ text }) => text.includes('“Loud title”'))).toEqual([true])
  expect(await house.db.select().from(mentions).where(isNull(mentions.mailedAt))).toEqual([])
})

it('U2: a mention that had to wait, or from before somebody came back, comes in no letter and waits on the page', async () => {
  const { ada, ben, cleo, house, groupId, say, mail, pass, runJob } = await openThread()
  const mailed = async () =>
    (await mail()).filter(({ subject }) => subject.includes('mentioned you')).map(({ to }) => to)
  const setGroup = (set: Partial<typeof groups.$inferInsert>) =>
    house.db.update(groups).set(set).where(eq(groups.id, groupId))
  const early = await say(ben, mentionOf(cleo.id))
  for (const state of ['archivedAt', 'suspendedAt'] as const) {
    await setGroup({ [state]: house.now() })
    pass({ days: 40 })
    await runJob('mail-mentions')
    await setGroup({ [state]: null })
    await runJob('mail-mentions')
    expect(await mailed()).toEqual([])
  }
  expect((await cleo.api.listMyMentions()).map(({ postId }) => postId)).toEqual([early])

  await say(ben, `${mentionOf(cleo.id)} and ${mentionOf(ada.id)}`)
  pass({ minutes: 10 })
  await house.db
    .update(memberships)
    .set({ joinedAt: house.now() })
    .where(and(eq(memberships.groupId, groupId), eq(memberships.accountId, cleo.id)))
  pass({ hours: 2 })
  await runJob('mail-mentions')
  expect(await mailed()).toEqual([ada.email])
  await say(ben, `${mentionOf(cleo.id)}?`)
  pass({ hours: 2 })
  await runJob('mail-mentions')
  expect(await mailed()).toEqual([ada.email, cleo.email])
})

it('G4: what the group keeps no longer goes with its earlier wordings, quotes, mentions and reactions', async () => {
  const story = await openThread()
  const { ada, ben, cleo, house, postId, of, say, read, pass, runJob } = story
  await ben.api.editPost({ params: of(postId), body: { body: `An old secret for ${mentionOf(cleo.id)}.` } })
  await cleo.api.react({ params: { ...of(postId), kind: 'thanks' } })
  pass({ days: 80 })
  await house.db.update(signIns).set({ createdAt: house.now() })
  const young = await say(ada, 'This.', { postId, words: 'An old secret' })
  await house.db.update(groups).set({ retentionMonths: 3 })
  pass({ days: 20 })
  await house.db.update(signIns).set({ createdAt: house.now() })
  await runJob('forget-old-words')

  expect(await read(cleo, young)).toMatchObject({ body: 'This.', quote: null })
  expect(await read(cleo, postId)).toMatchObject({ forgotten: true, reactions: [], mentions: [] })
  await expect(cleo.api.readHistory({ params: of(postId) })).rejects.toMatchObject({ code: 'not-found' })
  expect(await kept(story)).not.toMatch(/secret|Monday/)
})
