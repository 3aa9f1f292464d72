import { eq } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { groups, mails, memberships } from '#db/schema.ts'
import { hostile } from '#tests/hostile.ts'
import { openHouse } from '#tests/house.ts'
import { callOf, CALL_NAMES, rowOf, send, verdictOf, type CallName } from '#tests/privacy-ask.ts'
import type { Who } from '#tests/privacy-people.ts'
import { takeSnapshot } from '#tests/privacy-snapshot.ts'
import { anchorOf } from '#tests/canary.ts'
import { canariesIn, canary, groupDraft, openWorld } from '#tests/privacy-world.ts'

/** Asked at once: what two of them do to each other is no fault either. */
const AT_ONCE = 12

it('D5: whatever is sent, in whichever field, is answered with a sentence and never with a fault', async () => {
  const world = await openWorld({ settings: { logLevel: 'silent' } })
  const snapshot = await takeSnapshot(world.databaseUrl)
  const wrong: string[] = []
  for (const name of CALL_NAMES) {
    const { ask } = rowOf(name)
    if (!ask) continue
    const who = someoneWhoMay(name)
    const questions = [...hostile(ask(world, who))]
    for (let next = 0; next < questions.length; next += AT_ONCE) {
      const some = questions.slice(next, next + AT_ONCE)
      await Promise.all(
        some.map(async (parts) => {
          const { statusCode, body } = await send(world.people[who], name, parts)
          const { message } = JSON.parse(body) as { message?: string }
          if (statusCode >= 500 || (statusCode >= 400 && (!message || body.includes('FST_'))))
            wrong.push(`${name} ${JSON.stringify(parts).slice(0, 200)}: ${statusCode} ${body.slice(0, 200)}`)
        }),
      )
    }
    await snapshot.restore()
  }
  expect(wrong).toEqual([])
}, 240_000)

/** Ids of theirs are made anew by the server, or each try is one of its own. */
const COUNTED: CallName[] = [
  'signUp',
  'signIn',
  'mailSignInLink',
  'mailResetLink',
  'mailVerifyLink',
  'signOut',
]

it('D6: what is sent six times at once happens once', async () => {
  const world = await openWorld()
  const snapshot = await takeSnapshot(world.databaseUrl)
  for (const name of CALL_NAMES) {
    const { ask } = rowOf(name)
    if (callOf(name).method === 'GET' || COUNTED.includes(name)) continue
    const who = someoneWhoMay(name)
    const parts = ask?.(world, who) ?? {}
    const once = verdictOf(await send(world.people[who], name, parts))
    const expected = await snapshot.counts()
    await snapshot.restore()

    const answers = await Promise.all(Array.from({ length: 6 }, () => send(world.people[who], name, parts)))
    expect(answers.map(verdictOf), name).toContain(once)
    expect(answers.map(verdictOf), name).not.toContain('fault')
    expect(await snapshot.counts(), name).toEqual(expected)
    await snapshot.restore()
  }
}, 240_000)

it('D6: an episode that is deleted while people write about it is no fault', async () => {
  const { people, slug, spareEpisodeId } = await openWorld()
  const params = { slug, episodeId: spareEpisodeId }
  const start = () =>
    send(people.member, 'startThread', {
      params,
      body: {
        threadId: randomUUID(),
        postId: randomUUID(),
        anchor: anchorOf('here'),
        body: 'Hello',
        question: false,
      },
    })
  const answers = await Promise.all([
    start(),
    start(),
    send(people.organizer, 'deleteEpisode', { params }),
    start(),
    start(),
  ])
  expect(answers.map(verdictOf)).not.toContain('fault')
  expect(answers.map(verdictOf)[2]).toBe('ok')
})

it('D5: a day is in years that calendars know, and what comes after one is found at once', async () => {
  const { people, slug, liveId } = await openWorld()
  const { organizer, member } = people
  const between = /between the years 1900 and 2999/
  const group = { ...groupDraft('group'), name: 'Mine', firstSessionAt: '9999-12-31T18:00:00Z' }
  await expect(organizer.api.createGroup({ body: group })).rejects.toThrow(between)
  const session = { id: randomUUID(), title: 'Far', minutes: 60 }
  await expect(
    organizer.api.scheduleSession({
      params: { slug },
      body: { ...session, startsAt: '9999-12-31T23:30:00Z' },
    }),
  ).rejects.toThrow(between)
  await expect(
    organizer.api.scheduleSession({
      params: { slug },
      body: { ...session, startsLocal: '9999-12-31T23:30' },
    }),
  ).rejects.toThrow(/Choose a day that exists/)
  const promise = { id: randomUUID(), cue: 'now', action: 'go', due: '0000-01-01' }
  await expect(member.api.makeCommitment({ params: { sessionId: liveId }, body: promise })).rejects.toThrow(
    between,
  )

  await organizer.api.scheduleSession({
    params: { slug },
    body: { ...session, startsLocal: '2999-12-31T23:30' },
  })
  expect((await organizer.api.listSessions({ params: { slug } })).suggested.startsLocal).toBe(
    '3000-01-07T23:30',
  )
})

