import Type, { type Static, type TProperties, type TSchema } from 'typebox'
import { CommitmentStatus } from './commitments.ts'
import { define } from './contract.ts'
import { ReportBody } from './feedback.ts'
import { SlipWords } from './slips.ts'
import { Duty } from './duties.ts'
import { DigestRhythm, Level } from './following.ts'
import { Ranges } from './ranges.ts'
import { REACTIONS } from './words.ts'

/** Counted up when a field is renamed or removed; a new field is no new version. */
export const MY_DATA_VERSION = 1

/** Days in which whoever was suspended takes their data with the link of a mail. */
export const TAKE_DATA_DAYS = 14

const Instant = Type.String({ format: 'date-time' })
const Text = Type.String()
const Count = Type.Integer()
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const list = <Fields extends TProperties>(fields: Fields) => Type.Array(Type.Object(fields))

/** Where something belongs: names only. */
const inGroup = { group: Text }
const inSession = { ...inGroup, session: Text, startsAt: Instant }
const inEpisode = { ...inGroup, episode: Text }
/**
 * The words of the episode that a thread hangs on, empty for a moment and for the whole; `at` is in seconds. Threads of
 * the group have no episode, and some a session.
 */
const inThread = {
  ...inGroup,
  episode: orNull(Text),
  session: orNull(Text),
  quote: Text,
  at: orNull(Type.Number()),
}

/**
 * Everything of mine, oldest first. Of other people there is nothing in it: groups, sessions, episodes and blocks are
 * named, and the words of an episode that I wrote about are quoted.
 */
