import { createHash, randomUUID } from 'node:crypto'
import type { Api } from '#shared/api.ts'
import type { Input } from '#shared/contract.ts'
import { COMPANY_CALLS } from './privacy-company-calls.ts'
import { SSO_CALLS } from './privacy-sso.ts'
import { EVENING_CALLS } from './privacy-evenings.ts'
import { EXPERT_CALLS } from './privacy-experts.ts'
import { FEEDBACK_CALLS } from './privacy-feedback-calls.ts'
import { BALLOT_CALLS } from './privacy-ballots.ts'
import { PLENARY_CALLS } from './privacy-plenary.ts'
import { POD_CALLS } from './privacy-pods.ts'
import { SPOKEN_CALLS } from './privacy-spoken.ts'
import { TEMPLATE_CALLS } from './privacy-templates.ts'
import { TOPIC_CALLS } from './privacy-topics.ts'
import { LIVE_PLAN_CALLS } from './privacy-live-plan.ts'
import { JOIN_CALLS } from './privacy-joining.ts'
import { GUEST_CALLS } from './privacy-guests.ts'
import { SHOW_CALLS } from './privacy-shows.ts'
import { LISTENING_CALLS } from './privacy-listening.ts'
import { SERIES_CALLS } from './privacy-series.ts'
import {
  anybody,
  everybody,
  facilitators,
  members,
  only,
  operators,
  organizers,
  signedIn,
  type Verdicts,
  type Who,
} from './privacy-people.ts'
import { anchorOf } from './canary.ts'
import { canary, groupDraft, type World } from './privacy-world.ts'

/** What a call says to each, and a question that it can answer. */
export type Row<Given> = { says: Verdicts } & (unknown extends Given
  ? { ask?: undefined }
  : { ask: (world: World, who: Who) => Given })

const MADE_UP = 'x'.repeat(46)
/** What search is asked for; privacy-search.test.ts asks for everything. */
const SEARCHED = [
  'segment text',
  'post words',
  'group words',
  'answer first',
  'hidden words',
  'highlight note',
]
const inGroup = ({ slug }: World) => ({ params: { slug } })
const inEpisode = ({ slug, episodeId }: World) => ({ slug, episodeId })
const inThread = ({ slug, threadId }: World) => ({ slug, threadId })
const ofPost = (world: World) => ({ ...inThread(world), postId: world.postId })
const ofHidden = (world: World) => ({ ...inThread(world), postId: world.hiddenPostId })
const inPast = ({ pastId }: World) => ({ params: { sessionId: pastId } })
const inLive = ({ liveId }: World) => ({ params: { sessionId: liveId } })
const inNext = ({ nextId }: World) => ({ params: { sessionId: nextId } })
const ofAnnouncement = ({ slug, announcementId }: World) => ({ slug, id: announcementId })
const ofMember = ({ slug, people }: World) => ({ slug, accountId: people.member.id })
/** The account's own short name of a sign-in (server/src/sign-in/routes.ts). */
const shortName = (cookie: string) =>
  createHash('sha256').update(cookie.replace('signin=', '')).digest('hex').slice(0, 16)

