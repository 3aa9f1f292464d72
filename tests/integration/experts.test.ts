import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accounts, groups } from '#db/schema.ts'
import { client } from '#lib/api.ts'
import { openCircle, type Circle } from '#tests/circle.ts'

const EXPECTS = 'Twenty minutes of questions.'

/** A session of the circle tomorrow evening, with a writing block. */
async function schedule(circle: Circle) {
  const session = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: {
      id: randomUUID(),
      title: 'Ask the expert',
      startsLocal: '2026-11-23T18:00',
      minutes: 60,
      onlineLink: 'https://meet.example.org/circle',
    },
  })
  return { params: { sessionId: session.id }, sessionId: session.id }
}

async function invite(circle: Circle, sessionId: string, email: string | null = 'rita@example.net') {
  const id = randomUUID()
  const [expert] = await circle.ada.api.inviteExpert({
    params: { sessionId },
    body: { id, name: 'Rita', email, expects: EXPECTS },
  })
  return { id, token: expert?.forChairs?.link.split('/').at(-1) ?? '' }
}

/** Somebody who has nothing but a link, and what it gives them. */
function visitor(circle: Circle) {
  let cookie = ''
  const stranger = circle.stranger()
  return {
    cookie: () => cookie,
    api: client(async (path, init = {}) => {
      const answer = await stranger.request({
        method: init.method ?? 'GET',
        url: path,
        headers: { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) },
        ...(init.body === undefined ? {} : { payload: init.body as string }),
      })
      const [set] = answer.cookies
      if (set) cookie = `${set.name}=${set.value}`
      return new Response(answer.body, { status: answer.statusCode })
    }),
  }
}

it('P21: invites an expert by a link that needs no account: what is expected, when, and what people want to ask', async () => {
  const circle = await openCircle()
  const { params, sessionId } = await schedule(circle)
  const { token } = await invite(circle, sessionId)
  const letter = (await circle.mail()).find(({ to }) => to === 'rita@example.net')
  expect(letter?.text).toContain(`/expert/${token}`)
  expect(letter?.text).toContain(EXPECTS)

  const question = randomUUID()
  await circle.ben.api.addQuestion({ params, body: { id: question, words: 'What went wrong once?' } })
  await circle.ben.api.addQuestion({ params, body: { id: question, words: 'Twice' } })
  await circle.cleo.api.voteForQuestion({
    params: { ...params, questionId: question },
    body: { votes: true },
  })

  const rita = circle.stranger()
  const seen = await rita.api.readExpertInvite({ params: { token } })
  expect(seen).toMatchObject({
    name: 'Rita',
    answer: 'invited',
    expects: EXPECTS,
    onlineLink: null,
    open: false,
  })
  expect(seen.questions).toMatchObject([{ words: 'What went wrong once?', name: null, votes: 1 }])
  expect(JSON.stringify(seen)).not.toMatch(/Ben|Cleo|secret/)

  const yes = { answer: 'accepted' as const, reply: 'Gladly.', shown: true }
  const accepted = await rita.api.answerExpertInvite({ params: { token }, body: yes })
  expect(accepted).toMatchObject({ answer: 'accepted', onlineLink: 'https://meet.example.org/circle' })
  await rita.api.answerExpertInvite({ params: { token }, body: yes })
  const told = (await circle.mail()).filter(({ subject }) => subject === 'Rita comes: Ask the expert')
  expect(told).toHaveLength(1)
  expect(await circle.ben.api.listExperts({ params })).toMatchObject([
    { name: 'Rita', answer: 'accepted', forChairs: null },
  ])
})