export const MyData = Type.Object({
  format: Type.Literal('shortside-my-data'),
  version: Type.Literal(MY_DATA_VERSION),
  madeAt: Instant,
  /** The instance that it is from. */
  origin: Text,
  account: Type.Object({
    name: Text,
    email: Text,
    confirmedAt: orNull(Instant),
    zone: Text,
    hasPassword: Type.Boolean(),
    /** What I opened to everybody as an organizer. */
    publicPage: orNull(Type.Object({ slug: Text, about: Text })),
    operator: Type.Boolean(),
    since: Instant,
    suspendedAt: orNull(Instant),
    suspendedBecause: orNull(Text),
  }),
  signIns: list({ device: Text, since: Instant, endsAt: Instant }),
  companySignIns: list({ organization: Text, issuer: Text, subject: Text, since: Instant }),
  memberships: list({
    ...inGroup,
    role: Text,
    status: Text,
    askedAt: Instant,
    joinedAt: orNull(Instant),
    endedAt: orNull(Instant),
  }),
  /** Companies that I am or was a colleague of. */
  organizations: list({
    organization: Text,
    role: Text,
    status: Text,
    joinedAt: Instant,
    endedAt: orNull(Instant),
  }),
  /** The audit trail: what was done to me, and what I did. Of whom else is not in here. */
  keptAboutMe: list({ action: Text, place: orNull(Text), at: Instant }),
  keptByMe: list({ action: Text, place: orNull(Text), at: Instant }),
  /** Neither the link nor the address that one was mailed to. */
  invitesMade: list({
    ...inGroup,
    role: Text,
    forOnePerson: Type.Boolean(),
    uses: Count,
    maxUses: orNull(Count),
    madeAt: Instant,
    expiresAt: Instant,
    revokedAt: orNull(Instant),
  }),
  episodesImported: list({ ...inEpisode, importedAt: Instant }),
  /** Plans that I kept as templates of a group; the words of a template are its group’s. */
  templatesSaved: list({ ...inGroup, title: Text, version: Count, savedAt: Instant }),
  templatesShared: list({
    ...{ ...inGroup, title: Text, author: Text, licence: Text },
    ...{ sharedAt: Instant, takenBackAt: orNull(Instant) },
  }),
  showsFollowed: list({ ...inGroup, show: Text, feed: Text, followedAt: Instant }),
  /** What I put right in transcripts: the words that I put there, or the name. */
  corrections: list({ ...inEpisode, kind: Text, words: Text, at: Instant }),
  threadsStarted: list({ ...inThread, title: orNull(Text), question: Text, startedAt: Instant }),
  /** Words are Markdown; empty once withdrawn. */
  posts: list({
    ...inThread,
    number: Count,
    words: Text,
    postedAt: Instant,
    editedAt: orNull(Instant),
    withdrawnAt: orNull(Instant),
    hiddenAt: orNull(Instant),
    hiddenBecause: orNull(Text),
  }),
  /** What they said before I changed them. */
  postsBefore: list({ ...inGroup, postedAt: Instant, words: Text, writtenAt: Instant }),
  reactions: list({ ...inGroup, kind: Type.Enum([...REACTIONS]), reactedAt: Instant }),
  mentionsOfMe: list({ ...inGroup, mentionedAt: Instant, seenAt: orNull(Instant) }),
  /** Which posts I have read, by their numbers, and when I last did. */
  threadsRead: list({ ...inThread, posts: Ranges, readAt: Instant }),
  /** What I want to hear by mail, of groups and of single threads. */
  following: list({
    ...inGroup,
    level: Level,
    mine: Level,
    digest: DigestRhythm,
    most: Count,
    toldUpTo: orNull(Instant),
  }),
  threadsFollowed: list({ ...inThread, level: Level, since: Instant }),
  /** Mine alone; the words of the episode are quoted. */
  highlights: list({
    ...inEpisode,
    quote: Text,
    at: orNull(Type.Number()),
    note: Text,
    markedAt: Instant,
    editedAt: orNull(Instant),
  }),
  /** Moments are in seconds; `audioLater` is how much later my audio was. */
  listenedTo: list({
    ...inEpisode,
    stoppedAt: orNull(Instant),
    at: Type.Number(),
    reached: Type.Number(),
    allShown: Type.Boolean(),
    audioLater: Type.Number(),
  }),
  listening: orNull(Type.Object({ speed: Type.Number(), fold: Type.Boolean(), keys: Type.Boolean() })),
  sessionsRun: list({ ...inSession, as: Duty }),
  /** `waiting` for a place, or `offered` one until then. */
  rsvps: list({ ...inSession, answer: Text, answeredAt: Instant, offerEndsAt: orNull(Instant) }),
  /** Sessions of groups that I am not in. */
  guestOf: list({
    ...inSession,
    confirmedAt: Instant,
    remindedAt: orNull(Instant),
    removedAt: orNull(Instant),
  }),
  /** `alsoHere`: so many shared my phone. `cameWith`: whose phone I shared. */
  attendances: list({
    ...inSession,
    noticed: Text,
    arrivedAt: Instant,
    alsoHere: Count,
    cameWith: orNull(Text),
  }),
  /** What I told of tables that I hosted. */
  tableReports: list({
    ...inSession,
    block: Text,
    table: Count,
    words: Text,
    done: Type.Boolean(),
    revealed: Type.Boolean(),
  }),
  turns: list({ ...inSession, asked: Count, spoken: Count }),
  sessionsLed: list(inSession),
  coFacilitatorOf: list(inSession),
  cameByCode: list({ ...inSession, cameAt: Instant, removedAt: orNull(Instant) }),
  /** In a pair or a small group; with whom is theirs. */
  pods: list({ ...inSession, block: Text }),
  /** What I chose is there until the votes are counted, and then nowhere. */
  votes: list({ ...inSession, block: Text, dots: Count, step: orNull(Count), done: Type.Boolean() }),
  goRounds: list({
    ...inSession,
    block: Text,
    spoke: Type.Boolean(),
    passed: Type.Boolean(),
    began: Type.Boolean(),
  }),
  /** What I wrote to one person each in live rounds of feedback. */
  feedbackSlips: list({
    round: Text,
    ...SlipWords.properties,
    writtenAt: Instant,
    sentAt: orNull(Instant),
    openedAt: orNull(Instant),
  }),
  /** What I wrote alone, also where it was never revealed. */
  answers: list({
    ...inSession,
    block: Text,
    words: Text,
    done: Type.Boolean(),
    writtenAt: Instant,
    revealedAt: orNull(Instant),
    /** I took it out of the wrap-up. */
    takenOutAt: orNull(Instant),
  }),
  /** Without a group when it came out of a report and was said to nobody. */
  commitments: list({
    group: orNull(Text),
    session: orNull(Text),
    startsAt: orNull(Instant),
    cue: Text,
    action: Text,
    due: orNull(Text),
    skill: orNull(Text),
    status: CommitmentStatus,
    reflection: Text,
    comesBack: Type.Boolean(),
    earlier: list({ status: CommitmentStatus, reflection: Text, saidAt: Instant }),
    madeAt: Instant,
    closedAt: orNull(Instant),
  }),
  /** Of the commitments of others, without what they said. */
  witnessOf: list({
    ...inSession,
    state: Text,
    askedAt: Instant,
    answeredAt: orNull(Instant),
    remind: Type.Boolean(),
  }),
  wrapUpsCorrected: list({ ...inSession, note: Text, parked: Type.Array(Text), correctedAt: Instant }),
  /** What I wanted to ask in sessions; of what others asked, only how often I voted. */
  questionsAsked: list({ ...inSession, words: Text, askedAt: Instant, answeredAt: orNull(Instant) }),
  questionsVotedFor: list({ ...inSession, votes: Count }),
  /** Guests, without their names. */
  guestsInvited: list({
    ...inSession,
    expects: Text,
    answer: Text,
    invitedAt: Instant,
    revokedAt: orNull(Instant),
  }),
  guestsThanked: list({ ...inSession, words: Text, thankedAt: orNull(Instant) }),
  /** Neither the links nor who used them. */
  doorLinksMade: list({
    ...inSession,
    kind: Text,
    label: Text,
    madeAt: Instant,
    revokedAt: orNull(Instant),
  }),
  marksAtDoor: list({ ...inSession, here: Type.Boolean(), at: Instant }),
  tablesSatAt: list({ ...inSession, table: Count }),
  tablesHosted: list({ ...inSession, table: Count }),
  hostOffers: list({ ...inSession, offeredAt: Instant }),
  /** Rounds of feedback that I asked, with the questions; and those in which I was asked, by name. */
  feedbackAsked: list({
    group: orNull(Text),
    round: Text,
    intro: Text,
    naming: Text,
    questions: Type.Array(Text),
    status: Text,
    madeAt: Instant,
    opensAt: orNull(Instant),
    closesAt: Instant,
  }),
  feedbackRequests: list({
    group: orNull(Text),
    round: Text,
    relation: Text,
    status: Text,
    closesAt: Instant,
  }),
  /** What was answered to me, as I read it: with names only where the round was with names. */
  feedbackReports: list({
    group: orNull(Text),
    round: Text,
    releasedAt: Instant,
    ...ReportBody.properties,
    heard: Text,
    will: Text,
    thanks: Text,
    thankedAt: orNull(Instant),
  }),
  feedbackShownToMe: list({ round: Text, sharedAt: Instant }),
  goals: list({
    words: Text,
    skill: orNull(Text),
    measure: Text,
    due: orNull(Text),
    status: Text,
    setAt: Instant,
    closedAt: orNull(Instant),
  }),
  /** What I reported: a kind of thing, not the words of others. */
  reportsSent: list({
    group: orNull(Text),
    kind: Text,
    reason: Text,
    words: Text,
    to: Text,
    sentAt: Instant,
    decision: orNull(Text),
    decidedAt: orNull(Instant),
  }),
  /** Whom I blocked, by name: otherwise I could not know whom I meant. */
  peopleBlocked: list({ name: Text, since: Instant }),
  /** Words are Markdown; empty once taken back. */
  announcements: list({
    ...inGroup,
    title: Text,
    words: Text,
    announcedAt: Instant,
    editedAt: orNull(Instant),
    withdrawnAt: orNull(Instant),
  }),
  announcementsMuted: list({ ...inGroup, mutedAt: Instant }),
  /** The wording is the group's; it is what I said yes to. */
  agreementsAccepted: list({ ...inGroup, version: Count, words: Text, acceptedAt: Instant }),
  takeOversAsked: list({
    ...inGroup,
    reason: Text,
    state: Text,
    askedAt: Instant,
    decidedAt: orNull(Instant),
  }),
  /** When a group split. */
  placesOffered: list({
    ...inGroup,
    newGroup: Text,
    role: Text,
    state: Text,
    offeredAt: Instant,
    answeredAt: orNull(Instant),
  }),
  /** Series that I come to all of, and those that I planned. */
  registrations: list({ ...inGroup, series: Text, registeredAt: Instant }),
  seriesPlanned: list({ ...inGroup, series: Text, rule: Text, zone: Text, startsLocal: Text }),
  remindersMuted: list({ kind: Text }),
  suggestionsPutOff: list({ ...inGroup, suggestion: Text, until: Instant }),
})
export type MyData = Static<typeof MyData>

