import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { accounts, groups, memberships, outcomes, sessions, signIns, takeOvers } from '#db/schema.ts'
import type { BlockDraft } from '#shared/sessions.ts'
import { anchorOf, canary } from './canary.ts'
import { openHouse, type TestHouse, type TestPerson } from './house.ts'
import { foundCompany, type CompanyWorld } from './privacy-company.ts'
import { connectProvider } from './privacy-sso.ts'
import { openTheDoor } from './privacy-evenings.ts'
import { followAShow } from './privacy-shows.ts'
import { inviteAnExpert, type ExpertWorld } from './privacy-experts.ts'
import { askForFeedback, type FeedbackWorld } from './privacy-feedback.ts'
import { hostTable } from './privacy-plenary.ts'
import { workTogether, type PodsWorld } from './privacy-pods.ts'
import { keepTemplates, type TemplatesWorld } from './privacy-templates.ts'
import { speakInTurn, type SpokenWorld } from './privacy-spoken.ts'
import { makeTopics, type TopicsWorld } from './privacy-topics.ts'
import { PEOPLE, type Who } from './privacy-people.ts'
import { askOnce } from './privacy-guests.ts'
import { markForThemselves } from './privacy-listening.ts'
import { quoteAndMention } from './privacy-posts.ts'
import { planSeries } from './privacy-series.ts'

export { canary, canariesIn } from './canary.ts'

/** A private circle in which every word that anybody wrote is a canary, and everybody who might ask about it. */
export type World = TestHouse & {
  people: Record<Who, TestPerson>
  slug: string
  groupId: string
  inviteId: string
  /** What the mailed invite opens with. */
  inviteToken: string
  /** A group that the outsider organizes. */
  other: { slug: string; groupId: string }
  episodeId: string
  /** Belongs to no session, so it can be deleted. */
  spareEpisodeId: string
  /** A correction of the member that was taken back. */
  undoneId: string
  /** Started by the member, who wrote its first post. */
  threadId: string
  /** The member's own, and another under the same id of whoever left. */
  highlightId: string
  /** A thread of the group, with a title; and one to be answered before it is read, which only the organizer did. */
  titledThreadId: string
  answerFirstId: string
  postId: string
  /** The member's too, and hidden by the facilitator. */
  hiddenPostId: string
  /** Mentions the member. */
  mentionedId: string
  reportedPostId: string
  /** What the facilitator reported to the organizers, and of another post of the member to the operator. */
  reportId: string
  operatorReportId: string
  /** Wrapped up, live, to come, and called off. */
  pastId: string
  liveId: string
  nextId: string
  /** Begins after all of them. */
  seriesId: string
  /** What somebody was mailed who is in no group. */
  guestToken: string
  cancelledId: string
  /** Of the live session: revealed, and being written in. */
  shownBlockId: string
  hiddenBlockId: string
  /** The facilitator's: one to speak now, one that waits. */
  speakingId: string
  handId: string
  /** The member's, one that waits. */
  memberHandId: string
  /** The member's, of the past session and of the live one. */
  pastAnswerId: string
  commitmentId: string
  liveCommitmentId: string
  feedback: FeedbackWorld
  pods: PodsWorld
  templates: TemplatesWorld
  topics: TopicsWorld
  spoken: SpokenWorld
  experts: ExpertWorld
  /** The circle does not belong to it. */
  company: CompanyWorld
  /** The facilitator's. */
  announcementId: string
  /** The member asks to organize the circle. */
  takeOverId: string
  /** A group that the facilitator was offered a place in. */
  splitId: string
}

const CIRCLE = [
  ['facilitator', 'facilitator', 'active'],
  ['expired', 'facilitator', 'active'],
  ['member', 'member', 'active'],
  ['removed', 'member', 'active'],
  ['left', 'member', 'active'],
] as const
/** Who is left has all the places there are. */
const PLACES = 4
const AT_THE_DOOR = ['requested', 'waitlisted'] as const

