import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_REASON } from './groups.ts'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Empty = Type.Object({})
const Text = Type.String()
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const LONGEST_REPORT = 1_000
/** How many reports somebody sends in 24 hours. */
export const REPORTS_A_DAY = 10
/** Days that a decided report is kept; an open one stays. */
export const REPORT_KEPT_DAYS = 90

/** What can be reported. Another kind takes a line here, a line of words in web/src/lib/moderation/words.ts, and how it is found in server/src/moderation/targets.ts. */
export const TARGET_KINDS = ['post', 'person', 'group', 'organizer', 'announcement'] as const
export const REPORT_REASONS = ['unkind', 'spam', 'private', 'unsafe', 'else'] as const
/** Who decides: the organizers of the group, or whoever runs the instance. */
export const DECIDERS = ['organizers', 'operator'] as const
export const DECISIONS = ['stands', 'acted', 'hidden', 'group-suspended', 'account-suspended'] as const

export type TargetKind = (typeof TARGET_KINDS)[number]
export type ReportReason = (typeof REPORT_REASONS)[number]
export type Decider = (typeof DECIDERS)[number]
export type Decision = (typeof DECISIONS)[number]

const Kind = Type.Enum([...TARGET_KINDS])
const Why = Type.Enum([...REPORT_REASONS])
const To = Type.Enum([...DECIDERS])

/** What is about to be reported, and who may be told. */
export const ReportTarget = Type.Object({
  kind: Kind,
  id: Id,
  /** Who wrote it, or who it is about. */
  about: orNull(Type.Object({ id: Id, name: Text, blocked: Type.Boolean() })),
  /** The group it happened in. */
  group: orNull(Type.Object({ slug: Text, name: Text })),
  /** The very words that the operator would get a copy of. */
  copy: Text,
  /** Who would read a report to the organizers: those of the group, without me and without whom it is about. */
  organizers: Type.Array(Text),
  /** Who may be told, the nearest first. */
  to: Type.Array(To),
  /** Whom I told already, and who has not decided yet. */
  told: Type.Array(To),
})
export type ReportTarget = Static<typeof ReportTarget>

const Target = Type.Object({
  kind: Kind,
  /** An id; of a group the end of its address, of an organizer that of their page. */
  target: Type.String({ minLength: 1, maxLength: 80 }),
})
/** The group in which a person is met: its organizers may be told. */
const Within = Type.Object({ within: Type.Optional(Type.String({ maxLength: 80 })) })

export const ReportDraft = Type.Object({
  id: Id,
  ...Target.properties,
  ...Within.properties,
  reason: Why,
  words: Type.String({ maxLength: LONGEST_REPORT }),
  to: To,
})
export type ReportDraft = Static<typeof ReportDraft>

/** A report, as whoever sent it sees it. */
export const MyReport = Type.Object({
  id: Id,
  kind: Kind,
  group: orNull(Text),
  reason: Why,
  to: To,
  sentAt: Instant,
  decision: orNull(Type.Enum([...DECISIONS])),
  decidedAt: orNull(Instant),
})
export type MyReport = Static<typeof MyReport>

/** A report, as whoever decides it sees it. */
export const OpenReport = Type.Object({
  id: Id,
  kind: Kind,
  reason: Why,
  words: Text,
  reporter: Text,
  about: orNull(Type.Object({ id: Id, name: Text })),
  sentAt: Instant,
  /** The reported words: for organizers as they are now, for the operator as they were sent. */
  copy: Text,
  /** Where it stands, as a path of this site; nothing when it is gone, or not for these eyes. */
  where: orNull(Text),
  /** What may be decided. */
  may: Type.Array(Type.Enum([...DECISIONS])),
})
export type OpenReport = Static<typeof OpenReport>

const Suspended = Type.Object({ id: Id, name: Text, reason: Text, since: Instant })
export const OperatorQueue = Type.Object({
  open: Type.Array(OpenReport),
  groups: Type.Array(Suspended),
  accounts: Type.Array(Suspended),
  /** Where people appeal: what `CONTACT` says, or my own address. */
  appeals: Text,
  /** Whether `CONTACT` is set. */
  contactSet: Type.Boolean(),
})
export type OperatorQueue = Static<typeof OperatorQueue>