it('P21: gives an expert a seat in the room of that session, and nothing else of the group', async () => {
  const circle = await openCircle()
  const { params, sessionId } = await schedule(circle)
  const { token } = await invite(circle, sessionId, null)
  const rita = visitor(circle)
  const enter = () => rita.api.enterAsExpert({ params: { token } })
  await expect(enter()).rejects.toThrow('Say yes to the invite first')
  await rita.api.answerExpertInvite({
    params: { token },
    body: { answer: 'accepted', reply: '', shown: false },
  })
  await expect(enter()).rejects.toThrow('The room is not open')
  circle.pass({ days: 1, hours: 7 })
  await circle.ada.api.openRoom({ params })
  expect(await enter()).toEqual({ sessionId })

  const room = await rita.api.getRoom({ params })
  expect(room.me.mayRun).toBe(false)
  expect(room.notes).toEqual([])
  const heard = await circle.ben.follow(sessionId, room.position)
  await rita.api.enterRoom({ params })
  await heard.until('entered')
  expect(heard.events()).toContainEqual(
    expect.objectContaining({ type: 'entered', person: expect.objectContaining({ name: 'Rita' }) as object }),
  )
  await rita.api.raiseHand({ params, body: { turnId: randomUUID() } })
  await circle.ben.api.enterRoom({ params })
  const view = await circle.ben.api.getRoom({ params })
  const seen = view.view.people.find(({ name }) => name === 'Rita')
  expect(seen).toMatchObject({ guest: true })
  expect(seen).not.toHaveProperty('byCode')

  const slug = circle.slug
  for (const asking of [
    () => rita.api.getGroup({ params: { slug } }),
    () => rita.api.listMembers({ params: { slug } }),
    () => rita.api.getSession({ params }),
    () => rita.api.listExperts({ params }),
    () => rita.api.listQueue({ params }),
    () => rita.api.closeSession({ params }),
    () => rita.api.listEarlierCommitments({ params }),
  ])
    await expect(asking()).rejects.toThrow('nothing here')

  await circle.ada.api.closeSession({ params })
  await expect(rita.api.getRoom({ params })).rejects.toThrow(/sign in|nothing here/)
  expect((await circle.mail()).filter(({ to }) => to.endsWith('.invalid'))).toEqual([])

  const [expert] = await circle.ada.api.listExperts({ params })
  const thanks = { params: { ...params, expertId: expert?.id ?? '' }, body: { words: 'Thank you.' } }
  await circle.ada.api.thankExpert(thanks)
  await circle.ada.api.thankExpert({ ...thanks, body: { words: 'Twice' } })
  expect((await circle.stranger().api.readExpertInvite({ params: { token } })).thanks).toEqual({
    words: 'Thank you.',
    by: 'Ada',
  })
})

it('P21: hangs up on an expert whose invite is taken back, and opens nothing to them any more', async () => {
  const circle = await openCircle()
  const { params, sessionId } = await schedule(circle)
  const { id, token } = await invite(circle, sessionId)
  const rita = visitor(circle)
  await rita.api.answerExpertInvite({
    params: { token },
    body: { answer: 'accepted', reply: '', shown: false },
  })
  circle.pass({ days: 1, hours: 7 })
  await circle.ada.api.openRoom({ params })
  await rita.api.enterAsExpert({ params: { token } })
  const { position } = await rita.api.getRoom({ params })
  const heard = await circle.followAs(rita.cookie(), sessionId, position)
  // Longer than the look that finds people who may not listen.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(heard.frames.some(({ type }) => type === 'presence')).toBe(true)
  await expect(circle.zoe.api.revokeExpert({ params: { ...params, expertId: id } })).rejects.toThrow(
    'nothing here',
  )
  await expect(circle.ben.api.revokeExpert({ params: { ...params, expertId: id } })).rejects.toThrow('role')
  await circle.ada.api.revokeExpert({ params: { ...params, expertId: id } })
  expect(await heard.closed).toBe(4001)
  await expect(rita.api.readExpertInvite({ params: { token } })).rejects.toThrow('opens nothing')
  await expect(rita.api.getRoom({ params })).rejects.toThrow()
  for (const made of ['x'.repeat(46), token.replace(/^.../, 'AAA')])
    await expect(rita.api.readExpertInvite({ params: { token: made } })).rejects.toThrow('opens nothing')
})