export async function openWorld(given: Parameters<typeof openHouse>[0] = {}): Promise<World> {
  const house = await openHouse(given)
  const people = await meet(house)
  const { organizer, outsider, invited } = people
  const { db } = house.house

  const group = await organizer.api.createGroup({ body: groupDraft('group') })
  const other = await outsider.api.createGroup({
    body: {
      ...groupDraft('group'),
      id: randomUUID(),
      name: 'Another',
      purpose: '',
      city: null,
      venue: null,
      room: null,
      onlineLink: null,
    },
  })
  await outsider.api.openMyPage({ body: { slug: canary('page slug'), about: canary('page about') } })
  const { slug, id: groupId } = group
  await db
    .insert(memberships)
    .values(CIRCLE.map(([who, role, status]) => ({ groupId, accountId: people[who].id, role, status })))

  const inviteId = randomUUID()
  await organizer.api.mailInvites({
    params: { slug },
    body: {
      invites: [{ id: inviteId, email: invited.email }],
      role: 'member',
      days: 7,
      note: canary('invite note'),
    },
  })
  const inviteToken = (await house.linkTo(invited.email)).split('/').at(-1) ?? ''

  const talk = await talkAboutEpisode(people, slug)
  const { highlightId } = await markForThemselves(people, { slug, episodeId: talk.episodeId })
  const meetings = await holdSessions(house, people, slug, talk.episodeId)
  const { seriesId } = await planSeries(people.facilitator, slug)
  const { guestToken } = await askOnce(house, groupId, meetings.nextId)
  const feedback = await askForFeedback(house, people, slug)
  await openTheDoor(house, groupId, meetings.nextId)
  await followAShow(house, { groupId, episodeId: talk.episodeId, by: organizer.id })
  const pods = await workTogether(house, people, meetings)
  await hostTable(house, people, meetings)
  const topics = await makeTopics(people, meetings)
  const spoken = await speakInTurn(house, people, { ...meetings, episodeId: talk.episodeId })
  const templates = await keepTemplates(house, people, { slug, sessionId: meetings.nextId })
  const experts = await inviteAnExpert(house, people, meetings.nextId)
  const company = await foundCompany(house, people)
  await connectProvider(house, people, company.slug)

  await organizer.api.removeMember({
    params: { slug, accountId: people.removed.id },
    body: { reason: canary('removal reason') },
  })
  await people.left.api.leaveGroup({ params: { slug }, body: {} })
  const life = await liveAsAGroup(house, people, slug)
  await db
    .update(groups)
    .set({ places: PLACES, thanks: canary('thanks'), suspendReason: canary('group suspension') })
    .where(eq(groups.id, groupId))
  await db.insert(memberships).values(
    AT_THE_DOOR.map((who) => ({
      groupId,
      accountId: people[who].id,
      role: 'member' as const,
      status: who,
    })),
  )
  await db
    .update(accounts)
    .set({ suspendReason: canary('account suspension') })
    .where(eq(accounts.id, people.member.id))
  await db
    .update(signIns)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(signIns.userId, people.expired.id))
  return {
    ...house,
    people,
    slug,
    groupId,
    inviteId,
    inviteToken,
    feedback,
    pods,
    templates,
    topics,
    spoken,
    experts,
    seriesId,
    guestToken,
    company,
    other: { slug: other.slug, groupId: other.id },
    ...talk,
    highlightId,
    ...meetings,
    ...life,
  }
}

