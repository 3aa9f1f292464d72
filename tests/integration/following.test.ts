import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accounts, following, groups, mailedPosts, mails, memberships } from '#db/schema.ts'
import { DEFAULT_FOLLOWING, LEVELS, levelOf, type Following, type Level } from '#shared/following.ts'
import type { Anchor, ThreadDraft } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'

const anchorAt = (start: number, quote: string): Anchor => ({
  quote,
  prefix: '',
  suffix: '',
  speaker: null,
  start,
  end: start + 5,
  chapter: null,
})

/** The Tuesday circle on a Sunday, with an episode. */
async function openEpisode() {
  const circle = await openCircle()
  const { house, slug } = circle
  const episodeId = await circle.addEpisode()
  await house.db.update(memberships).set({ joinedAt: new Date('2026-11-01T09:00:00Z') })
  const params = { slug, episodeId }
  const draft = (more: Partial<ThreadDraft>): ThreadDraft => ({
    threadId: randomUUID(),
    postId: randomUUID(),
    body: 'One.',
    question: false,
    ...(more.anchor ? {} : { title: 'What stays?' }),
    ...more,
  })
  const start = async (who: TestPerson, more: Partial<ThreadDraft> = {}) => {
    const body = draft(more)
    await who.api.startThread({ params, body })
    return { slug, threadId: body.threadId, postId: body.postId }
  }
  const startInGroup = async (who: TestPerson, more: Partial<ThreadDraft> = {}) => {
    const body = draft(more)
    await who.api.startGroupThread({ params: { slug }, body })
    return { slug, threadId: body.threadId, postId: body.postId }
  }
  const say = async (who: TestPerson, { threadId }: { threadId: string }, body: string) => {
    const postId = randomUUID()
    await who.api.reply({ params: { slug, threadId }, body: { postId, body } })
    return { slug, threadId, postId }
  }
  const letters = async (to: TestPerson) =>
    (await house.db.select().from(mails).orderBy(mails.number)).filter(
      ({ recipient, stopUrl }) => recipient === to.email && stopUrl !== null,
    )
  const wants = (who: TestPerson, more: Partial<Following>) =>
    who.api.changeFollowing({ params: { slug }, body: { ...DEFAULT_FOLLOWING, ...more } })
  /** To Monday, half past nine in the morning in Berlin. */
  const toMonday = () => circle.pass({ hours: 23, minutes: 30 })
  return { ...circle, episodeId, params, start, startInGroup, say, letters, wants, toMonday }
}

