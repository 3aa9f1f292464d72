import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { chapters, commitments, groups } from '#db/schema.ts'
import { send, verdictOf, type CallName, type Parts } from '#tests/privacy-ask.ts'
import type { Who } from '#tests/privacy-people.ts'
import { takeSnapshot } from '#tests/privacy-snapshot.ts'
import { anchorOf } from '#tests/canary.ts'
import { block, groupDraft, openWorld } from '#tests/privacy-world.ts'

it('P7: an id of another group, session, episode or person leads nowhere and changes nothing there', async () => {
  const world = await openWorld()
  const { people, other, slug, episodeId, spareEpisodeId, threadId, postId, inviteId } = world
  const { liveId, shownBlockId, hiddenBlockId, memberHandId, handId, speakingId, liveCommitmentId } = world
  const { outsider, member, requested } = people
  const own = { sessionId: randomUUID() }
  const session = { title: 'Theirs', minutes: 60, startsAt: '2026-12-01T10:00:00Z' }
  const { planVersion } = await outsider.api.scheduleSession({
    params: { slug: other.slug },
    body: { id: own.sessionId, ...session },
  })
  const plan = { blocks: [block(randomUUID(), 'next')], basedOn: planVersion }
  const saved = await outsider.api.replacePlan({ params: own, body: plan })
  const snapshot = await takeSnapshot(world.databaseUrl)

  const wrong: string[] = []
  const ask = async (who: Who, name: CallName, parts: Parts, expected: string) => {
    const said = verdictOf(await send(people[who], name, parts))
    if (said !== expected) wrong.push(`${name} ${JSON.stringify(parts)} says ${said}, not ${expected}`)
  }
  // With the address of their own group, somebody asks for things of the circle.
  const outside = (name: CallName, parts: Parts, expected: string) => ask('outsider', name, parts, expected)
  const theirs = { slug: other.slug }
  const foreign = { ...theirs, episodeId }
  const draft = { threadId, postId, anchor: anchorOf('here'), body: 'Hello', question: true }
  await outside('getEpisode', { params: foreign }, 'not-found')
  await outside('deleteEpisode', { params: foreign }, 'not-found')
  await outside('getDiscussion', { params: foreign }, 'not-found')
  await outside('startThread', { params: foreign, body: draft }, 'not-found')
  await outside('reply', { params: { ...foreign, threadId }, body: { postId, body: 'Hello' } }, 'not-found')
  for (const id of [threadId, world.titledThreadId]) {
    await outside('getThread', { params: { ...theirs, threadId: id } }, 'not-found')
    await outside(
      'titleThread',
      { params: { ...theirs, threadId: id }, body: { title: 'Mine' } },
      'not-found',
    )
    await outside(
      'setQuestion',
      { params: { ...theirs, threadId: id }, body: { question: 'open' } },
      'not-found',
    )
    await outside('markRead', { params: { ...theirs, threadId: id }, body: { posts: [[1, 1]] } }, 'not-found')
  }
  const titled = {
    threadId: randomUUID(),
    postId: randomUUID(),
    title: 'Mine',
    body: 'Hello',
    question: true,
  }
  await outside('startGroupThread', { params: theirs, body: { ...titled, sessionId: liveId } }, 'invalid')
  await outside('startGroupThread', { params: theirs, body: { ...titled, threadId } }, 'conflict')
  await outside('startGroupThread', { params: theirs, body: { ...titled, postId } }, 'conflict')
  await outside('revokeInvite', { params: { ...theirs, inviteId } }, 'not-found')
  const invite = { id: inviteId, role: 'member', days: 7, maxUses: null, domains: [] }
  await outside('createInvite', { params: theirs, body: invite }, 'conflict')
  const of = { ...theirs, accountId: member.id }
  await outside('changeRole', { params: of, body: { role: 'organizer' } }, 'not-found')
  await outside('removeMember', { params: of, body: { reason: 'So.' } }, 'not-found')
  await outside('handOver', { params: theirs, body: { accountId: member.id } }, 'not-found')
  await outside(
    'decideRequest',
    { params: { ...theirs, accountId: requested.id }, body: { approve: true } },
    'not-found',
  )

  const { reportId, hiddenPostId } = world
  const hidden = { ...foreign, threadId, postId: hiddenPostId }
  await outside(
    'decideGroupReport',
    { params: { ...theirs, reportId }, body: { decision: 'stands' } },
    'not-found',
  )
  await outside('readHiddenPost', { params: hidden }, 'not-found')
  await outside('showPost', { params: hidden }, 'not-found')
  await outside(
    'hidePost',
    { params: { ...foreign, threadId, postId }, body: { reason: 'So.' } },
    'not-found',
  )
  await outside('blockPerson', { params: { accountId: member.id } }, 'not-found')
  const report = { id: randomUUID(), reason: 'spam', words: '', to: 'operator' }
  for (const target of [
    { kind: 'post', target: postId },
    { kind: 'person', target: member.id },
    { kind: 'person', target: member.id, within: slug },
    { kind: 'person', target: member.id, within: other.slug },
    { kind: 'announcement', target: world.announcementId },
    { kind: 'group', target: slug },
    { kind: 'organizer', target: slug },
  ])
    await outside('sendReport', { body: { ...report, ...target } }, 'not-found')

  // Ids of the circle in a body, and retries with the id of somebody else's thing.
  await outside(
    'scheduleSession',
    { params: theirs, body: { ...session, id: randomUUID(), episodeId } },
    'invalid',
  )
  await outside('scheduleSession', { params: theirs, body: { ...session, id: liveId } }, 'conflict')
  await outside('saveEpisode', { params: theirs, body: { id: episodeId, title: 'Mine' } }, 'conflict')
  await outside('createGroup', { body: { ...groupDraft('group'), id: world.groupId } }, 'conflict')
  for (const field of ['facilitatorId', 'timekeeperId'])
    await outside('changeSession', { params: own, body: { [field]: member.id } }, 'invalid')
  const attendance = { params: { ...own, accountId: member.id }, body: { present: true } }
  await outside('setAttendance', attendance, 'conflict')
  const stolen = { blocks: [block(shownBlockId, 'next')], basedOn: saved.planVersion }
  await outside('replacePlan', { params: own, body: stolen }, 'conflict')

  await outsider.api.openRoom({ params: own })
  await outside('setAttendance', attendance, 'not-found')
  await outside(
    'startBlock',
    { params: { ...own, blockId: shownBlockId }, body: { id: randomUUID(), from: null } },
    'not-found',
  )
  await outside('revealAnswers', { params: { ...own, blockId: hiddenBlockId } }, 'not-found')
  const answer = { id: randomUUID(), blockId: hiddenBlockId, body: 'Mine', revision: 9, done: true }
  await outside('writeAnswer', { params: own, body: answer }, 'not-found')
  await outside('giveTurn', { params: { ...own, turnId: memberHandId } }, 'not-found')
  await outside('lowerHand', { params: { ...own, turnId: handId } }, 'not-found')
  await outside('endTurn', { params: { ...own, turnId: speakingId } }, 'not-found')
  await outside('lowerAllHands', { params: own, body: { turnIds: [handId, memberHandId] } }, 'ok')
  await outside('raiseHand', { params: own, body: { turnId: handId } }, 'ok')
  const promised = { ...own, commitmentId: liveCommitmentId }
  const promise = { cue: 'now', action: 'go', due: null }
  await outside('changeCommitment', { params: promised, body: promise }, 'not-found')
  await outside('withdrawCommitment', { params: promised }, 'ok')
  await outside('makeCommitment', { params: own, body: { ...promise, id: liveCommitmentId } }, 'ok')
  await outside(
    'closeCommitment',
    { params: { id: liveCommitmentId }, body: { status: 'done' } },
    'not-found',
  )

  // Within the circle: what is somebody else's.
  const elsewhere = { slug, episodeId: spareEpisodeId }
  const here = { slug, episodeId, threadId }
  await ask(
    'member',
    'editPost',
    { params: { ...here, postId: randomUUID() }, body: { body: 'Hello' } },
    'not-found',
  )
  await ask('facilitator', 'reply', { params: here, body: { postId, body: 'Hello' } }, 'conflict')
  await ask('facilitator', 'startThread', { params: elsewhere, body: draft }, 'conflict')
  const live = { sessionId: liveId }
  await ask(
    'facilitator',
    'withdrawCommitment',
    { params: { ...live, commitmentId: liveCommitmentId } },
    'ok',
  )

  expect(wrong).toEqual([])
  expect(await snapshot.changed(world.groupId)).toEqual([])
})

