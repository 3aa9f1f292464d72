import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEntries, groups, posts, reports, roomEvents } from '#db/schema.ts'
import { hashPassword } from '#server/sign-in/passwords.ts'
import { applyDiscussionEvent, unread, type DiscussionEvent } from '#shared/discussion.ts'
import { REPORTS_A_DAY, type ReportDraft } from '#shared/moderation.ts'
import type { Discussion } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { Heard, TestPerson } from '#tests/house.ts'

const CONTACT = 'help@example.org'
const WORDS = 'You always were the slow one.'

/** Olga and Otto organize the circle, Ada facilitates; Ben wrote what Cleo does not like. Opal runs the instance. */
async function openStory() {
  const circle = await openCircle({}, { contact: CONTACT })
  const episodeId = await circle.addEpisode()
  const params = { slug: circle.slug, episodeId }
  const olga = await circle.join('Olga', 'organizer')
  const otto = await circle.join('Otto', 'organizer')
  const opal = await circle.person('Opal', { operator: true })
  const [threadId, postId] = [randomUUID(), randomUUID()]
  await circle.ben.api.startThread({
    params,
    body: { threadId, postId, anchor: ANCHOR, body: WORDS, question: false },
  })
  const post = { ...params, threadId, postId }
  const load = (one: TestPerson) => one.api.getDiscussion({ params })
  return { ...circle, params, episodeId, olga, otto, opal, threadId, postId, post, load }
}
type Story = Awaited<ReturnType<typeof openStory>>

const ANCHOR = { quote: '', prefix: '', suffix: '', speaker: null, start: 3, end: null, chapter: null }

const reportOf = (postId: string, more: Partial<ReportDraft> = {}): ReportDraft => ({
  id: randomUUID(),
  kind: 'post',
  target: postId,
  reason: 'unkind',
  words: 'This is about me.',
  to: 'organizers',
  ...more,
})

/** The old state and every event since, folded as a page does it. */
const fold = (old: Discussion, news: Heard): Discussion =>
  news.frames.reduce(
    (state, frame) =>
      frame.type === 'news' && frame.number > state.position.number
        ? applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
        : state,
    old,
  )

const lettersTo = async ({ mail }: Story, { email }: TestPerson) =>
  (await mail()).filter(({ to }) => to === email)
const firstPost = ({ threads }: Discussion) => threads[0]?.posts[0]