it('U2: a weekly digest tells by episode and chapter what is new, with quotes and links to the post', async () => {
  const { ada, ben, cleo, slug, episodeId, start, startInGroup, say, letters, toMonday, runJob } =
    await openEpisode()
  const late = await start(ada, { anchor: anchorAt(700, 'asking is a skill'), body: 'I **tried** it.' })
  await say(cleo, late, 'So did I.')
  const early = await start(ada, { anchor: anchorAt(60, 'why we are here'), question: true, body: 'Why?' })
  await startInGroup(cleo, { title: 'A room for December', body: 'Room Elbe is taken.' })
  await runJob('mail-digests')
  expect(await letters(ben)).toEqual([])

  toMonday()
  await runJob('mail-digests')
  const [letter, ...others] = await letters(ben)
  expect(others).toEqual([])
  expect(letter?.subject).toBe('Tuesday circle this week: 3 threads with something new')
  const text = letter?.text ?? ''
  const order = [
    '4 posts in Tuesday circle are new to you.',
    'Influence at any level · Welcome',
    'Open question: “why we are here” (01:00)',
    'Ada: Why?',
    `/groups/${slug}/episodes/${episodeId}#post-${early.postId}`,
    'Influence at any level · The first dip',
    '“asking is a skill” (11:40)',
    'Ada: I tried it.',
    'and 1 more in this thread',
    `/groups/${slug}/episodes/${episodeId}#post-${late.postId}`,
    'In the group',
    'A room for December',
    'Cleo: Room Elbe is taken.',
    `/groups/${slug}/following`,
    'Stop these letters:',
  ]
  const places = order.map((words) => text.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(letter?.html).toContain('“asking is a skill” (11:40)')
  expect(letter?.stopUrl).toContain('/mail/stop/')

  // Never twice, and nothing when there is nothing.
  await runJob('mail-digests')
  toMonday()
  await runJob('mail-digests')
  expect(await letters(ben)).toHaveLength(1)
})

it('U2: a digest tells of five threads, mine first, and of the others as a number', async () => {
  const { ada, ben, start, letters, wants, say, toMonday, runJob, pass } = await openEpisode()
  await wants(ben, { mine: 'digest' })
  pass({ minutes: 1 })
  const mine = await start(ben, { title: 'Mine', body: 'Anybody?' })
  await say(ada, mine, 'Me.')
  for (let more = 1; more <= 7; more += 1) {
    pass({ minutes: 1 })
    await start(ada, { title: `Number ${more}`, body: `Words ${more}.` })
  }
  toMonday()
  await runJob('mail-digests')
  const [letter] = await letters(ben)
  expect(letter?.subject).toBe('Tuesday circle this week: 8 threads with something new')
  const told = ['Mine', ...Array.from({ length: 7 }, (_, index) => `Number ${index + 1}`)].filter((title) =>
    letter?.text.includes(title),
  )
  expect(told).toEqual(['Mine', 'Number 4', 'Number 5', 'Number 6', 'Number 7'])
  expect(letter?.text).toContain('Look at 3 more threads with something new')
})

it('U2: a daily digest comes every day at eight in the zone of the group, and never at night', async () => {
  const { ada, ben, start, letters, wants, pass, runJob } = await openEpisode()
  await wants(ben, { digest: 'daily' })
  pass({ hours: 12 })
  await start(ada, { body: 'In the evening.' })
  // 22:00, then 07:45, then 08:00 in Berlin.
  await runJob('mail-digests')
  pass({ hours: 9, minutes: 45 })
  await runJob('mail-digests')
  expect(await letters(ben)).toEqual([])
  pass({ minutes: 15 })
  await runJob('mail-digests')
  expect((await letters(ben)).map(({ subject }) => subject)).toEqual([
    'Tuesday circle today: 1 thread with something new',
  ])
  await start(ada, { body: 'In the morning.' })
  await runJob('mail-digests')
  expect(await letters(ben)).toHaveLength(1)
  pass({ days: 1 })
  await runJob('mail-digests')
  expect(await letters(ben)).toHaveLength(2)
})

it('U3: no letter has words that were withdrawn or hidden, of somebody blocked, or answers before mine', async () => {
  const { ada, ben, cleo, join, start, say, letters, wants, toMonday, runJob, pass } = await openEpisode()
  const dora = await join('Dora')
  for (const who of [ben, cleo]) await wants(who, { level: who === ben ? 'digest' : 'every' })
  pass({ minutes: 1 })
  const thread = await start(ada, { body: 'Kept words.' })
  const gone = await say(dora, thread, 'Withdrawn words.')
  const hidden = await say(dora, thread, 'Hidden words.')
  const before = await start(ada, { title: 'First you', body: 'The question.', answerFirst: true })
  await say(ada, before, 'Secret answer.')
  const noticed = await start(dora, { title: 'Blocked title', body: 'Blocked words.' })
  expect(noticed.threadId).toBeTruthy()
  await dora.api.withdrawPost({ params: gone })
  await ada.api.hidePost({ params: hidden, body: { reason: 'Not here.' } })
  for (const who of [ben, cleo]) await who.api.blockPerson({ params: { accountId: dora.id } })

  pass({ minutes: 30 })
  await runJob('mail-posts')
  toMonday()
  await runJob('mail-digests')
  for (const who of [ben, cleo]) {
    const [letter] = await letters(who)
    expect(letter?.text).toContain('Kept words.')
    expect(letter?.text).toContain('The question.')
    for (const words of ['Withdrawn', 'Hidden', 'Secret', 'Blocked'])
      expect(`${letter?.subject}${letter?.text}${letter?.html}`).not.toContain(words)
  }
})

it('U3, M5: no letter has the title of a thread that somebody I blocked began, and the others read it', async () => {
  const { ada, ben, cleo, join, startInGroup, say, letters, wants, toMonday, runJob, pass } =
    await openEpisode()
  const dora = await join('Dora')
  await wants(ada, { level: 'every' })
  await wants(dora, { level: 'every' })
  pass({ minutes: 1 })
  const thread = await startInGroup(ben, { title: 'Loud title', body: 'Loud words.' })
  await say(cleo, thread, 'A calm reply.')
  const blocker = await join('Emil')
  for (const who of [ada, blocker]) await who.api.blockPerson({ params: { accountId: ben.id } })
  pass({ minutes: 30 })
  await runJob('mail-posts')
  toMonday()
  await runJob('mail-digests')
  for (const who of [ada, blocker]) {
    const [letter] = await letters(who)
    expect(letter?.text).toContain('A thread\nCleo: A calm reply.')
    expect(`${letter?.subject}${letter?.text}${letter?.html}`).not.toContain('Loud')
  }
  expect((await letters(dora))[0]?.text).toContain('Loud title')
})

it('U3: what I read meanwhile, what I wrote, and ended or suspended groups are in no letter', async () => {
  const { ada, ben, cleo, house, groupId, start, letters, toMonday, runJob } = await openEpisode()
  const thread = await start(ada, { body: 'Read by Ben.' })
  await ben.api.markRead({ params: thread, body: { posts: [[1, 1]] } })
  await house.db.update(groups).set({ archivedAt: new Date() }).where(eq(groups.id, groupId))
  toMonday()
  await runJob('mail-digests')
  expect(await letters(cleo)).toEqual([])
  await house.db
    .update(groups)
    .set({ archivedAt: null, suspendedAt: new Date() })
    .where(eq(groups.id, groupId))
  await runJob('mail-digests')
  expect(await letters(cleo)).toEqual([])
  await house.db.update(groups).set({ suspendedAt: null }).where(eq(groups.id, groupId))
  await house.db.update(accounts).set({ suspendedAt: new Date() }).where(eq(accounts.id, cleo.id))
  await runJob('mail-digests')
  expect([await letters(ada), await letters(ben), await letters(cleo)]).toEqual([[], [], []])
  await house.db.update(accounts).set({ suspendedAt: null }).where(eq(accounts.id, cleo.id))
  await runJob('mail-digests')
  expect(await letters(cleo)).toHaveLength(1)
})

it('U2: every post is told of soon, and a lively hour is one letter', async () => {
  const { ada, ben, start, say, letters, wants, pass, runJob } = await openEpisode()
  await wants(ben, { level: 'every' })
  pass({ minutes: 1 })
  const thread = await start(ada, { body: 'It begins.' })
  for (let more = 0; more < 6; more += 1) {
    pass({ minutes: 5 })
    await say(ada, thread, `Words ${more}.`)
    await runJob('mail-posts')
  }
  expect(await letters(ben)).toEqual([])
  pass({ minutes: 10 })
  await runJob('mail-posts')
  const [letter, ...others] = await letters(ben)
  expect([letter?.subject, others]).toEqual(['Tuesday circle: 7 new posts', []])
  expect(letter?.text).toContain('Words 5.')
  await runJob('mail-posts')
  await say(ada, thread, 'Later.')
  pass({ minutes: 11 })
  await runJob('mail-posts')
  expect((await letters(ben)).map(({ subject }) => subject)).toEqual([
    'Tuesday circle: 7 new posts',
    'Tuesday circle: 1 new post',
  ])
})

it('U2: never twice, also when two processes write at once', async () => {
  const story = await openEpisode()
  const { ada, ben, cleo, databaseUrl, start, letters, wants, toMonday, runJob, pass } = story
  const other = await openHouse({ databaseUrl })
  await wants(ben, { level: 'every' })
  pass({ minutes: 1 })
  await start(ada, { body: 'Once.' })
  toMonday()
  other.pass({ days: 1 })
  await Promise.all(
    [runJob, other.runJob, runJob, other.runJob].flatMap((run) => [run('mail-posts'), run('mail-digests')]),
  )
  expect([await letters(ben), await letters(cleo)].map((all) => all.length)).toEqual([1, 1])
})

it('U2: replies to what I wrote come soon unless I said otherwise, and what I said about a thread weighs most', async () => {
  const { ada, ben, cleo, slug, start, say, letters, wants, pass, runJob } = await openEpisode()
  const mine = await start(ben, { title: 'Mine' })
  const muted = await start(ben, { title: 'Muted' })
  const other = await start(ada, { title: 'Another' })
  expect(await ben.api.getThreadFollowing({ params: mine })).toEqual({
    own: null,
    level: 'every',
    otherwise: 'every',
  })
  expect(await ben.api.followThread({ params: muted, body: { level: 'nothing' } })).toEqual({
    own: 'nothing',
    level: 'nothing',
    otherwise: 'every',
  })
  await ben.api.followThread({ params: other, body: { level: 'every' } })
  pass({ minutes: 1 })
  for (const thread of [mine, muted, other]) await say(cleo, thread, `In ${thread.threadId}.`)
  pass({ minutes: 11 })
  await runJob('mail-posts')
  const [letter] = await letters(ben)
  expect([mine, muted, other].map(({ threadId }) => letter?.text.includes(`In ${threadId}.`))).toEqual([
    true,
    false,
    true,
  ])
  // What was said before somebody wanted to hear of it comes in no letter.
  await say(cleo, muted, 'Before.')
  pass({ minutes: 1 })
  expect(await ben.api.followThread({ params: muted, body: { level: null } })).toMatchObject({ own: null })
  await ben.api.followThread({ params: muted, body: { level: 'every' } })
  await wants(ben, { mine: 'nothing' })
  pass({ minutes: 1 })
  await say(cleo, muted, 'After.')
  await say(cleo, mine, 'Not any more.')
  pass({ minutes: 11 })
  await runJob('mail-posts')
  const all = (await letters(ben)).at(-1)?.text ?? ''
  expect([all.includes('After.'), all.includes('Before.'), all.includes('Not any more.')]).toEqual([
    true,
    false,
    false,
  ])
  expect(await ben.api.getFollowing({ params: { slug } })).toEqual({
    ...DEFAULT_FOLLOWING,
    mine: 'nothing',
    digestedAt: null,
  })
})

it('U2: who is mentioned hears of it soon at every level but nothing', async () => {
  const { ada, ben, cleo, start, letters, wants, pass, runJob } = await openEpisode()
  await wants(cleo, { level: 'nothing', mine: 'nothing' })
  await wants(ben, { level: 'mentions', mine: 'mentions' })
  pass({ minutes: 1 })
  await start(ada, { title: 'One', body: `What do you say, @{${ben.id}} and @{${cleo.id}}?` })
  await start(ada, { title: 'Two', body: 'To nobody in particular.' })
  pass({ minutes: 11 })
  await runJob('mail-posts')
  const [letter] = await letters(ben)
  expect(letter?.text).toContain('Ada, who mentions you: What do you say, @Ben and @Cleo?')
  expect(letter?.text).not.toContain('nobody in particular')
  expect(await letters(cleo)).toEqual([])
})

it('U2: the letters say what the rules say, at every mixture of levels', async () => {
  const { ada, join, slug, start, say, letters, pass, runJob } = await openEpisode()
  const cases = LEVELS.flatMap((level) =>
    LEVELS.flatMap((mine) =>
      [null, 'every', 'nothing'].map((own) => ({ level, mine, own: own as Level | null })),
    ),
  ).filter((_, index) => index % 5 === 0)
  const thread = await start(ada)
  const people = []
  for (const [index, { level, mine, own }] of cases.entries()) {
    const one = await join(`Person ${index}`)
    const wrote = index % 2 === 0
    if (wrote) await say(one, thread, 'Here.')
    await one.api.changeFollowing({ params: { slug }, body: { ...DEFAULT_FOLLOWING, level, mine } })
    await one.api.followThread({ params: thread, body: { level: own } })
    people.push({ one, expected: levelOf({ level, mine }, own, wrote) })
  }
  pass({ minutes: 1 })
  await say(ada, thread, 'News.')
  pass({ minutes: 11 })
  await runJob('mail-posts')
  for (const { one, expected } of people)
    expect([one.name, (await letters(one)).length]).toEqual([one.name, expected === 'every' ? 1 : 0])
})

it('U4: one press in a mail stops its letters, looking stops nothing, and a link of somebody who left opens nothing', async () => {
  const { app, ada, ben, house, slug, start, say, letters, wants, pass, runJob, stranger } =
    await openEpisode()
  await wants(ben, { level: 'every' })
  pass({ minutes: 1 })
  const thread = await start(ada, { body: 'One.' })
  await ben.api.followThread({ params: thread, body: { level: 'every' } })
  pass({ minutes: 11 })
  const press = async (url: string) =>
    app.inject({
      method: 'POST',
      url: new URL(url).pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
  pass({ minutes: 1 })
  await say(ada, thread, 'Two.')
  pass({ minutes: 11 })
  await runJob('mail-posts')
  const [letter] = await letters(ben)
  const url = letter?.stopUrl ?? ''
  const token = url.split('/').at(-1) ?? ''

  const looked = await app.inject({ method: 'GET', url: new URL(url).pathname })
  expect([looked.statusCode, looked.headers.location]).toEqual([303, `/stop/${token}`])
  expect(await stranger().api.readFollowingLink({ params: { token } })).toEqual({
    groupName: 'Tuesday circle',
    stopped: false,
  })
  expect((await ben.api.getFollowing({ params: { slug } })).level).toBe('every')
  for (const wrong of [`${url.slice(0, -2)}xx`, url.replace(token, 'x'.repeat(46))])
    expect((await press(wrong)).statusCode).toBe(404)

  expect((await press(url)).json()).toEqual({ groupName: 'Tuesday circle', stopped: true })
  expect((await press(url)).statusCode).toBe(200)
  expect(await ben.api.getFollowing({ params: { slug } })).toMatchObject({
    level: 'nothing',
    mine: 'nothing',
  })
  await say(ada, thread, 'Three.')
  pass({ minutes: 11 })
  await runJob('mail-posts')
  pass({ days: 1 })
  await runJob('mail-digests')
  expect(await letters(ben)).toHaveLength(1)

  await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, ben.id))
  expect((await press(url)).statusCode).toBe(404)
  await expect(stranger().api.readFollowingLink({ params: { token } })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('tells nobody what was said before they came, and forgets what it told when no letter looks that far back', async () => {
  const { ada, house, join, start, letters, toMonday, runJob, pass } = await openEpisode()
  await start(ada, { body: 'Before.' })
  pass({ minutes: 10 })
  const dora = await join('Dora')
  await house.db.update(memberships).set({ joinedAt: house.now() }).where(eq(memberships.accountId, dora.id))
  pass({ minutes: 10 })
  await start(ada, { title: 'New', body: 'After.' })
  toMonday()
  await runJob('mail-digests')
  const [letter] = await letters(dora)
  expect([letter?.text.includes('After.'), letter?.text.includes('Before.')]).toEqual([true, false])
  expect((await house.db.select().from(mailedPosts)).length).toBeGreaterThan(0)
  pass({ days: 46 })
  await runJob('mail-digests')
  expect(await house.db.select().from(mailedPosts)).toEqual([])
})

it('is for members only, takes only what there is, and says what is wrong', async () => {
  const { ben, zoe, house, slug, start, ada } = await openEpisode()
  const thread = await start(ada)
  for (const call of [
    () => zoe.api.getFollowing({ params: { slug } }),
    () => zoe.api.changeFollowing({ params: { slug }, body: DEFAULT_FOLLOWING }),
    () => zoe.api.getThreadFollowing({ params: thread }),
    () => zoe.api.followThread({ params: thread, body: { level: 'every' } }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'not-found' })
  for (const wrong of [{ level: 'loud' }, { mine: null }, { digest: 'hourly' }, { most: 7 }]) {
    const answer = await ben.request({
      method: 'PUT',
      url: `/api/groups/${slug}/following`,
      payload: { ...DEFAULT_FOLLOWING, ...wrong },
    })
    expect(answer.statusCode).toBe(422)
  }
  expect(await house.db.select().from(following)).toEqual([])
})