it('keeps the queue in the order of votes, and lets its asker and whoever runs the session take one out', async () => {
  const circle = await openCircle()
  const { params } = await schedule(circle)
  const [first, second] = [randomUUID(), randomUUID()]
  await circle.ben.api.addQuestion({ params, body: { id: first, words: 'First' } })
  await circle.cleo.api.addQuestion({ params, body: { id: second, words: 'Second' } })
  const of = (questionId: string) => ({ ...params, questionId })
  for (const one of [circle.ada, circle.ben])
    await one.api.voteForQuestion({ params: of(second), body: { votes: true } })
  await circle.ben.api.voteForQuestion({ params: of(second), body: { votes: true } })
  const words = (queue: { words: string; votes: number }[]) =>
    queue.map((question) => `${question.words} ${question.votes}`)
  expect(words(await circle.ben.api.listQueue({ params }))).toEqual(['Second 2', 'First 0'])
  await circle.ben.api.voteForQuestion({ params: of(second), body: { votes: false } })
  expect(words(await circle.ada.api.markAnswered({ params: of(second), body: { answered: true } }))).toEqual([
    'First 0',
    'Second 1',
  ])
  await expect(circle.ben.api.markAnswered({ params: of(first), body: { answered: true } })).rejects.toThrow(
    'role',
  )
  // Somebody else's stays.
  expect(words(await circle.ben.api.takeQuestionOut({ params: of(second) }))).toHaveLength(2)
  expect(words(await circle.cleo.api.takeQuestionOut({ params: of(second) }))).toEqual(['First 0'])
  expect(await circle.ada.api.takeQuestionOut({ params: of(first) })).toEqual([])
  await expect(circle.zoe.api.listQueue({ params })).rejects.toThrow('nothing here')
  await expect(
    circle.ben.api.addQuestion({ params, body: { id: randomUUID(), words: '  ' } }),
  ).rejects.toThrow('words')
})

it('mails no stranger for somebody whose address nobody confirmed, and lets invented people invite nobody', async () => {
  const circle = await openCircle()
  const { params, sessionId } = await schedule(circle)
  const become = (set: Partial<typeof accounts.$inferInsert>) =>
    circle.house.db.update(accounts).set(set).where(eq(accounts.id, circle.ada.id))
  await become({ verifiedAt: null })
  await expect(invite(circle, sessionId)).rejects.toMatchObject({ code: 'not-verified' })
  await become({ verifiedAt: new Date(), sample: true })
  for (const email of ['rita@example.net', null])
    await expect(invite(circle, sessionId, email)).rejects.toThrow('invented')
  expect(await circle.ada.api.listExperts({ params })).toEqual([])
  expect((await circle.mail()).filter(({ to }) => to === 'rita@example.net')).toEqual([])
})

it('M6: in the room of a suspended group an expert reads on and adds nothing', async () => {
  const circle = await openCircle()
  const { params, sessionId } = await schedule(circle)
  const { token } = await invite(circle, sessionId, null)
  const rita = visitor(circle)
  const yes = { answer: 'accepted' as const, reply: '', shown: false }
  await rita.api.answerExpertInvite({ params: { token }, body: yes })
  circle.pass({ days: 1, hours: 7 })
  await circle.ada.api.openRoom({ params })
  await rita.api.enterAsExpert({ params: { token } })
  await circle.house.db.update(groups).set({ suspendedAt: new Date() }).where(eq(groups.id, circle.groupId))
  await rita.api.getRoom({ params })
  for (const adding of [
    () => rita.api.raiseHand({ params, body: { turnId: randomUUID() } }),
    () => rita.api.answerExpertInvite({ params: { token }, body: { ...yes, answer: 'declined' } }),
    () => visitor(circle).api.enterAsExpert({ params: { token } }),
  ])
    await expect(adding()).rejects.toThrow('suspended')
})