/** What was decided. A reason is asked for when somebody is told one. */
const DecisionDraft = Type.Object({
  decision: Type.Enum([...DECISIONS]),
  reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
})

export const BlockedPerson = Type.Object({ id: Id, name: Text, since: Instant })
export type BlockedPerson = Static<typeof BlockedPerson>

/** The rules of this instance. */
export const Rules = Type.Object({
  html: Text,
  /** An address or a page of whoever runs this instance. */
  contact: orNull(Text),
})
export type Rules = Static<typeof Rules>

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const ById = Type.Object({ accountId: Id })
const Token = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }) })

export const moderationCalls = define({
  readRules: {
    method: 'GET',
    path: '/api/rules',
    response: Rules,
    summary: 'The rules of this instance, and where to write',
  },
  readReportTarget: {
    method: 'GET',
    path: '/api/report/:kind/:target',
    params: Target,
    query: Within,
    response: ReportTarget,
    summary: 'What I am about to report, who may be told, and what they would read',
  },
  sendReport: {
    method: 'POST',
    path: '/api/reports',
    body: ReportDraft,
    response: MyReport,
    summary: 'Report something that I can see. Sending it again changes nothing',
  },
  listMyReports: {
    method: 'GET',
    path: '/api/me/reports',
    response: Type.Array(MyReport),
    summary: 'What I reported, and what was decided',
  },
  listGroupReports: {
    method: 'GET',
    path: '/api/groups/:slug/reports',
    params: BySlug,
    response: Type.Array(OpenReport),
    summary: 'Reports that wait for an organizer. Those about me, and my own, are not among them',
  },
  decideGroupReport: {
    method: 'POST',
    path: '/api/groups/:slug/reports/:reportId',
    params: Type.Object({ ...BySlug.properties, reportId: Id }),
    body: DecisionDraft,
    response: Empty,
    summary: 'Decide a report as an organizer. Whoever sent it hears the outcome',
  },
  listOperatorReports: {
    method: 'GET',
    path: '/api/operator/reports',
    response: OperatorQueue,
    summary: 'Reports that wait for the operator, and what is suspended',
  },
  decideOperatorReport: {
    method: 'POST',
    path: '/api/operator/reports/:reportId',
    params: Type.Object({ reportId: Id }),
    body: DecisionDraft,
    response: Empty,
    summary: 'Decide a report as the operator. Whoever sent it hears the outcome',
  },
  resumeGroup: {
    method: 'POST',
    path: '/api/operator/groups/:groupId/resume',
    params: Type.Object({ groupId: Id }),
    response: Empty,
    summary: 'Let a suspended group go on',
  },
  resumeAccount: {
    method: 'POST',
    path: '/api/operator/accounts/:accountId/resume',
    params: ById,
    response: Empty,
    summary: 'Let a suspended account in again',
  },
  listBlocked: {
    method: 'GET',
    path: '/api/me/blocked',
    response: Type.Array(BlockedPerson),
    summary: 'People I blocked',
  },
  blockPerson: {
    method: 'PUT',
    path: '/api/me/blocked/:accountId',
    params: ById,
    response: Empty,
    summary: 'Block somebody I met in a group or know from their public page. They are not told',
  },
  blockInviter: {
    method: 'PUT',
    path: '/api/invites/:token/blocked',
    params: Token,
    response: Empty,
    summary: 'Block whoever mailed me this invite. They are not told',
  },
  unblockPerson: {
    method: 'DELETE',
    path: '/api/me/blocked/:accountId',
    params: ById,
    response: Empty,
    summary: 'Unblock somebody',
  },
})

/** Whether a decision needs a sentence, because somebody is told why. */
export const needsReason = (decision: Decision): boolean =>
  decision === 'hidden' || decision === 'group-suspended' || decision === 'account-suspended'

/** What whoever sent a report hears of the outcome: no details. */
export function outcomeInWords(decision: Decision, to: Decider): string {
  const who = to === 'operator' ? 'The operator of this instance' : 'An organizer of the group'
  switch (decision) {
    case 'stands':
      return `${who} looked at it, and let it stand.`
    case 'hidden':
      return `${who} looked at it, and took it out of sight.`
    case 'acted':
    case 'group-suspended':
    case 'account-suspended':
      return `${who} looked at it, and acted on it.`
  }
}