/** What a group agrees on, announces, and asks of each other. */
async function liveAsAGroup(
  house: TestHouse,
  { organizer, facilitator, member }: World['people'],
  slug: string,
) {
  const [announcementId, takenBack, objectedId, takeOverId, splitId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ]
  const params = { slug }
  for (const [basedOn, what] of ['agreement before', 'agreement now'].entries())
    await organizer.api.writeAgreement({ params, body: { words: canary(what), basedOn } })
  await member.api.acceptAgreement({ params, body: { version: 2 } })
  const announce = (id: string, what: string) =>
    facilitator.api.announce({
      params,
      body: { id, title: canary(`${what} title`), body: canary(`${what} words`) },
    })
  await announce(announcementId, 'announced')
  await announce(takenBack, 'announced')
  await facilitator.api.withdrawAnnouncement({ params: { slug, id: takenBack } })
  await facilitator.api.askTakeOver({ params, body: { id: objectedId, reason: canary('take over reason') } })
  await organizer.api.objectToTakeOver({ params, body: { reason: canary('objection') } })
  // That was a day before: the page shows what was asked last.
  await house.house.db
    .update(takeOvers)
    .set({ askedAt: new Date(house.house.now().getTime() - 86_400_000) })
    .where(eq(takeOvers.id, objectedId))
  await member.api.askTakeOver({ params, body: { id: takeOverId, reason: canary('take over reason') } })
  await organizer.api.splitGroup({
    params,
    body: {
      id: splitId,
      name: `Circle ${canary('split name')}`,
      accountIds: [facilitator.id],
      organizerIds: [facilitator.id],
    },
  })
  return { announcementId, takeOverId, splitId }
}

async function meet(house: TestHouse): Promise<Record<Who, TestPerson>> {
  const met = new Map<Who, TestPerson>()
  for (const who of PEOPLE) {
    met.set(
      who,
      who === 'anonymous'
        ? house.stranger()
        : await house.person(`Somebody ${canary(`name ${who}`)}`, {
            email: `${canary(`mail ${who}`)}@example.org`,
            ...(who === 'unverified' ? { verifiedAt: null } : {}),
            ...(who === 'operator' ? { operator: true } : {}),
          }),
    )
  }
  return Object.fromEntries(met) as Record<Who, TestPerson>
}

export const groupDraft = (what: string) => ({
  id: randomUUID(),
  kind: 'internal' as const,
  name: `Circle ${canary(`${what} name`)}`,
  purpose: canary(`${what} purpose`),
  visibility: 'private' as const,
  admission: 'on-request' as const,
  domains: [],
  programmeId: null,
  rhythm: 'weekly' as const,
  zone: 'Europe/Berlin',
  firstSessionAt: null,
  places: 40,
  city: canary(`${what} city`),
  venue: canary(`${what} venue`),
  address: canary(`${what} address`),
  accessNotes: canary(`${what} access`),
  room: canary(`${what} room`),
  onlineLink: `https://meet.example.org/${canary(`${what} link`)}`,
})

