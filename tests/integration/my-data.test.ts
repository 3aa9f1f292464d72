import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import * as schema from '#db/schema.ts'
import { MyData } from '#shared/my-data.ts'
import { canariesIn, canary, openWorld } from '#tests/privacy-world.ts'

/** Where each column that names an account comes back in the export, or why it does not. */
const IN_EXPORT: Record<string, keyof MyData | { not: string }> = {
  'sign_ins.account_id': 'signIns',
  'sso_identities.account_id': 'companySignIns',
  'sso_links.account_id': {
    not: 'links that connect a company’s sign-in, for a quarter of an hour; only hashes are kept',
  },
  'memberships.account_id': 'memberships',
  'colleagues.account_id': 'organizations',
  'audit_entries.subject_id': 'keptAboutMe',
  'audit_entries.actor_id': 'keptByMe',
  'invites.created_by': 'invitesMade',
  'episodes.imported_by': 'episodesImported',
  'shows.followed_by': 'showsFollowed',
  'transcript_changes.account_id': 'corrections',
  'threads.started_by': 'threadsStarted',
  'posts.account_id': 'posts',
  'post_reactions.account_id': 'reactions',
  'mentions.account_id': 'mentionsOfMe',
  'thread_reads.account_id': 'threadsRead',
  'read_revisions.account_id': { not: 'a number that counts what is in `threadsRead`' },
  'following.account_id': 'following',
  'thread_following.account_id': 'threadsFollowed',
  'mailed_posts.account_id': { not: 'which posts of others were mailed; the mailbox has the mail' },
  'highlights.account_id': 'highlights',
  'listenings.account_id': 'listenedTo',
  'listening_settings.account_id': 'listening',
  'sessions.facilitator_id': 'sessionsRun',
  'sessions.timekeeper_id': 'sessionsRun',
  'sessions.welcome_id': 'sessionsRun',
  'sessions.notes_id': 'sessionsRun',
  'announcements.account_id': 'announcements',
  'announcement_mutes.account_id': 'announcementsMuted',
  'agreement_acceptances.account_id': 'agreementsAccepted',
  'take_overs.asked_by': 'takeOversAsked',
  'take_overs.decided_by': { not: 'what was decided for a group; the trail of what was done has it' },
  'placements.account_id': 'placesOffered',
  'placements.offered_by': { not: 'places are of those who were offered one' },
  'registrations.account_id': 'registrations',
  'series.facilitator_id': 'seriesPlanned',
  'muted_reminders.account_id': 'remindersMuted',
  'series_links.account_id': { not: 'what links in mails point at; who is registered is in `registrations`' },
  'rsvps.account_id': 'rsvps',
  'attendances.account_id': 'attendances',
  'attendances.came_with': {
    not: 'who shared my phone is theirs; how many did by number is in `attendances`',
  },
  'table_reports.account_id': 'tableReports',
  'turns.account_id': 'turns',
  'answers.account_id': 'answers',
  'commitments.account_id': 'commitments',
  'witnesses.account_id': 'witnessOf',
  'wrap_ups.account_id': 'wrapUpsCorrected',
  'put_off.account_id': 'suggestionsPutOff',
  'queued_questions.account_id': 'questionsAsked',
  'question_votes.account_id': 'questionsVotedFor',
  'experts.invited_by': 'guestsInvited',
  'experts.thanked_by': 'guestsThanked',
  'experts.seat_id': { not: 'the seat of a guest in the live room, which is nobody’s mailbox' },
  'door_links.made_by': 'doorLinksMade',
  'door_marks.account_id': 'marksAtDoor',
  'tables.host_id': 'tablesHosted',
  'seats.account_id': 'tablesSatAt',
  'host_offers.account_id': 'hostOffers',
  'session_guests.account_id': 'guestOf',
  'feedback_rounds.asked_by': 'feedbackAsked',
  'feedback_reviewers.account_id': 'feedbackRequests',
  'feedback_reports.subject_id': 'feedbackReports',
  'feedback_shares.account_id': 'feedbackShownToMe',
  'feedback_slips.writer_id': 'feedbackSlips',
  'feedback_slips.receiver_id': 'feedbackReports',
  'co_facilitators.account_id': 'coFacilitatorOf',
  'leads.leader_id': 'sessionsLed',
  'leads.lost_id': {
    not: 'whose connection was lost while they led; it is there until somebody takes the lead back',
  },
  'code_guests.account_id': 'cameByCode',
  'pod_seats.account_id': 'pods',
  'templates.created_by': 'templatesSaved',
  'template_versions.saved_by': 'templatesSaved',
  'template_shares.shared_by': 'templatesShared',
  'ballots.account_id': 'votes',
  'go_ons.account_id': {
    not: 'whether to go on with a topic; gone when it is decided, within twenty seconds',
  },
  'go_round_seats.account_id': 'goRounds',
  'goals.account_id': 'goals',
  'reports.reporter_id': 'reportsSent',
  'reports.about_id': { not: 'what somebody else said; whom it is about reads of what was done' },
  'reports.decided_by': { not: 'what was decided for a group; the trail of what was done has it' },
  'blocked_people.account_id': 'peopleBlocked',
  'blocked_people.blocked_id': { not: 'who blocked me is theirs to know' },
  'posts.hidden_by': { not: 'what was done for a group; the trail of what was done has it' },
  'rsvp_links.account_id': { not: 'what links in mails point at; the answers given by them are in `rsvps`' },
  'mail_links.account_id': {
    not: 'links that open the account, for a quarter of an hour; only hashes are kept',
  },
}
/** Columns that hold an address without naming an account. */
const ADDRESSES: Record<string, keyof MyData | { not: string }> = {
  'accounts.email': 'account',
  'guest_requests.email': { not: 'typed by whoever asked; it goes within a day, and with the account' },
  'invites.email': { not: 'somebody else’s invite; whoever has this address has the mail' },
  'experts.email': { not: 'a guest who was invited by mail; whoever has this address has the mail' },
  'feedback_reviewers.email': { not: 'somebody outside who was asked by mail, and has the mail' },
  'walk_ins.email': {
    not: 'typed at the door by whoever came, proven by nothing, and deleted a month later',
  },
  'templates.source_address': { not: 'where a template was taken from' },
  'groups.address': { not: 'where a group meets' },
  'sessions.address': { not: 'where a session is held' },
  'mails.recipient': { not: 'the mailbox of the account has the mail; its words are those of others' },
}