it('D5: what is too large is refused with the limit in the sentence', async () => {
  const { people, slug } = await openWorld()
  const { organizer } = people
  const sent = async (url: string, payload: object) => {
    const { statusCode, body } = await organizer.request({ method: 'POST', url, payload })
    return [statusCode, (JSON.parse(body) as { message: string }).message]
  }
  expect(await sent('/api/groups', { ...groupDraft('group'), purpose: 'x'.repeat(1_100_000) })).toEqual([
    413,
    'That is more than 1 MB at once. Send less.',
  ])
  expect(
    await sent(`/api/groups/${slug}/episodes`, { id: randomUUID(), notes: 'x'.repeat(21 * 1_048_576) }),
  ).toEqual([413, 'That is more than 20 MB at once. Send less.'])
  expect(await sent('/api/groups', { ...groupDraft('group'), name: 'x'.repeat(81) })).toEqual([
    422,
    '“name” may be at most 80 characters long; this is 81.',
  ])
})

it('D7: a name with line ends adds no line to the head of a mail', async () => {
  const story = await openHouse()
  const ada = await story.person('Ada\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>', {
    email: 'ada@example.org',
  })
  const group = await ada.api.createGroup({ body: { ...groupDraft('group'), name: 'A\nTo: x@example.org' } })
  await ada.api.mailInvites({
    params: { slug: group.slug },
    body: {
      invites: [{ id: randomUUID(), email: 'ben@example.org' }],
      role: 'member',
      days: 7,
      note: '<b>Hello</b>',
    },
  })
  const [mail] = await story.house.db.select().from(mails)
  expect(mail?.html).not.toMatch(/<script|<b>/)
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    to: mail?.recipient,
    subject: mail?.subject,
    text: mail?.text,
  })
  const head = (message as Buffer).toString().split('\r\n\r\n')[0] ?? ''
  expect(head.split('\r\n').filter((line) => /^(bcc|to):/i.test(line))).toEqual(['To: ben@example.org'])
})

it('P9: invented people mail nobody, whoever looks through their eyes', async () => {
  const { person, house } = await openHouse()
  const nina = await person('Nina', { sample: true })
  const { slug, id } = await nina.api.createGroup({ body: { ...groupDraft('group'), name: 'Mine' } })
  await house.db.update(groups).set({ sample: true }).where(eq(groups.id, id))
  const invites = [{ id: randomUUID(), email: 'somebody@example.org' }]
  await expect(
    nina.api.mailInvites({ params: { slug }, body: { invites, role: 'member', days: 7, note: '' } }),
  ).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await house.db.$count(mails)).toBe(0)
  expect(await house.db.$count(memberships)).toBe(1)
})

it('P8: when something breaks, the log says what and where, and no word that was written', async () => {
  const lines: string[] = []
  const world = await openWorld({ log: { write: (line) => void lines.push(line) } })
  const { people, slug, episodeId, threadId } = world
  await world.house.db.execute('alter table posts rename column body to words')

  const body = { postId: randomUUID(), body: canary('not for the log') }
  const answer = await send(people.member, 'reply', { params: { slug, episodeId, threadId }, body })

  expect(answer.statusCode).toBe(500)
  const { message, requestId } = answer.json<{ message: string; requestId: string }>()
  expect(message).toContain('on our side')
  const [line] = lines.map((text) => JSON.parse(text) as { requestId: string; err: object })
  expect(line).toMatchObject({
    requestId,
    route: expect.stringContaining('/posts') as string,
    err: {
      message: expect.stringMatching(/insert into "posts"/) as string,
      cause: { code: '42703' },
      stack: expect.stringContaining('threads/reply-at-once.ts') as string,
    },
  })
  expect(canariesIn(lines.join('') + answer.body)).toEqual([])
  expect(lines.join('')).not.toContain(people.member.cookie.replace('signin=', ''))
})

/** Somebody whom the guards let through. */
function someoneWhoMay(name: CallName): Who {
  const { says } = rowOf(name)
  const guarded = ['not-found', 'not-signed-in', 'not-allowed', 'not-verified']
  const found = (['organizer', 'facilitator', 'member', 'invited', 'operator'] as const).find(
    (who) => !guarded.includes(says[who]) && says[who] !== 'conflict',
  )
  return found ?? 'organizer'
}