async function talkAboutEpisode({ organizer, facilitator, member }: World['people'], slug: string) {
  const [episodeId, spareEpisodeId, threadId, postId, replyId] = Array.from({ length: 5 }, () => randomUUID())
  if (!episodeId || !spareEpisodeId || !threadId || !postId || !replyId) throw new Error('no ids')
  const [hiddenPostId, reportedPostId, reportId, operatorReportId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ]
  await organizer.api.saveEpisode({
    params: { slug },
    body: {
      id: episodeId,
      title: canary('episode title'),
      showTitle: canary('show title'),
      notes: canary('episode notes'),
      audioUrl: `https://audio.example.org/${canary('episode audio')}.mp3`,
      pageUrl: `https://pages.example.org/${canary('episode page')}`,
      language: canary('episode language'),
      people: [{ name: canary('episode person') }],
      chapters: [{ start: 0, title: canary('chapter title') }],
      segments: [
        { start: 0, end: 5, speaker: canary('segment speaker'), text: canary('segment text') },
        { start: 5, end: 9, speaker: null, text: canary('misheard words') },
      ],
    },
  })
  await organizer.api.saveEpisode({
    params: { slug },
    body: { id: spareEpisodeId, title: canary('episode title') },
  })
  const params = { slug, episodeId }
  const undoneId = await correctTranscripts(params, { organizer, facilitator, member })
  const anchor = anchorOf(canary('thread quote'))
  await member.api.startThread({
    params,
    body: { threadId, postId, anchor, body: canary('post words'), question: true },
  })
  await facilitator.api.reply({
    params: { ...params, threadId },
    body: { postId: replyId, body: canary('withdrawn') },
  })
  await facilitator.api.withdrawPost({ params: { ...params, threadId, postId: replyId } })
  const written = { [hiddenPostId]: 'hidden words', [reportedPostId]: 'reported words' }
  for (const [id, what] of Object.entries(written))
    await member.api.reply({
      params: { ...params, threadId },
      body: { postId: id, body: canary(what) },
    })
  await facilitator.api.hidePost({
    params: { ...params, threadId, postId: hiddenPostId },
    body: { reason: canary('hide reason') },
  })
  const mentionedId = await quoteAndMention({ member, facilitator }, { slug, threadId })
  const [titledThreadId, answerFirstId] = [randomUUID(), randomUUID()]
  await member.api.startGroupThread({
    params: { slug },
    body: {
      threadId: titledThreadId,
      postId: randomUUID(),
      title: canary('thread title'),
      body: canary('group words'),
      question: false,
    },
  })
  await facilitator.api.startGroupThread({
    params: { slug },
    body: {
      threadId: answerFirstId,
      postId: randomUUID(),
      title: canary('thread title'),
      body: canary('prompt'),
      question: true,
      answerFirst: true,
    },
  })
  await organizer.api.reply({
    params: { slug, threadId: answerFirstId },
    body: { postId: randomUUID(), body: canary('answer first') },
  })
  const report = { kind: 'post', reason: 'private' } as const
  await facilitator.api.sendReport({
    body: { ...report, id: reportId, target: postId, words: canary('complaint'), to: 'organizers' },
  })
  await facilitator.api.sendReport({
    body: {
      ...report,
      id: operatorReportId,
      target: reportedPostId,
      words: canary('operator report'),
      to: 'operator',
    },
  })
  return {
    episodeId,
    spareEpisodeId,
    undoneId,
    threadId,
    titledThreadId,
    answerFirstId,
    postId,
    hiddenPostId,
    mentionedId,
    reportedPostId,
    reportId,
    operatorReportId,
  }
}

/** A block to write in. */
export const block = (id: string, what: string): BlockDraft => ({
  id,
  kind: 'write',
  title: canary(`${what} block title`),
  minutes: 10,
  prompt: canary(`${what} block prompt`),
  notes: canary(`${what} block notes`),
  options: { roles: [canary(`${what} block role`)] },
})

/** A correction that stands, and two that were taken back: one of the member, one of the facilitator. */
async function correctTranscripts(
  params: { slug: string; episodeId: string },
  { member, facilitator, organizer }: Pick<World['people'], 'member' | 'facilitator' | 'organizer'>,
): Promise<string> {
  const put = async (by: TestPerson, words: string) => {
    const { revision, segments } = await by.api.getEpisode({ params })
    const now = segments[1]
    if (!now) throw new Error('no line')
    const correction = { kind: 'line', segment: 1, ...now, text: canary(words) } as const
    const { id } = await by.api.correctTranscript({
      params,
      body: { id: randomUUID(), revision, correction },
    })
    return id
  }
  const undo = (changeId: string) =>
    organizer.api.undoCorrection({ params: { ...params, changeId }, body: { id: randomUUID() } })
  await put(facilitator, 'corrected words')
  const undoneId = await put(member, 'undone words')
  await undo(undoneId)
  await undo(await put(facilitator, 'undone by me'))
  return undoneId
}

