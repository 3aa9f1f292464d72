import Type, { type Static } from 'typebox'
import { GotSlip } from './slips.ts'
import { SKILLS, type SkillId } from './words.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })

/** Respondents that an anonymous round needs, and the least that may be asked for. The subject never counts. */
export const THRESHOLD = 5
export const LEAST_THRESHOLD = 4
/** Days that a round is open, unless somebody says otherwise. */
export const ROUND_DAYS = 14
export const MOST_ROUND_DAYS = 42
/** After this share of its time everybody who is asked gets one reminder. */
export const REMINDER_AT = 0.5
export const MOST_QUESTIONS = 10
export const MOST_REVIEWERS = 30
/** In a round of everyone for everyone. */
export const MOST_SUBJECTS = 12
export const LONGEST_QUESTION = 300
export const LONGEST_ANSWER = 2_000
export const LONGEST_INTRO = 2_000
export const LONGEST_CLARIFICATION = 600
export const LONGEST_LINE = 1_000
/** Four to six people who see different sides: then three to five answer. */
export const SUGGESTED_REVIEWERS = [4, 6] as const

export const ROUND_KINDS = ['ask', 'everyone', 'after-session', 'about-group'] as const
export const NAMINGS = ['attributed', 'anonymous'] as const
export const RELATIONS = ['member', 'colleague', 'manager', 'rabbi', 'report', 'outside'] as const
export const ROUND_STATUSES = ['draft', 'open', 'released', 'too-few', 'cancelled'] as const
export type RoundKind = (typeof ROUND_KINDS)[number]
export type Naming = (typeof NAMINGS)[number]
export type Relation = (typeof RELATIONS)[number]
export type RoundStatus = (typeof ROUND_STATUSES)[number]

/** "What would show that I got better". Its id stays the same over rounds, so they can be laid beside each other. */
export const Measure = Type.Object({
  id: Id,
  skill: Nullable(Type.Enum(Object.keys(SKILLS) as SkillId[])),
  /** What to look at, so that a reviewer need not guess. */
  evidence: Text(LONGEST_LINE),
  /** By when it should show. */
  by: Nullable(Type.String({ format: 'date' })),
})
export type Measure = Static<typeof Measure>

/** `agreement`: five points and "not observed", with a line of words if wanted. */
export const FeedbackQuestion = Type.Object({
  id: Id,
  kind: Type.Enum(['words', 'agreement']),
  text: Words(LONGEST_QUESTION),
  hint: Text(LONGEST_QUESTION),
  measure: Nullable(Measure),
})
export type FeedbackQuestion = Static<typeof FeedbackQuestion>

/** From "not at all" to "very much"; 0 is "not observed". */
export const NOT_OBSERVED = 0
export const POINTS = [1, 2, 3, 4, 5] as const

/** What somebody says to one question. */
export const FeedbackAnswer = Type.Object({
  questionId: Id,
  words: Text(LONGEST_ANSWER),
  points: Nullable(Type.Integer({ minimum: NOT_OBSERVED, maximum: 5 })),
})
export type FeedbackAnswer = Static<typeof FeedbackAnswer>

/** All that somebody says about one subject; `subjectId` is none when it is about the group or a session. */
export const AnswersAbout = Type.Object({
  subjectId: Nullable(Id),
  answers: Type.Array(FeedbackAnswer, { maxItems: MOST_QUESTIONS }),
})
export type AnswersAbout = Static<typeof AnswersAbout>

export const SHEET_STATES = ['empty', 'draft', 'submitted', 'declined'] as const
export type SheetState = (typeof SHEET_STATES)[number]

/** A sheet as its writer has it. */
export const Sheet = Type.Object({
  state: Type.Enum([...SHEET_STATES]),
  about: Type.Array(AnswersAbout, { maxItems: MOST_SUBJECTS }),
  /** Why somebody declined, if they said so. */
  reason: Text(LONGEST_LINE),
})
export type Sheet = Static<typeof Sheet>

/** One question of a report: never by person, never averaged, never ranked. */
export const ReportedQuestion = Type.Object({
  question: FeedbackQuestion,
  /** Verbatim, in the order of the alphabet: it tells nothing. Names only where the round was attributed. */
  words: Type.Array(Type.Object({ words: Type.String(), name: Nullable(Type.String()) })),
  /** How many said 1 to 5, and how many "not observed". */
  spread: Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 }),
  notObserved: Type.Integer(),
  self: Nullable(Type.Object({ words: Type.String(), points: Nullable(Type.Integer()) })),
})
export type ReportedQuestion = Static<typeof ReportedQuestion>

export const ReportBody = Type.Object({
  asked: Type.Integer(),
  answered: Type.Integer(),
  questions: Type.Array(ReportedQuestion),
  /** Who would rather not, and why if they said so; nobody where the round was without names. */
  declined: Type.Array(Type.Object({ name: Type.String(), reason: Type.String() })),
})
export type ReportBody = Static<typeof ReportBody>