it('P11: every column that names an account is in the export, or it is said why not', () => {
  const tables = Object.values(schema).filter((one) => is(one, PgTable))
  const named = tables.flatMap((table) => {
    const { name, foreignKeys } = getTableConfig(table)
    return foreignKeys
      .map((key) => key.reference())
      .filter(({ foreignTable }) => foreignTable === schema.accounts)
      .flatMap(({ columns }) => columns.map((column) => `${name}.${snake(column.name)}`))
  })
  const addresses = tables.flatMap((table) =>
    getTableConfig(table)
      .columns.map(({ name }) => `${getTableConfig(table).name}.${snake(name)}`)
      .filter((name) => /mail$|recipient|address/.test(name)),
  )
  expect(named.toSorted()).toEqual(Object.keys(IN_EXPORT).toSorted())
  expect(addresses.toSorted()).toEqual(Object.keys(ADDRESSES).toSorted())
  for (const place of Object.values({ ...IN_EXPORT, ...ADDRESSES }))
    if (typeof place === 'string') expect(Object.keys(MyData.properties)).toContain(place)
})

/** What happened at the same moment comes in any order. */
const anyOrder = (all: object[]): unknown =>
  expect.arrayContaining(all.map((one): unknown => expect.objectContaining(one)))

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

it('P11: the export holds all that is mine, and nothing of anybody else', async () => {
  const world = await openWorld()
  const { member, organizer, facilitator } = world.people
  await member.api.answerRsvp({ params: { sessionId: world.nextId }, body: { answer: 'coming' } })
  await member.api.takeDuty({
    params: { sessionId: world.nextId, duty: 'timekeeper' },
    body: { takes: true },
  })
  await member.api.changeFollowing({
    params: { slug: world.slug },
    body: { level: 'every', mine: 'every', digest: 'daily', most: 10 },
  })
  await member.api.followThread({
    params: { slug: world.slug, threadId: world.threadId },
    body: { level: 'nothing' },
  })
  await facilitator.api.putOffSuggestion({ params: { slug: world.slug }, body: { suggestion: 'schedule' } })

  const data = await member.api.exportMyData()
  expect(Value.Check(MyData, data)).toBe(true)
  expect(data).toMatchObject({
    format: 'shortside-my-data',
    version: 1,
    account: { name: member.name, email: member.email, hasPassword: false },
    signIns: [{ device: 'test' }],
    memberships: [{ role: 'member', status: 'active' }],
    threadsStarted: anyOrder([{ question: 'open', at: 3 }, { title: canary('thread title') }]),
    posts: anyOrder([
      { number: 1, words: canary('post words') },
      { number: 3, words: canary('hidden words'), hiddenBecause: canary('hide reason') },
      { number: 4, words: canary('reported words') },
      { number: 5, words: `${canary('quoted words')} and more` },
      { number: 1, words: canary('group words') },
    ]),
    postsBefore: [],
    reactions: [{ kind: 'tried-it' }],
    mentionsOfMe: [{ seenAt: null }],
    following: [{ level: 'every', mine: 'every', digest: 'daily', most: 10 }],
    threadsFollowed: [{ level: 'nothing', at: 3 }],
    threadsRead: anyOrder([{ posts: [[1, 5]] }, { posts: [[1, 1]] }]),
    sessionsRun: [{ as: 'timekeeper', session: canary('next title') }],
    rsvps: [{ answer: 'coming', session: canary('next title') }],
    attendances: [{ noticed: 'room' }, { noticed: 'room' }],
    turns: [{ asked: 1, spoken: 0, session: canary('live title') }],
    commitments: [{ status: 'done', reflection: canary('reflection') }, { status: 'open' }],
  })
  expect(data.answers.map(({ words, revealedAt }) => [words, revealedAt !== null])).toEqual([
    [canary('past revealed answer'), true],
    [canary('past answer of member'), false],
    [canary('live revealed answer'), true],
    [canary('live answer of member'), false],
  ])
  const mine = [
    ...[
      'name member',
      'mail member',
      'group name',
      'episode title',
      'undone words',
      'thread quote',
      'post words',
      'hidden words',
      'hide reason',
      'reported words',
      'quoted words',
      'group words',
      'thread title',
      'account suspension',
      'feedback title',
      'feedback intro',
      'feedback question',
      'feedback hint',
      'feedback evidence',
      'report title',
      'report words',
      // What the facilitator wrote to me in a live round, with their name; and what I wrote to them.
      'slip opened',
      'name facilitator',
      'slip unopened',
      'table sentence',
      'table sentence hidden',
      'report heard',
      'report will',
      'report thanks',
      'goal words',
      'queued question',
      'goal measure',
      'agreement now',
      'take over reason',
      'reflection',
      'earlier reflection',
    ],
    ...['past', 'live'].flatMap((what) =>
      [
        'title',
        'block title',
        'hidden block title',
        'revealed answer',
        'answer of member',
        'cue',
        'action',
      ].map((part) => `${what} ${part}`),
    ),
    'next title',
    'highlighted words',
    'highlight note',
  ].map(canary)
  const page = await member.api.exportMyPage()
  expect(canariesIn(JSON.stringify(data)).toSorted()).toEqual(mine.toSorted())
  expect(canariesIn(page).toSorted()).toEqual(mine.toSorted())

  const [ofOrganizer, ofFacilitator] = [
    await organizer.api.exportMyData(),
    await facilitator.api.exportMyData(),
  ]
  expect(ofOrganizer).toMatchObject({
    invitesMade: [{ forOnePerson: true, uses: 0, maxUses: 1 }],
    episodesImported: [{ episode: canary('episode title') }, {}],
  })
  expect(JSON.stringify(ofOrganizer)).not.toContain(world.inviteToken)
  expect(JSON.stringify(ofOrganizer)).not.toContain(canary('mail invited'))
  expect(ofFacilitator).toMatchObject({
    suggestionsPutOff: [{ suggestion: 'schedule' }],
    turns: [{ asked: 2, spoken: 1 }],
    posts: anyOrder([{ words: '', number: 2 }, { words: canary('prompt') }, { number: 6 }]),
  })
  expect(ofFacilitator.sessionsRun).toHaveLength(6)
})

it('P11: both come as files that run nothing, and a stranger is asked to sign in', async () => {
  const world = await openWorld()
  const eve = await world.person('<script>alert(1)</script>"\'&')
  const json = await eve.request({ url: '/api/me/data' })
  const page = await eve.request({ url: '/api/me/data.html' })

  expect(json.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="shortside-my-data-2026-11-22.json"',
    'cache-control': 'no-store',
  })
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': 'attachment; filename="shortside-my-data-2026-11-22.html"',
    'content-security-policy': expect.stringContaining('sandbox') as string,
  })
  expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
  expect(page.body).not.toMatch(/<script|<link|<img|src=|href=/)

  for (const url of ['/api/me/data', '/api/me/data.html'])
    expect((await world.stranger().request({ url })).statusCode).toBe(401)
})