async function holdSessions(house: TestHouse, people: World['people'], slug: string, episodeId: string) {
  const { facilitator, organizer, member, removed, left } = people
  const schedule = async (what: string, startsAt: string) => {
    const [id, shown, hidden] = [randomUUID(), randomUUID(), randomUUID()]
    const params = { sessionId: id }
    const { planVersion } = await facilitator.api.scheduleSession({
      params: { slug },
      body: { id, title: canary(`${what} title`), minutes: 60, startsAt, episodeId, templateId: 'kickoff' },
    })
    await facilitator.api.changeSession({
      params,
      body: {
        preparation: canary(`${what} preparation`),
        room: canary(`${what} room`),
        venue: canary(`${what} venue`),
        address: canary(`${what} address`),
        accessNotes: canary(`${what} access`),
        onlineLink: `https://meet.example.org/${canary(`${what} link`)}`,
      },
    })
    await house.house.db
      .update(sessions)
      .set({ purpose: canary(`${what} purpose`) })
      .where(eq(sessions.id, id))
    const blocks = [block(shown, what), block(hidden, `${what} hidden`)]
    await facilitator.api.replacePlan({ params, body: { blocks, basedOn: planVersion } })
    return { id, params, shown, hidden }
  }
  const write = (
    who: TestPerson,
    session: Awaited<ReturnType<typeof schedule>>,
    blockId: string,
    body: string,
  ) =>
    who.api.writeAnswer({
      params: session.params,
      body: { id: randomUUID(), blockId, body, revision: 1, done: true },
    })
  /** One block revealed, one being written in. */
  const meetIn = async (what: string, startsAt: string, there: TestPerson[]) => {
    const session = await schedule(what, startsAt)
    const { params, shown, hidden } = session
    await facilitator.api.openRoom({ params })
    for (const one of there) await one.api.enterRoom({ params })
    await facilitator.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
    const answer = await write(member, session, shown, canary(`${what} revealed answer`))
    await facilitator.api.revealAnswers({ params: { ...params, blockId: shown } })
    await facilitator.api.nextBlock({ params, body: { id: randomUUID(), from: shown } })
    await write(member, session, hidden, canary(`${what} answer of member`))
    await write(facilitator, session, hidden, canary(`${what} answer of facilitator`))
    return { ...session, answerId: answer.id }
  }
  const promise = async (
    who: TestPerson,
    sessionId: string,
    what: string,
    witnessId: string | null = null,
  ) => {
    const id = randomUUID()
    const said = { cue: canary(`${what} cue`), action: canary(`${what} action`) }
    const body = { id, ...said, due: '2026-12-24', witnessId, skill: 'negotiation' }
    await who.api.makeCommitment({ params: { sessionId }, body })
    return id
  }

  const past = await meetIn('past', '2026-11-22T11:00:00Z', [member, removed, left, organizer])
  const commitmentId = await promise(member, past.id, 'past')
  for (const gone of [removed, left]) await promise(gone, past.id, gone === left ? 'left' : 'removed')
  await facilitator.api.closeSession({ params: past.params })
  await facilitator.api.correctWrapUp({
    params: past.params,
    body: {
      basedOn: 0,
      note: canary('wrap-up note'),
      topics: [],
      unparked: [],
      alsoParked: [canary('parked line')],
    },
  })
  await member.api.closeCommitment({
    params: { id: commitmentId },
    body: { status: 'done', reflection: canary('reflection') },
  })
  await house.house.db.insert(outcomes).values({
    ...{ commitmentId, status: 'partly', reflection: canary('earlier reflection') },
    saidAt: house.house.now(),
  })

  // The one who is removed was there for this one too, and will be gone before it closes.
  const live = await meetIn('live', '2026-11-23T11:00:00Z', [member, organizer, removed, left])
  const liveCommitmentId = await promise(member, live.id, 'live', facilitator.id)
  const [speakingId, handId, memberHandId] = [randomUUID(), randomUUID(), randomUUID()]
  const raise = (who: TestPerson, turnId: string) =>
    who.api.raiseHand({ params: live.params, body: { turnId } })
  await raise(facilitator, speakingId)
  await facilitator.api.giveTurn({ params: { ...live.params, turnId: speakingId } })
  await raise(facilitator, handId)
  await raise(member, memberHandId)

  const next = await schedule('next', '2026-11-24T11:00:00Z')
  const cancelled = await schedule('cancelled', '2026-11-25T11:00:00Z')
  await facilitator.api.cancelSession({ params: cancelled.params, body: { reason: canary('cancel reason') } })
  return {
    pastId: past.id,
    pastAnswerId: past.answerId,
    liveId: live.id,
    nextId: next.id,
    cancelledId: cancelled.id,
    shownBlockId: live.shown,
    hiddenBlockId: live.hidden,
    speakingId,
    handId,
    memberHandId,
    commitmentId,
    liveCommitmentId,
  }
}