/** Who may do what. A call that is missing here does not compile, and fails the test. */
export const CALLS: { [Name in keyof Api]: Row<Input<Api[Name]>> } = {
  ...FEEDBACK_CALLS,
  ...POD_CALLS,
  ...PLENARY_CALLS,
  ...TEMPLATE_CALLS,
  ...SPOKEN_CALLS,
  ...LIVE_PLAN_CALLS,
  ...TOPIC_CALLS,
  ...BALLOT_CALLS,
  ...EXPERT_CALLS,
  ...EVENING_CALLS,
  ...GUEST_CALLS,
  ...JOIN_CALLS,
  ...SHOW_CALLS,
  ...LISTENING_CALLS,
  ...SERIES_CALLS,
  ...COMPANY_CALLS,
  ...SSO_CALLS,

  // Of an account.
  visit: { says: anybody },
  signUp: {
    says: anybody,
    ask: (_world, who) => ({
      body: { email: `new-${who}@example.org`, name: 'New', password: 'long enough', zone: 'UTC' },
    }),
  },
  signIn: {
    says: everybody('wrong-password'),
    ask: ({ people }) => ({ body: { email: people.member.email, password: 'a guess' } }),
  },
  signOut: { says: signedIn },
  mailSignInLink: { says: anybody, ask: ({ people }) => ({ body: { email: people.member.email } }) },
  mailResetLink: { says: anybody, ask: ({ people }) => ({ body: { email: people.member.email } }) },
  mailVerifyLink: { says: signedIn },
  readMailLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },
  useMailLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP }, body: {} }) },
  changeMe: { says: signedIn, ask: () => ({ body: { zone: 'Europe/Paris' } }) },
  listSignIns: { says: signedIn },
  endSignIn: {
    says: only({ member: 'ok' }),
    ask: ({ people }) => ({ params: { id: shortName(people.member.cookie) } }),
  },
  endOtherSignIns: { says: signedIn },
  getMyCalendar: { says: signedIn },
  renewMyCalendar: { says: signedIn },
  lookAround: { says: everybody('instance-in-use') },
  switchSamplePerson: { says: only({}), ask: ({ people }) => ({ body: { accountId: people.member.id } }) },
  exportMyData: { says: signedIn },
  exportMyPage: { says: signedIn },
  readDeletion: { says: signedIn },
  deleteAccount: {
    // The only organizer hands over first, the only admin makes another one, and the only operator stays.
    says: { ...signedIn, organizer: 'conflict', admin: 'conflict', operator: 'conflict' },
    ask: ({ people }, who) => ({ body: { email: people[who].email } }),
  },
  listOutbox: { says: { ...everybody('not-found'), operator: 'ok' } },

  // Of a group.
  createGroup: {
    says: signedIn,
    ask: () => ({
      body: {
        ...groupDraft('group'),
        name: 'Mine',
        purpose: '',
        city: null,
        venue: null,
        room: null,
        address: null,
        accessNotes: '',
        onlineLink: null,
      },
    }),
  },
  listMyGroups: { says: signedIn },
  getGroup: { says: members, ask: inGroup },
  listMembers: { says: members, ask: inGroup },
  changeGroup: { says: organizers, ask: (world) => ({ ...inGroup(world), body: { places: 41 } }) },
  suggestCities: { says: anybody, ask: () => ({ query: { words: 'Hamburg' } }) },
  findGroups: { says: anybody, ask: () => ({ query: { words: '' } }) },
  getPublicGroup: {
    says: {
      ...everybody('not-found'),
      member: 'ok',
      facilitator: 'ok',
      organizer: 'ok',
      requested: 'ok',
      waitlisted: 'ok',
    },
    ask: inGroup,
  },
  joinGroup: {
    says: {
      ...only({ member: 'ok', facilitator: 'ok', organizer: 'ok', requested: 'ok', waitlisted: 'ok' }),
      unverified: 'not-verified',
    },
    ask: (world) => ({ ...inGroup(world), body: {} }),
  },
  leaveGroup: {
    // The only organizer hands over first.
    says: only({ member: 'ok', facilitator: 'ok', organizer: 'conflict', requested: 'ok', waitlisted: 'ok' }),
    ask: (world) => ({ ...inGroup(world), body: {} }),
  },
  listWaiting: { says: organizers, ask: inGroup },
  decideRequest: {
    says: organizers,
    ask: ({ slug, people }) => ({
      params: { slug, accountId: people.requested.id },
      body: { approve: true },
    }),
  },
  changeRole: {
    says: organizers,
    ask: (world) => ({ params: ofMember(world), body: { role: 'facilitator' } }),
  },
  removeMember: { says: organizers, ask: (world) => ({ params: ofMember(world), body: { reason: 'So.' } }) },
  handOver: {
    says: organizers,
    ask: ({ slug, people }) => ({ params: { slug }, body: { accountId: people.member.id } }),
  },
  endGroup: {
    // One of its sessions is live.
    says: { ...organizers, organizer: 'conflict' },
    ask: (world) => ({ ...inGroup(world), body: { thanks: 'Thank you' } }),
  },
  takeUpGroup: { says: organizers, ask: inGroup },
  readFarewell: { says: members, ask: inGroup },
  listEndedGroups: { says: signedIn },
  // Public pages: of a private circle there are none, for nobody.
  readAgenda: { says: everybody('not-found'), ask: inGroup },
  readSessionPage: {
    says: everybody('not-found'),
    ask: ({ slug, nextId }) => ({ params: { slug, sessionId: nextId } }),
  },
  readOrganizerPage: { says: anybody, ask: () => ({ params: { slug: canary('page slug') } }) },
  readMyPage: { says: signedIn },
  openMyPage: {
    says: { ...signedIn, unverified: 'not-verified' },
    ask: (_world, who) => ({ body: { slug: `page-of-${who}`, about: '' } }),
  },
  closeMyPage: { says: signedIn },
  listAnnouncements: { says: members, ask: inGroup },
  announce: {
    says: facilitators,
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), title: 'News', body: 'We moved.' } }),
  },
  editAnnouncement: {
    says: facilitators,
    ask: (world) => ({ params: ofAnnouncement(world), body: { title: 'News', body: 'We moved.' } }),
  },
  withdrawAnnouncement: { says: facilitators, ask: (world) => ({ params: ofAnnouncement(world) }) },
  muteAnnouncements: { says: members, ask: (world) => ({ ...inGroup(world), body: { muted: true } }) },
  readAgreement: { says: members, ask: inGroup },
  writeAgreement: {
    says: organizers,
    ask: (world) => ({ ...inGroup(world), body: { words: 'Ask before you advise.', basedOn: 2 } }),
  },
  acceptAgreement: { says: members, ask: (world) => ({ ...inGroup(world), body: { version: 2 } }) },
  changeRetention: { says: organizers, ask: (world) => ({ ...inGroup(world), body: { months: 6 } }) },
  readTakeOver: { says: members, ask: inGroup },
  askTakeOver: {
    // The member has asked already, and the organizer organizes.
    says: { ...members, member: 'conflict', facilitator: 'conflict', organizer: 'conflict' },
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), reason: 'Nobody is there.' } }),
  },
  withdrawTakeOver: { says: only({ member: 'ok' }), ask: inGroup },
  objectToTakeOver: {
    says: organizers,
    ask: (world) => ({ ...inGroup(world), body: { reason: 'I am back.' } }),
  },
  grantTakeOver: { says: organizers, ask: inGroup },
  listTakeOvers: { says: signedIn },
  decideTakeOver: {
    // The organizer still has time to object.
    says: only({ operator: 'conflict' }),
    ask: ({ takeOverId }) => ({ params: { id: takeOverId }, body: { confirm: true } }),
  },
  cloneGroup: {
    says: organizers,
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), name: 'Another', invite: false } }),
  },
  splitGroup: {
    says: organizers,
    ask: ({ slug, people }) => ({
      params: { slug },
      body: {
        id: randomUUID(),
        name: 'Another',
        accountIds: [people.member.id],
        organizerIds: [people.member.id],
      },
    }),
  },
  listSplits: { says: members, ask: inGroup },
  answerPlacement: {
    says: only({ facilitator: 'ok' }),
    ask: ({ slug, splitId }) => ({ params: { slug, groupId: splitId }, body: { moves: false } }),
  },
  exportRoster: { says: organizers, ask: inGroup },
  exportAttendance: { says: organizers, ask: inGroup },
  readBrief: { says: members, ask: inGroup },
  listLaunchSteps: { says: facilitators, ask: inGroup },
  tickStep: { says: facilitators, ask: ({ slug }) => ({ params: { slug, item: 'find-an-ally' } }) },
  untickStep: { says: facilitators, ask: ({ slug }) => ({ params: { slug, item: 'find-an-ally' } }) },

  // Of what is not right.
  readRules: { says: anybody },
  readReportTarget: {
    // The post is the member's own.
    says: { ...members, member: 'invalid' },
    ask: ({ postId }) => ({ params: { kind: 'post', target: postId }, query: {} }),
  },
  sendReport: {
    // The only organizer tells the operator.
    says: { ...members, member: 'invalid', organizer: 'invalid' },
    ask: ({ reportedPostId }) => ({
      body: {
        id: randomUUID(),
        kind: 'post',
        target: reportedPostId,
        reason: 'unkind',
        words: 'New',
        to: 'organizers',
      },
    }),
  },
  listMyReports: { says: signedIn },
  listGroupReports: { says: organizers, ask: inGroup },
  decideGroupReport: {
    says: organizers,
    ask: ({ slug, reportId }) => ({ params: { slug, reportId }, body: { decision: 'stands' } }),
  },
  listOperatorReports: { says: operators },
  decideOperatorReport: {
    says: operators,
    ask: ({ operatorReportId }) => ({
      params: { reportId: operatorReportId },
      body: { decision: 'hidden', reason: 'So.' },
    }),
  },
  resumeGroup: { says: operators, ask: ({ groupId }) => ({ params: { groupId } }) },
  resumeAccount: { says: operators, ask: ({ people }) => ({ params: { accountId: people.member.id } }) },
  listBlocked: { says: signedIn },
  blockPerson: {
    // Whoever was in the group knows its people.
    says: only({ member: 'invalid', facilitator: 'ok', organizer: 'ok', removed: 'ok', left: 'ok' }),
    ask: ({ people }) => ({ params: { accountId: people.member.id } }),
  },
  blockInviter: {
    says: only({ invited: 'ok' }),
    ask: (world, who) => ({ params: tokenOf(world, who) }),
  },
  unblockPerson: { says: signedIn, ask: ({ people }) => ({ params: { accountId: people.member.id } }) },
  // Of somebody whose account is suspended: moderation.test.ts.
  takeMyData: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },
  takeMyPage: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },

  // Of an invite.
  createInvite: {
    says: organizers,
    ask: (world) => ({
      ...inGroup(world),
      body: { id: randomUUID(), role: 'member', days: 7, maxUses: null, domains: [] },
    }),
  },
  listInvites: { says: organizers, ask: inGroup },
  revokeInvite: { says: organizers, ask: ({ slug, inviteId }) => ({ params: { slug, inviteId } }) },
  mailInvites: {
    says: organizers,
    ask: (world) => ({
      ...inGroup(world),
      body: { invites: [{ id: randomUUID(), email: 'new@example.org' }], role: 'member', days: 7, note: '' },
    }),
  },
  readInvite: {
    says: { ...everybody('not-found'), invited: 'ok' },
    ask: (world, who) => ({ params: tokenOf(world, who) }),
  },
  acceptInvite: {
    says: only({ invited: 'ok' }),
    ask: (world, who) => ({ params: tokenOf(world, who), body: {} }),
  },

  // Of an episode.
  listEpisodes: { says: members, ask: inGroup },
  getEpisode: { says: members, ask: (world) => ({ params: inEpisode(world) }) },
  saveEpisode: {
    says: members,
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), title: 'New' } }),
  },
  reimportEpisode: {
    says: facilitators,
    ask: ({ slug, spareEpisodeId }) => ({
      params: { slug, episodeId: spareEpisodeId },
      body: {
        revision: 1,
        title: 'New',
        showTitle: null,
        audioUrl: null,
        pageUrl: null,
        notes: '',
        duration: null,
        language: null,
        publishedAt: null,
        people: [],
        chapters: [],
        segments: [],
      },
    }),
  },
  // Whoever may ask, hears that the text changed meanwhile, and that there is nothing to take back any more.
  correctTranscript: {
    says: { ...members, member: 'conflict', facilitator: 'conflict', organizer: 'conflict' },
    ask: (world) => ({
      params: inEpisode(world),
      body: { id: randomUUID(), revision: 1, correction: { kind: 'join', segment: 0 } },
    }),
  },
  undoCorrection: {
    says: { ...members, member: 'conflict', facilitator: 'conflict', organizer: 'conflict' },
    ask: (world) => ({
      params: { ...inEpisode(world), changeId: world.undoneId },
      body: { id: randomUUID() },
    }),
  },
  getTranscriptHistory: { says: members, ask: (world) => ({ params: inEpisode(world), query: {} }) },
  getCorrections: { says: facilitators, ask: (world) => ({ params: inEpisode(world) }) },
  deleteEpisode: {
    says: facilitators,
    ask: ({ slug, spareEpisodeId }) => ({ params: { slug, episodeId: spareEpisodeId } }),
  },
  previewText: { says: members, ask: (world) => ({ ...inGroup(world), body: { text: 'Hello' } }) },
  previewFeed: {
    // Only whether somebody may ask at all: an address of our own network is refused to members.
    says: { ...members, member: 'invalid', facilitator: 'invalid', organizer: 'invalid' },
    ask: (world) => ({ ...inGroup(world), body: { url: 'http://127.0.0.1/feed' } }),
  },
  previewFeedItem: {
    says: { ...members, member: 'invalid', facilitator: 'invalid', organizer: 'invalid' },
    ask: (world) => ({ ...inGroup(world), body: { url: 'http://127.0.0.1/feed', item: 'one' } }),
  },

  // Of the guide.
  listTemplates: { says: anybody, ask: () => ({ query: {} }) },
  getTemplate: { says: anybody, ask: () => ({ params: { id: 'kickoff' } }) },
  listProgrammes: { says: anybody },
  getProgramme: { says: anybody, ask: () => ({ params: { id: 'episode-circle' } }) },
  launchChecklist: { says: anybody },
  listQuestions: { says: anybody },

  // Of a session.
  scheduleSession: {
    says: facilitators,
    ask: (world) => ({
      ...inGroup(world),
      body: { id: randomUUID(), title: 'New', startsAt: '2027-01-12T17:00:00Z', minutes: 60 },
    }),
  },
  listSessions: { says: members, ask: inGroup },
  getSession: { says: members, ask: inNext },
  changeSession: { says: facilitators, ask: (world) => ({ ...inNext(world), body: { minutes: 90 } }) },
  cancelSession: { says: facilitators, ask: (world) => ({ ...inNext(world), body: { reason: 'So.' } }) },
  answerRsvp: { says: members, ask: (world) => ({ ...inNext(world), body: { answer: 'coming' } }) },
  readRota: { says: members, ask: inGroup },
  takeDuty: {
    says: members,
    ask: ({ nextId }) => ({ params: { sessionId: nextId, duty: 'timekeeper' }, body: { takes: true } }),
  },
  // Its people are in rsvp-links.test.ts: a link says who it is for.
  readRsvpLink: { says: everybody('not-found'), ask: () => ({ params: { token: MADE_UP } }) },
  useRsvpLink: {
    says: everybody('not-found'),
    ask: () => ({ params: { token: MADE_UP }, body: { answer: 'coming' } }),
  },
  setAttendance: {
    says: facilitators,
    ask: ({ pastId, people }) => ({
      params: { sessionId: pastId, accountId: people.member.id },
      body: { present: false },
    }),
  },
  replacePlan: {
    says: { ...facilitators, facilitator: 'conflict', organizer: 'conflict' },
    // On top of a plan that was never there; a plan that is saved is in the stories of sessions.
    ask: (world) => ({ ...inNext(world), body: { blocks: [], basedOn: '' } }),
  },
  planQuestion: {
    says: facilitators,
    ask: (world) => ({
      params: { slug: world.slug, threadId: world.answerFirstId },
      body: { sessionId: world.nextId, blockId: randomUUID() },
    }),
  },
  listTakenUp: { says: members, ask: inNext },
  listOpenQuestions: { says: members, ask: inNext },
  listWhatStays: { says: members, ask: inPast },
  getWrapUp: { says: members, ask: inPast },
  correctWrapUp: {
    says: facilitators,
    ask: (world) => ({
      ...inPast(world),
      body: { basedOn: 1, note: 'More', topics: [], unparked: [], alsoParked: [] },
    }),
  },
  takeOutAnswer: {
    says: only({ member: 'ok' }),
    ask: ({ pastId, pastAnswerId }) => ({ params: { sessionId: pastId, answerId: pastAnswerId } }),
  },
  exportWrapUp: { says: members, ask: inPast },
  exportWrapUpData: { says: members, ask: inPast },

  // Of the live room.
  getRoom: { says: members, ask: inLive },
  openRoom: { says: facilitators, ask: inNext },
  enterRoom: { says: members, ask: inLive },
  startBlock: {
    says: facilitators,
    ask: ({ liveId, shownBlockId, hiddenBlockId }) => ({
      params: { sessionId: liveId, blockId: shownBlockId },
      body: { id: randomUUID(), from: hiddenBlockId },
    }),
  },
  nextBlock: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { id: randomUUID(), from: world.shownBlockId } }),
  },
  previousBlock: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { id: randomUUID(), from: world.hiddenBlockId } }),
  },
  pauseTimer: { says: facilitators, ask: (world) => ({ ...inLive(world), body: { id: randomUUID() } }) },
  resumeTimer: { says: facilitators, ask: (world) => ({ ...inLive(world), body: { id: randomUUID() } }) },
  extendTimer: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { id: randomUUID(), minutes: 5 } }),
  },
  writeAnswer: {
    says: members,
    ask: (world) => ({
      ...inLive(world),
      body: { id: randomUUID(), blockId: world.hiddenBlockId, body: 'More', revision: 2, done: false },
    }),
  },
  revealAnswers: {
    says: facilitators,
    ask: ({ liveId, hiddenBlockId }) => ({ params: { sessionId: liveId, blockId: hiddenBlockId } }),
  },
  raiseHand: { says: members, ask: (world) => ({ ...inLive(world), body: { turnId: randomUUID() } }) },
  lowerHand: {
    says: facilitators,
    ask: ({ liveId, handId }) => ({ params: { sessionId: liveId, turnId: handId } }),
  },
  lowerAllHands: {
    says: facilitators,
    ask: (world) => ({ ...inLive(world), body: { turnIds: [world.handId] } }),
  },
  giveTurn: {
    says: facilitators,
    ask: ({ liveId, memberHandId }) => ({ params: { sessionId: liveId, turnId: memberHandId } }),
  },
  endTurn: {
    says: facilitators,
    ask: ({ liveId, speakingId }) => ({ params: { sessionId: liveId, turnId: speakingId } }),
  },
  makeCommitment: {
    says: members,
    ask: (world) => ({ ...inLive(world), body: { id: randomUUID(), cue: 'now', action: 'go', due: null } }),
  },
  listEarlierCommitments: { says: members, ask: inLive },
  listCommitmentChoices: { says: members, ask: inLive },
  listMyWitnesses: { says: members, ask: inLive },
  changeCommitment: {
    says: only({ member: 'ok' }),
    ask: ({ liveId, liveCommitmentId }) => ({
      params: { sessionId: liveId, commitmentId: liveCommitmentId },
      body: { cue: 'now', action: 'go', due: null },
    }),
  },
  withdrawCommitment: {
    // To the others of the room it is gone already, as far as it is theirs; it stays where it is.
    says: members,
    ask: ({ liveId, liveCommitmentId }) => ({
      params: { sessionId: liveId, commitmentId: liveCommitmentId },
    }),
  },
  closeSession: { says: facilitators, ask: inLive },

  // Of commitments and the dashboard.
  listMyCommitments: { says: signedIn },
  closeCommitment: {
    says: only({ member: 'ok' }),
    ask: ({ commitmentId }) => ({ params: { id: commitmentId }, body: { status: 'open' } }),
  },
  listWitnessing: { says: signedIn },
  answerWitness: {
    says: only({ facilitator: 'ok' }),
    ask: ({ liveCommitmentId }) => ({ params: { id: liveCommitmentId }, body: { answer: 'accept' } }),
  },
  listGroupCommitments: { says: facilitators, ask: inGroup },
  getDashboard: { says: facilitators, ask: inGroup },
  putOffSuggestion: {
    says: facilitators,
    ask: (world) => ({ ...inGroup(world), body: { suggestion: 'schedule' } }),
  },

  // Of threads.
  getDiscussion: { says: members, ask: (world) => ({ params: inEpisode(world) }) },
  startThread: {
    says: members,
    ask: (world) => ({
      params: inEpisode(world),
      body: {
        threadId: randomUUID(),
        postId: randomUUID(),
        anchor: anchorOf('here'),
        body: 'New',
        question: false,
      },
    }),
  },
  getGroupDiscussion: { says: members, ask: (world) => ({ ...inGroup(world), query: {} }) },
  startGroupThread: {
    says: members,
    ask: (world) => ({
      ...inGroup(world),
      body: { threadId: randomUUID(), postId: randomUUID(), title: 'New', body: 'New', question: false },
    }),
  },
  getThread: { says: members, ask: (world) => ({ params: inThread(world) }) },
  titleThread: {
    says: { ...members, facilitator: 'not-allowed', organizer: 'not-allowed' },
    ask: ({ slug, titledThreadId }) => ({
      params: { slug, threadId: titledThreadId },
      body: { title: 'New' },
    }),
  },
  reply: {
    says: members,
    ask: (world) => ({ params: inThread(world), body: { postId: randomUUID(), body: 'New' } }),
  },
  editPost: {
    says: { ...members, facilitator: 'not-allowed', organizer: 'not-allowed' },
    ask: (world) => ({ params: ofPost(world), body: { body: 'New' } }),
  },
  withdrawPost: {
    says: { ...members, facilitator: 'not-allowed', organizer: 'not-allowed' },
    ask: (world) => ({ params: ofPost(world) }),
  },
  hidePost: { says: facilitators, ask: (world) => ({ params: ofPost(world), body: { reason: 'So.' } }) },
  showPost: { says: facilitators, ask: (world) => ({ params: ofHidden(world) }) },
  readHiddenPost: { says: members, ask: (world) => ({ params: ofHidden(world) }) },
  setQuestion: {
    says: members,
    ask: (world) => ({ params: inThread(world), body: { question: 'answered' } }),
  },
  placeThread: {
    says: members,
    ask: (world) => ({ params: inThread(world), body: anchorOf('What changed?') }),
  },
  markRead: { says: members, ask: (world) => ({ params: inThread(world), body: { posts: [[1, 1]] } }) },
  markUnread: { says: members, ask: (world) => ({ params: inThread(world), body: { from: 1 } }) },
  markEpisodeRead: { says: members, ask: (world) => ({ params: inEpisode(world) }) },
  markGroupThreadsRead: { says: members, ask: inGroup },
  markGroupRead: { says: members, ask: inGroup },
  countUnread: { says: signedIn },
  countUnreadInGroup: { says: members, ask: inGroup },
  getFollowing: { says: members, ask: inGroup },
  changeFollowing: {
    says: members,
    ask: (world) => ({
      ...inGroup(world),
      body: { level: 'digest', mine: 'every', digest: 'weekly', most: 5 },
    }),
  },
  getThreadFollowing: { says: members, ask: (world) => ({ params: inThread(world) }) },
  followThread: { says: members, ask: (world) => ({ params: inThread(world), body: { level: 'digest' } }) },
  // Whom a link of a letter belongs to is in following.test.ts.
  readFollowingLink: { says: everybody('not-found'), ask: () => ({ params: { token: MADE_UP } }) },
  stopByLink: { says: everybody('not-found'), ask: () => ({ params: { token: MADE_UP }, body: {} }) },
  // The post is the member's own.
  react: {
    says: { ...members, member: 'invalid' },
    ask: (world) => ({ params: { ...ofPost(world), kind: 'thanks' as const } }),
  },
  takeReactionBack: {
    says: members,
    ask: (world) => ({ params: { ...ofPost(world), kind: 'me-too' as const } }),
  },
  readHistory: {
    says: members,
    ask: (world) => ({ params: { ...ofPost(world), postId: world.mentionedId } }),
  },
  previewInGroup: { says: members, ask: (world) => ({ ...inGroup(world), body: { body: '**Hello**' } }) },
  listMyMentions: { says: signedIn },
  seeMention: {
    says: only({ member: 'ok' }),
    ask: ({ mentionedId }) => ({ params: { postId: mentionedId } }),
  },
  exportDiscussion: { says: members, ask: (world) => ({ params: inEpisode(world) }) },
  exportAnnotations: { says: members, ask: (world) => ({ params: inEpisode(world) }) },
  exportGroupThreads: { says: members, ask: inGroup },
  search: {
    says: signedIn,
    ask: () => ({ query: { words: SEARCHED.map(canary).join(' or ') } }),
  },
  previewPost: { says: signedIn, ask: () => ({ body: { body: '**Hello**' } }) },
}

/** Only the one it was mailed to has the invite; the others try one that is signed for something else. */
function tokenOf({ house, inviteId, inviteToken }: World, who: Who): { token: string } {
  return { token: who === 'invited' ? inviteToken : house.links.sign('rsvp', inviteId) }
}