it('P7: what a call does not name is not stored, whoever adds it', async () => {
  const { people, slug, groupId, episodeId, other, liveId, house } = await openWorld()
  const { outsider, organizer, member } = people
  const extra = { slug: 'mine', sample: true, archivedAt: '2026-01-01T00:00:00Z', createdAt: null, turn: 1 }

  const draft = { ...groupDraft('group'), name: 'Mine', ...extra }
  expect(verdictOf(await send(outsider, 'createGroup', { body: draft }))).toBe('ok')
  expect(
    verdictOf(await send(organizer, 'changeGroup', { params: { slug }, body: { ...extra, id: draft.id } })),
  ).toBe('ok')
  for (const id of [draft.id, groupId]) {
    const [group] = await house.db.select().from(groups).where(eq(groups.id, id))
    expect(group).toMatchObject({ sample: false, archivedAt: null })
    expect(group?.slug).not.toBe('mine')
  }

  // Who knows the ids of a circle that they were in can't write into it from elsewhere.
  const added = { start: 1, title: 'Smuggled', groupId, episodeId, position: 99 }
  const body = { id: randomUUID(), title: 'Mine', chapters: [added], segments: [] }
  expect(verdictOf(await send(outsider, 'saveEpisode', { params: { slug: other.slug }, body }))).toBe('ok')
  expect(await house.db.$count(chapters, eq(chapters.episodeId, episodeId))).toBe(1)

  const promise = {
    id: randomUUID(),
    cue: 'now',
    action: 'go',
    due: null,
    status: 'done',
    reflection: 'Made up',
  }
  await send(member, 'makeCommitment', { params: { sessionId: liveId }, body: promise })
  const [made] = await house.db.select().from(commitments).where(eq(commitments.id, promise.id))
  expect(made).toMatchObject({ status: 'open', reflection: '' })
})