const Reviewer = Type.Object({
  id: Id,
  name: Words(120),
  relation: Type.Enum([...RELATIONS]),
})
export const ReviewerDraft = Type.Object({
  ...Reviewer.properties,
  /** Somebody in the group; else by mail. */
  accountId: Nullable(Id),
  email: Nullable(Type.String({ format: 'email', maxLength: 254 })),
})
export type ReviewerDraft = Static<typeof ReviewerDraft>

/** A round as it is prepared. The writer picks the ids, so a retry is never a second one. */
export const RoundDraft = Type.Object({
  id: Id,
  kind: Type.Enum([...ROUND_KINDS]),
  /** Address of the group; none for a round of my own. */
  group: Nullable(Type.String({ maxLength: 80 })),
  sessionId: Nullable(Id),
  title: Words(120),
  intro: Text(LONGEST_INTRO),
  naming: Type.Enum([...NAMINGS]),
  threshold: Type.Integer({ minimum: LEAST_THRESHOLD, maximum: MOST_REVIEWERS }),
  asksSelf: Type.Boolean(),
  questions: Type.Array(FeedbackQuestion, { minItems: 1, maxItems: MOST_QUESTIONS }),
  /** When it opens by itself; none: whoever asks opens it. */
  opensAt: Nullable(Instant),
  closesAt: Instant,
  /** Only in a round of my own: everywhere else it is who is in the group, or was in the session. */
  reviewers: Type.Array(ReviewerDraft, { maxItems: MOST_REVIEWERS }),
})
export type RoundDraft = Static<typeof RoundDraft>

export const Clarification = Type.Object({ id: Id, question: Type.String(), answer: Type.String() })
export type Clarification = Static<typeof Clarification>

/** A round as its asker sees it: whom they asked, never who answered. */
export const Round = Type.Object({
  ...RoundDraft.properties,
  status: Type.Enum([...ROUND_STATUSES]),
  openedAt: Nullable(Instant),
  /** Why it could not open on its day, in a sentence. */
  notOpened: Nullable(Type.String()),
  clarifications: Type.Array(Clarification),
  /** Whether I wrote my own assessment. */
  selfWritten: Type.Boolean(),
})
export type Round = Static<typeof Round>

/** A round in a list: that it exists, and when it closes. */
export const RoundSummary = Type.Object({
  id: Id,
  kind: Type.Enum([...ROUND_KINDS]),
  title: Type.String(),
  status: Type.Enum([...ROUND_STATUSES]),
  closesAt: Instant,
  askedBy: Type.String(),
  naming: Type.Enum([...NAMINGS]),
  /** I can read what came out. */
  readable: Type.Boolean(),
})
export type RoundSummary = Static<typeof RoundSummary>

/** What somebody who is asked sees before and while they write. */
export const FeedbackRequest = Type.Object({
  title: Type.String(),
  kind: Type.Enum([...ROUND_KINDS]),
  intro: Type.String(),
  askedBy: Type.String(),
  /** My name, as the asker wrote it. */
  reviewer: Type.String(),
  naming: Type.Enum([...NAMINGS]),
  threshold: Type.Integer(),
  status: Type.Enum([...ROUND_STATUSES]),
  closesAt: Instant,
  /** Who will read it, and when, in a sentence. */
  readers: Type.String(),
  subjects: Type.Array(Type.Object({ id: Nullable(Id), name: Type.String() })),
  questions: Type.Array(FeedbackQuestion),
  clarifications: Type.Array(Clarification),
})
export type FeedbackRequest = Static<typeof FeedbackRequest>

/** The same measure in an earlier round of mine. */
export const EarlierMeasure = Type.Object({
  measureId: Id,
  roundTitle: Type.String(),
  releasedAt: Instant,
  spread: Type.Array(Type.Integer()),
  notObserved: Type.Integer(),
  self: Nullable(Type.Integer()),
})
export type EarlierMeasure = Static<typeof EarlierMeasure>

export const Report = Type.Object({
  ...ReportBody.properties,
  roundId: Id,
  title: Type.String(),
  naming: Type.Enum([...NAMINGS]),
  releasedAt: Instant,
  /** Whose report it is; none: the group's. */
  subject: Nullable(Type.String()),
  mine: Type.Boolean(),
  /** It was held live: each wrote to one person, and it is read once that person opened it. */
  live: Type.Boolean(),
  /** What I have not opened yet. */
  unopened: Type.Array(GotSlip),
  earlier: Type.Array(EarlierMeasure),
  heard: Type.String(),
  will: Type.String(),
  thanks: Type.String(),
  thankedAt: Nullable(Instant),
  sharedWith: Type.Array(Type.Object({ accountId: Id, name: Type.String() })),
})
export type Report = Static<typeof Report>