it('M1: what is hidden leaves every page, live and loaded; its writer reads it on, with the reason', async () => {
  const story = await openStory()
  const { ada, ben, cleo, zoe, olga, post, episodeId, threadId, load, house } = story
  const before = await load(cleo)
  const benBefore = await load(ben)
  const news = await cleo.follow(episodeId, before.position)
  const benHears = await ben.follow(episodeId, benBefore.position)

  await expect(cleo.api.hidePost({ params: post, body: { reason: 'No.' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(zoe.api.hidePost({ params: post, body: { reason: 'No.' } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(ben.api.hidePost({ params: post, body: { reason: 'No.' } })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(ada.api.hidePost({ params: post, body: { reason: '  ' } })).rejects.toMatchObject({
    code: 'invalid',
    field: 'reason',
  })
  await olga.api.hidePost({ params: post, body: { reason: 'It is about a person, not about work.' } })
  await olga.api.hidePost({ params: post, body: { reason: 'Again.' } })

  await Promise.all([news.until('post-hidden'), benHears.until('post-hidden')])
  expect(fold(before, news)).toEqual(await load(cleo))
  expect(fold(benBefore, benHears)).toEqual(await load(ben))
  expect(firstPost(await load(cleo))).toMatchObject({ body: '', html: '', hidden: 'organizer' })
  for (const reader of [cleo, ada, ben]) expect(JSON.stringify(await load(reader))).not.toContain('slow')
  const again = await cleo.follow(episodeId, { number: 0, epoch: before.position.epoch })
  await again.until('post-hidden')
  expect(JSON.stringify(again.frames)).not.toContain('slow')

  expect(await ben.api.readHiddenPost({ params: post })).toMatchObject({
    body: WORDS,
    reason: 'It is about a person, not about work.',
  })
  for (const reader of [cleo, ada])
    await expect(reader.api.readHiddenPost({ params: post })).rejects.toMatchObject({ code: 'not-allowed' })
  const [letter, ...more] = await lettersTo(story, ben)
  expect(more).toEqual([])
  expect(letter?.text).toContain('Olga, an organizer of Tuesday circle, took a post of yours out of sight')
  expect(letter?.text).toContain('It is about a person, not about work.')
  expect(letter?.text).toContain(CONTACT)
  expect(JSON.stringify(await house.db.select().from(roomEvents))).not.toContain('slow')
  expect(await house.db.select().from(auditEntries)).toMatchObject([
    { action: 'post-hidden', actorId: olga.id, subjectId: ben.id },
  ])

  await expect(ben.api.editPost({ params: post, body: { body: 'Never.' } })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(ada.api.showPost({ params: post })).rejects.toMatchObject({ code: 'not-allowed' })
  await story.otto.api.showPost({ params: post })
  await story.otto.api.showPost({ params: post })
  await Promise.all([news.until('post-shown'), benHears.until('post-shown')])
  expect(fold(before, news)).toEqual(await load(cleo))
  expect(fold(benBefore, benHears)).toEqual(await load(ben))
  expect(firstPost(await load(cleo))).toMatchObject({ body: WORDS, hidden: null })

  await ada.api.hidePost({ params: post, body: { reason: 'Once more.' } })
  await ben.api.withdrawPost({ params: post })
  await expect(olga.api.showPost({ params: post })).rejects.toMatchObject({ code: 'conflict' })
  await ben.api.reply({ params: { ...post, threadId }, body: { postId: randomUUID(), body: 'Sorry.' } })
  await Promise.all([news.until('post-added'), benHears.until('post-added')])
  expect(fold(before, news)).toEqual(await load(cleo))
  expect(fold(benBefore, benHears)).toEqual(await load(ben))
  expect(firstPost(await load(ben))).toMatchObject({ withdrawn: true, hidden: null })
})

it('M1: the words that a hidden post hangs on are out of sight with it, live and loaded, until it is shown', async () => {
  const { ada, ben, cleo, olga, params, episodeId, load, mail, pass, runJob } = await openStory()
  const anchor = { ...ANCHOR, quote: 'zqslurqz', prefix: 'zqslurqz', speaker: 'zqslurqz', start: 9 }
  const [threadId, postId] = [randomUUID(), randomUUID()]
  await ben.api.startThread({ params, body: { threadId, postId, anchor, body: 'See.', question: false } })
  const post = { ...params, threadId, postId }
  const before = await load(cleo)
  expect(JSON.stringify(before)).toContain('zqslurqz')
  const news = await cleo.follow(episodeId, before.position)

  await ada.api.hidePost({ params: post, body: { reason: 'A slur.' } })
  await news.until('thread-placed')
  expect(fold(before, news)).toEqual(await load(cleo))
  await olga.api.reply({ params: post, body: { postId: randomUUID(), body: 'Let us go on.' } })
  for (const reader of [cleo, ada, ben]) expect(JSON.stringify(await load(reader))).not.toContain('zqslurqz')
  expect((await load(cleo)).threads.find(({ id }) => id === threadId)?.anchor).toEqual({
    ...ANCHOR,
    start: 9,
  })
  expect(JSON.stringify(await olga.api.exportMyData())).not.toContain('zqslurqz')
  expect(JSON.stringify(await ben.api.exportMyData())).toContain('zqslurqz')
  pass({ days: 2 })
  await runJob('mail-posts')
  await runJob('mail-digests')
  expect(JSON.stringify(await mail())).not.toContain('zqslurqz')

  await ada.api.showPost({ params: post })
  await expect.poll(() => news.events().filter(({ type }) => type === 'thread-placed').length).toBe(2)
  expect(fold(before, news)).toEqual(await load(cleo))
  expect(JSON.stringify(await load(cleo))).toContain('zqslurqz')
})

it('M1: a hidden question goes into no plan, and is nothing new to read', async () => {
  const { ada, ben, cleo, params, postId, threadId, post, episodeId, slug, load } = await openStory()
  await ben.api.setQuestion({ params: { ...params, threadId }, body: { question: 'open' } })
  const session = {
    id: randomUUID(),
    title: 'Next',
    minutes: 60,
    startsAt: '2026-12-01T17:00:00Z',
    episodeId,
  }
  await ada.api.scheduleSession({ params: { slug }, body: session })
  const questions = () => ada.api.listOpenQuestions({ params: { sessionId: session.id } })
  expect(await questions()).toHaveLength(1)

  await ada.api.hidePost({ params: post, body: { reason: 'Not this way.' } })
  expect(await questions()).toEqual([])
  const { threads, reader } = await load(cleo)
  expect(threads[0] && unread(threads[0], reader)).toBe(0)
  // What is mine comes with me, hidden or not.
  const mine = await ben.api.exportMyData()
  expect(mine.posts).toMatchObject([{ words: WORDS, hiddenBecause: 'Not this way.' }])
  expect(JSON.stringify(await cleo.api.exportMyData())).not.toContain('slow')
  expect(postId).toBeTruthy()
})

it('M2: a report in a group goes to its organizers, without whom it is about, and never to the operator', async () => {
  const story = await openStory()
  const { ada, ben, cleo, zoe, olga, otto, opal, postId, slug } = story
  const target = await cleo.api.readReportTarget({ params: { kind: 'post', target: postId }, query: {} })
  expect(target).toMatchObject({
    about: { name: 'Ben', blocked: false },
    group: { name: 'Tuesday circle' },
    copy: WORDS,
    organizers: ['Olga', 'Otto'],
    to: ['organizers', 'operator'],
    told: [],
  })
  const draft = reportOf(postId)
  const sent = await cleo.api.sendReport({ body: draft })
  expect(await cleo.api.sendReport({ body: draft })).toEqual(sent)
  await expect(cleo.api.sendReport({ body: reportOf(postId) })).rejects.toMatchObject({ code: 'conflict' })
  await expect(otto.api.sendReport({ body: { ...draft } })).rejects.toMatchObject({ code: 'conflict' })

  for (const organizer of [olga, otto]) {
    expect(await organizer.api.listGroupReports({ params: { slug } })).toMatchObject([
      { reporter: 'Cleo', about: { name: 'Ben' }, words: 'This is about me.', copy: WORDS },
    ])
    expect(await lettersTo(story, organizer)).toMatchObject([
      { subject: expect.stringMatching(/waits/) as string },
    ])
  }
  for (const other of [ada, ben])
    await expect(other.api.listGroupReports({ params: { slug } })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  expect((await opal.api.listOperatorReports()).open).toEqual([])
  await expect(
    opal.api.decideOperatorReport({ params: { reportId: draft.id }, body: { decision: 'stands' } }),
  ).rejects.toMatchObject({ code: 'not-found' })
  expect(await lettersTo(story, opal)).toEqual([])
  expect(JSON.stringify(await story.mail())).not.toContain('slow')
  for (const who of [zoe, olga])
    await expect(who.api.listOperatorReports()).rejects.toMatchObject({ code: 'not-found' })

  // A stranger learns nothing of what they can't see, nor does it matter whether it is there.
  for (const id of [postId, randomUUID(), 'mine'])
    await expect(zoe.api.sendReport({ body: reportOf(id) })).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    zoe.api.sendReport({ body: reportOf(ben.id, { kind: 'person', to: 'operator' }) }),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    zoe.api.sendReport({ body: reportOf(slug, { kind: 'group', to: 'operator' }) }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

it('M2: a report about an organizer goes past them, and about the only one to the operator', async () => {
  const story = await openStory()
  const { cleo, ben, olga, otto, slug } = story
  const about = { kind: 'person', target: olga.id } as const
  const draft = reportOf(olga.id, { ...about, within: slug })
  expect(await cleo.api.readReportTarget({ params: about, query: { within: slug } })).toMatchObject({
    organizers: ['Otto'],
  })
  await cleo.api.sendReport({ body: draft })
  expect(await olga.api.listGroupReports({ params: { slug } })).toEqual([])
  expect(await lettersTo(story, olga)).toEqual([])
  const decision = { params: { slug, reportId: draft.id }, body: { decision: 'acted' } } as const
  await expect(olga.api.decideGroupReport(decision)).rejects.toMatchObject({ code: 'not-found' })
  await otto.api.decideGroupReport(decision)

  await otto.api.leaveGroup({ params: { slug }, body: {} })
  expect(await ben.api.readReportTarget({ params: about, query: { within: slug } })).toMatchObject({
    organizers: [],
    to: ['operator'],
  })
  await expect(
    ben.api.sendReport({ body: reportOf(olga.id, { ...about, within: slug }) }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'to' })
  // Whoever left because of somebody can still say so.
  await cleo.api.leaveGroup({ params: { slug }, body: {} })
  await cleo.api.sendReport({ body: reportOf(olga.id, { ...about, to: 'operator' }) })
})

it('M3: the operator reads exactly the words that were sent, and decides by them', async () => {
  const story = await openStory()
  const { ben, cleo, opal, post, postId, load, params, episodeId } = story
  const draft = reportOf(postId, { to: 'operator', reason: 'private' })
  await cleo.api.sendReport({ body: draft })
  const before = await load(cleo)
  const news = await cleo.follow(episodeId, before.position)

  const queue = await opal.api.listOperatorReports()
  expect(queue).toMatchObject({
    open: [{ copy: WORDS, reporter: 'Cleo', about: { name: 'Ben' }, where: null }],
    appeals: CONTACT,
  })
  expect(JSON.stringify(queue)).not.toContain('Tuesday')
  expect(JSON.stringify(queue)).not.toContain(ben.email)
  for (const read of [
    () => opal.api.getDiscussion({ params }),
    () => opal.api.readHiddenPost({ params: post }),
    () => opal.api.getGroup({ params: { slug: story.slug } }),
  ])
    await expect(read()).rejects.toMatchObject({ code: 'not-found' })
  const decide = (body: { decision: 'hidden' | 'group-suspended'; reason?: string }) =>
    opal.api.decideOperatorReport({ params: { reportId: draft.id }, body })
  await expect(decide({ decision: 'hidden' })).rejects.toMatchObject({ code: 'invalid', field: 'reason' })
  await expect(decide({ decision: 'group-suspended', reason: 'So.' })).rejects.toMatchObject({
    code: 'invalid',
  })
  await decide({ decision: 'hidden', reason: 'It tells what was told in confidence.' })
  await expect(decide({ decision: 'hidden', reason: 'Again.' })).rejects.toMatchObject({ code: 'conflict' })

  await news.until('post-hidden')
  expect(fold(before, news)).toEqual(await load(cleo))
  expect(firstPost(await load(cleo))).toMatchObject({ hidden: 'operator', body: '' })
  // What the operator hid, no organizer shows.
  await expect(story.olga.api.showPost({ params: post })).rejects.toMatchObject({ code: 'not-allowed' })
  const toBen = await lettersTo(story, ben)
  expect(toBen[0]?.text).toContain('The operator of this instance took a post of yours out of sight')
  expect(JSON.stringify(toBen)).not.toContain('Cleo')
  expect((await lettersTo(story, cleo))[0]?.text).toContain('took it out of sight')
  expect(await cleo.api.listMyReports()).toMatchObject([{ decision: 'hidden', to: 'operator' }])
  // The copy is not needed any more.
  expect(await story.house.db.select().from(reports)).toMatchObject([{ copy: '' }])
})

it('M2: whoever reported hears the outcome in a sentence; whom it was about is not told who spoke up', async () => {
  const story = await openStory()
  const { ben, cleo, olga, otto, slug, postId, house, runJob, pass } = story
  const draft = reportOf(postId)
  await cleo.api.sendReport({ body: draft })
  const where = { slug, reportId: draft.id }
  await olga.api.decideGroupReport({ params: where, body: { decision: 'stands' } })
  await expect(
    otto.api.decideGroupReport({ params: where, body: { decision: 'hidden', reason: 'So.' } }),
  ).rejects.toMatchObject({ code: 'conflict' })

  const [letter] = await lettersTo(story, cleo)
  expect(letter?.text).toContain('An organizer of the group looked at it, and let it stand.')
  expect(await lettersTo(story, ben)).toEqual([])
  expect(JSON.stringify(await ben.api.exportMyData())).not.toContain('This is about me')
  expect(await olga.api.listGroupReports({ params: { slug } })).toEqual([])
  const audit = await house.db.select().from(auditEntries)
  expect(audit).toMatchObject([{ action: 'report-decided', subjectId: cleo.id, groupId: null }])

  // It can be said again, to somebody else; and after a while nobody keeps it.
  await cleo.api.sendReport({ body: reportOf(postId, { to: 'operator' }) })
  pass({ days: 91 })
  await runJob('forget-reports')
  expect(await house.db.select().from(reports)).toMatchObject([{ to: 'operator', decision: null }])
})

it('M4: more reports than can be looked at with care are refused with a sentence, and nothing is kept', async () => {
  const { cleo, ben, slug, house, pass } = await openStory()
  const send = () => cleo.api.sendReport({ body: reportOf(ben.id, { kind: 'person', within: slug }) })
  for (let sent = 0; sent < REPORTS_A_DAY; sent += 1) {
    await send()
    await house.db.update(reports).set({ decidedAt: house.now(), decision: 'stands' })
  }
  await expect(send()).rejects.toMatchObject({
    code: 'too-many',
    message: expect.stringMatching(/tomorrow/) as string,
  })
  expect(await house.db.select().from(reports)).toHaveLength(REPORTS_A_DAY)
  pass({ hours: 25 })
  await send()

  const wordless = reportOf(ben.id, { kind: 'person', within: slug, reason: 'else', words: ' ' })
  await expect(cleo.api.sendReport({ body: wordless })).rejects.toMatchObject({ field: 'words' })
  await expect(
    cleo.api.sendReport({ body: reportOf(cleo.id, { kind: 'person', within: slug }) }),
  ).rejects.toMatchObject({ code: 'invalid' })
})

it('M5: whom I blocked I need not read, and their invites do not reach me; they are not told', async () => {
  const story = await openStory()
  const { ben, cleo, zoe, olga, slug, load, mail } = story
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  expect(await cleo.api.listBlocked()).toMatchObject([{ id: ben.id, name: 'Ben' }])

  const { threads, reader } = await load(cleo)
  expect(reader.blocked).toEqual([ben.id])
  expect(threads[0] && unread(threads[0], reader)).toBe(0)
  expect((await load(ben)).reader.blocked).toEqual([])
  expect(JSON.stringify([await ben.api.exportMyData(), await load(ben)])).not.toContain('locked":["')
  await expect(zoe.api.blockPerson({ params: { accountId: ben.id } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(cleo.api.blockPerson({ params: { accountId: cleo.id } })).rejects.toMatchObject({
    code: 'invalid',
  })

  // An invite of a stranger: it came once, and no other does.
  const invite = () =>
    olga.api.mailInvites({
      params: { slug },
      body: { invites: [{ id: randomUUID(), email: zoe.email }], role: 'member', days: 7, note: '' },
    })
  expect(await invite()).toEqual({ sent: 1, already: [] })
  const token = (await story.linkTo(zoe.email)).split('/').at(-1) ?? ''
  await expect(cleo.api.blockInviter({ params: { token } })).rejects.toMatchObject({ code: 'not-found' })
  await zoe.api.blockInviter({ params: { token } })
  const before = (await mail()).length
  expect(await invite()).toEqual({ sent: 1, already: [] })
  expect(await mail()).toHaveLength(before)

  await zoe.api.unblockPerson({ params: { accountId: olga.id } })
  await invite()
  expect(await mail()).toHaveLength(before + 1)
})

it('M6: a suspended group is found by nobody and takes nobody; members read it, take it along and leave', async () => {
  const story = await openStory()
  const { house, groupId, slug, ben, cleo, zoe, olga, otto, opal, params, threadId, load } = story
  await house.db.update(groups).set({ visibility: 'public', admission: 'open' }).where(eq(groups.id, groupId))
  const invite = await olga.api.createInvite({
    params: { slug },
    body: { id: randomUUID(), role: 'member', days: 7, maxUses: null, domains: [] },
  })
  const draft = reportOf(slug, { kind: 'group', to: 'operator', reason: 'spam' })
  await expect(story.stranger().api.sendReport({ body: draft })).rejects.toMatchObject({
    code: 'not-signed-in',
  })
  await zoe.api.sendReport({ body: draft })
  expect((await opal.api.listOperatorReports()).open).toMatchObject([
    { kind: 'group', copy: 'Tuesday circle', where: `/groups/${slug}` },
  ])
  await opal.api.decideOperatorReport({
    params: { reportId: draft.id },
    body: { decision: 'group-suspended', reason: 'It sells seminars.' },
  })

  expect((await zoe.api.findGroups({ query: {} })).groups).toEqual([])
  for (const shut of [
    () => zoe.api.getPublicGroup({ params: { slug } }),
    () => zoe.api.joinGroup({ params: { slug }, body: {} }),
    () => zoe.api.readInvite({ params: { token: invite.link.split('/').at(-1) ?? '' } }),
    () => zoe.api.acceptInvite({ params: { token: invite.link.split('/').at(-1) ?? '' }, body: {} }),
  ])
    await expect(shut()).rejects.toMatchObject({ code: 'not-found' })
  const thread = { params: { ...params, threadId }, body: { postId: randomUUID(), body: 'And now?' } }
  for (const change of [
    () => cleo.api.reply(thread),
    () => olga.api.changeGroup({ params: { slug }, body: { name: 'Other' } }),
    () =>
      olga.api.scheduleSession({
        params: { slug },
        body: { id: randomUUID(), title: 'No', minutes: 60, startsAt: '2026-12-01T17:00:00Z' },
      }),
  ])
    await expect(change()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/suspended/) as string,
    })
  expect(firstPost(await load(cleo))).toMatchObject({ body: WORDS })
  expect(await cleo.api.getGroup({ params: { slug } })).toMatchObject({ suspended: { reason: null } })
  expect(await olga.api.getGroup({ params: { slug } })).toMatchObject({
    suspended: { reason: 'It sells seminars.' },
  })
  expect(await olga.api.exportRoster({ params: { slug } })).toContain('Ben')
  await ben.api.leaveGroup({ params: { slug }, body: {} })
  for (const organizer of [olga, otto]) {
    const letters = await lettersTo(story, organizer)
    expect(letters.at(-1)?.text).toContain('It sells seminars.')
    expect(letters.at(-1)?.text).toContain(CONTACT)
  }

  expect((await opal.api.listOperatorReports()).groups).toMatchObject([
    { id: groupId, name: 'Tuesday circle' },
  ])
  await expect(zoe.api.resumeGroup({ params: { groupId } })).rejects.toMatchObject({ code: 'not-found' })
  await opal.api.resumeGroup({ params: { groupId } })
  await zoe.api.joinGroup({ params: { slug }, body: {} })
  await cleo.api.reply(thread)
})

it('M7: a suspended account is out everywhere within a second, hears why, and takes its data along', async () => {
  const story = await openStory()
  const { ben, cleo, opal, episodeId, load, slug, house, mail, app } = story
  await house.db.execute('select 1')
  const passwordHash = await hashPassword('a long password')
  const bea = await story.person('Bea', { passwordHash })
  await story.olga.api.mailInvites({
    params: { slug },
    body: { invites: [{ id: randomUUID(), email: bea.email }], role: 'member', days: 7, note: '' },
  })
  await bea.api.acceptInvite({
    params: { token: (await story.linkTo(bea.email)).split('/').at(-1) ?? '' },
    body: {},
  })
  const socket = await bea.follow(episodeId, (await load(bea)).position)
  const draft = reportOf(bea.id, { kind: 'person', to: 'operator', reason: 'unsafe' })
  await cleo.api.sendReport({ body: draft })
  const started = Date.now()
  await opal.api.decideOperatorReport({
    params: { reportId: draft.id },
    body: { decision: 'account-suspended', reason: 'You followed somebody home.' },
  })

  expect(await socket.closed).toBe(4001)
  expect(Date.now() - started).toBeLessThan(1_000)
  expect((await bea.api.visit()).account).toBeNull()
  await expect(load(bea)).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(
    bea.api.signIn({ body: { email: bea.email, password: 'a wrong password' } }),
  ).rejects.toMatchObject({ code: 'wrong-password' })
  await expect(
    bea.api.signIn({ body: { email: bea.email, password: 'a long password' } }),
  ).rejects.toMatchObject({
    code: 'suspended',
    message: expect.stringMatching(/You followed somebody home.*help@example\.org/) as string,
  })

  // Other mail does not reach them; asking for a way in brings the reason, and a link to their data.
  const told = (await lettersTo(story, bea)).length
  await story.stranger().api.mailSignInLink({ body: { email: bea.email } })
  const letters = await lettersTo(story, bea)
  expect(letters).toHaveLength(told + 1)
  expect(letters.at(-1)?.text).toContain('You followed somebody home.')
  expect(JSON.stringify(letters)).not.toContain('Cleo')
  const older = letters.at(-2)?.text.match(/take-data\/(\S+)/)?.[1] ?? ''
  const token = letters.at(-1)?.text.match(/take-data\/(\S+)/)?.[1] ?? ''
  expect(await story.stranger().api.takeMyData({ params: { token } })).toMatchObject({
    account: { name: 'Bea', suspendedBecause: 'You followed somebody home.' },
  })
  expect(await story.stranger().api.takeMyPage({ params: { token } })).toContain('Bea')
  for (const made of [older, 'x'.repeat(43)])
    await expect(story.stranger().api.takeMyData({ params: { token: made } })).rejects.toMatchObject({
      code: 'link-used-up',
    })
  await expect(story.stranger().api.useMailLink({ params: { token }, body: {} })).rejects.toMatchObject({
    code: 'link-used-up',
  })

  expect((await opal.api.listOperatorReports()).accounts).toMatchObject([{ id: bea.id }])
  await expect(ben.api.resumeAccount({ params: { accountId: bea.id } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await opal.api.resumeAccount({ params: { accountId: bea.id } })
  await bea.api.signIn({ body: { email: bea.email, password: 'a long password' } })
  await expect(story.stranger().api.takeMyData({ params: { token } })).rejects.toMatchObject({
    code: 'link-used-up',
  })
  expect((await mail()).at(-1)).toMatchObject({ to: bea.email, subject: 'You can sign in again' })
  expect(app.server.listening).toBe(true)
  const audit = await house.db.select().from(auditEntries)
  expect(audit.map(({ action, subjectId }) => [action, subjectId]).toSorted()).toEqual([
    ['account-resumed', bea.id],
    ['account-suspended', bea.id],
    ['report-decided', cleo.id],
  ])
})

it('M7: an operator is not suspended, also not by themselves', async () => {
  const { opal, cleo, house, groupId, join } = await openStory()
  const olaf = await join('Olaf')
  await house.db.execute(`update accounts set operator = true where id = '${olaf.id}'`)
  const draft = reportOf(olaf.id, { kind: 'person', to: 'operator' })
  await cleo.api.sendReport({ body: draft })
  await expect(
    opal.api.decideOperatorReport({
      params: { reportId: draft.id },
      body: { decision: 'account-suspended', reason: 'So.' },
    }),
  ).rejects.toMatchObject({ code: 'not-allowed' })
  expect((await opal.api.listOperatorReports()).open).toHaveLength(1)
  expect(groupId).toBeTruthy()
})

it('M8: whoever is removed hears the reason, the rules, and where to say that they see it differently', async () => {
  const story = await openStory()
  const { olga, ben, slug } = story
  await olga.api.removeMember({ params: { slug, accountId: ben.id }, body: { reason: 'You mocked people.' } })
  const [letter] = await lettersTo(story, ben)
  expect(letter?.text).toContain('You mocked people.')
  expect(letter?.text).toContain(CONTACT)
  expect(letter?.text).toContain('/rules')
})

it('M8: everybody reads the rules, and an operator writes their own', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shortside-rules-'))
  const { stranger } = await openCircle({}, { contact: CONTACT, dataDir })
  expect(await stranger().api.readRules()).toMatchObject({
    contact: CONTACT,
    html: expect.stringContaining('Be kind and be honest.') as string,
  })
  await writeFile(join(dataDir, 'rules.md'), '**Ours.** <script>alert(1)</script>')
  const { html } = await stranger().api.readRules()
  expect(html).toContain('<strong>Ours.</strong>')
  expect(html).not.toContain('<script>')
})

it('M9: what somebody reported goes with their account, and a copy of words with that of their writer', async () => {
  const { ben, cleo, postId, house, slug } = await openStory()
  await cleo.api.sendReport({ body: reportOf(postId, { to: 'operator' }) })
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect(await house.db.select().from(reports)).toEqual([])
  expect(await cleo.api.listBlocked()).toEqual([])
  expect(JSON.stringify(await house.db.select().from(posts))).not.toContain('slow')
  expect(slug).toBeTruthy()
})