const Named = Type.Array(Type.Object({ slug: Text, name: Text }))

/** What deleting my account would mean. */
export const AccountDeletion = Type.Object({
  /** What is asked for, to be sure that it is me: my password, or my address when I have none. */
  proof: Type.Enum(['password', 'email']),
  /** Nobody else runs this instance, so I stay until somebody does. */
  onlyOperator: Type.Boolean(),
  /** Organizations that need another admin first: others are in them. */
  onlyAdmin: Named,
  /** Groups that I hand over first: others are in them, and nobody else organizes them. */
  handOver: Named,
  /** Groups that go with me: nobody else is in them, or ever wrote there. */
  deleted: Named,
  /** Groups that nobody opens any more: others wrote there once, and left. */
  closed: Named,
})
export type AccountDeletion = Static<typeof AccountDeletion>

export const DeletionProof = Type.Object({
  password: Type.Optional(Type.String({ maxLength: 200 })),
  email: Type.Optional(Type.String({ maxLength: 254 })),
})
export type DeletionProof = Static<typeof DeletionProof>

const Token = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }) })

export const myDataCalls = define({
  takeMyData: {
    method: 'GET',
    path: '/api/take-data/:token',
    params: Token,
    response: MyData,
    summary: 'Everything that is mine, with the link of the mail that says that my account is suspended',
  },
  takeMyPage: {
    method: 'GET',
    path: '/api/take-data/:token/page.html',
    params: Token,
    type: 'text/html; charset=utf-8',
    response: Type.String(),
    summary: 'The same as one page to read',
  },
  exportMyData: {
    method: 'GET',
    path: '/api/me/data',
    response: MyData,
    summary: 'Everything that is mine, as one file',
  },
  exportMyPage: {
    method: 'GET',
    path: '/api/me/data.html',
    type: 'text/html; charset=utf-8',
    response: Type.String(),
    summary: 'Everything that is mine, as one page to read: it needs nothing else and runs nothing',
  },
  readDeletion: {
    method: 'GET',
    path: '/api/me/deletion',
    response: AccountDeletion,
    summary: 'What deleting my account would mean',
  },
  deleteAccount: {
    method: 'POST',
    path: '/api/me/delete',
    body: DeletionProof,
    response: Type.Object({}),
    summary: 'Delete my account and what I wrote, for good',
  },
})
