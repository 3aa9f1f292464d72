import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_OPEN, SHORTEST_OPEN } from './live/over-days.ts'
import { MOST_CAPACITY } from './session-places.ts'
import { BlockKind, PlanOptions, LONGEST_BLOCK, LONGEST_PROMPT } from './guide.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
/** Text that a database can hold. */
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
/** The same, and not blank. */
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })

export const MOST_BLOCKS = 30
export const LONGEST_TITLE = 200
export const LONGEST_NOTES = 4_000
export const LONGEST_PREPARATION = 4_000
export const LONGEST_REASON = 500
export const LONGEST_PLACE = 300
export const LONGEST_ACCESS_NOTES = 600
/** Minutes. */
export const SHORTEST_SESSION = 5
export const LONGEST_SESSION = 480

export const SessionStatus = Type.Enum(['scheduled', 'live', 'wrapped-up', 'cancelled'])
export type SessionStatus = Static<typeof SessionStatus>
export const RsvpAnswer = Type.Enum(['coming', 'not-coming'])
export type RsvpAnswer = Static<typeof RsvpAnswer>
/** What became of an answer: `coming` is a place. When all are taken, I wait, and am offered the next one that is free. */
export const RsvpState = Type.Enum(['coming', 'not-coming', 'waiting', 'offered'])
export type RsvpState = Static<typeof RsvpState>

const Somebody = Type.Object({ id: Type.String(), name: Type.String() })

/** A session, as lists show it. */
export const SessionSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  status: SessionStatus,
  startsAt: Instant,
  endsAt: Instant,
  room: Nullable(Type.String()),
  /** Where it is in words, the room with it; empty when nobody said yet. */
  place: Type.String(),
  onlineLink: Nullable(Type.String()),
  /** The door of the live room was opened. */
  open: Type.Boolean(),
  episode: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  /** The series it belongs to. */
  seriesId: Nullable(Type.String()),
  /** How many said that they come, and that they don't; afterwards, how many were there. */
  coming: Type.Integer(),
  notComing: Type.Integer(),
  present: Type.Integer(),
  /** How many can come; none: everybody. */
  capacity: Nullable(Type.Integer()),
  /** How many wait for a place, and for how many one is kept that they were offered. */
  waiting: Type.Integer(),
  offered: Type.Integer(),
  /** Over days: until when the block that is on now is open. */
  overDays: Type.Optional(Type.Object({ until: Nullable(Instant) })),
  /** What I said, and what became of it. */
  mine: Nullable(RsvpState),
})
export type SessionSummary = Static<typeof SessionSummary>

/** A part of the plan. `notes` are the facilitator's; nobody else is sent them. */
export const Block = Type.Object({
  id: Type.String(),
  kind: BlockKind,
  title: Type.String(),
  minutes: Type.Integer(),
  prompt: Type.String(),
  notes: Type.Optional(Type.String()),
  /** The cards of roles too, for those who read the notes. */
  options: PlanOptions,
})
export type Block = Static<typeof Block>

/** A block as it is saved. The writer picks the id; one that the plan has already keeps what belongs to it. */
export const BlockDraft = Type.Object({
  id: Id,
  kind: BlockKind,
  title: Words(LONGEST_TITLE),
  /** At most 240, and over days whole hours up to 14 days. */
  minutes: Type.Integer({ minimum: 1, maximum: LONGEST_OPEN }),
  prompt: Text(LONGEST_PROMPT),
  notes: Text(LONGEST_NOTES),
  options: PlanOptions,
})
export type BlockDraft = Static<typeof BlockDraft>

/** A member of the group or a guest of this session, with what they said about coming, and whether they were there. */
export const Invitee = Type.Object({
  id: Type.String(),
  name: Type.String(),
  answer: Nullable(RsvpState),
  present: Type.Boolean(),
  /** Whoever was there and has left the group since is not expected any more. */
  member: Type.Boolean(),
  /** They are not in the group and come to this session only. */
  guest: Type.Boolean(),
})
export type Invitee = Static<typeof Invitee>

export const Session = Type.Object({
  ...SessionSummary.properties,
  groupId: Type.String(),
  purpose: Type.String(),
  /** A place of its own. */
  venue: Nullable(Type.String()),
  address: Nullable(Type.String()),
  accessNotes: Type.String(),
  /** Where it is: its own place, or the group's. */
  where: Type.Object({
    venue: Nullable(Type.String()),
    address: Nullable(Type.String()),
    city: Nullable(Type.String()),
    accessNotes: Type.String(),
  }),
  /** Where it would be without a place of its own. */
  usual: Type.Object({
    venue: Nullable(Type.String()),
    address: Nullable(Type.String()),
    city: Nullable(Type.String()),
  }),
  templateId: Nullable(Type.String()),
  /** The template of the group that it was made from or saved as, and which version of it. */
  groupTemplateId: Nullable(Type.String()),
  templateVersion: Nullable(Type.Integer()),
  /** Its place in the programme of the group: 0 is the first. */
  programmeStep: Nullable(Type.Integer()),
  preparation: Type.String(),
  facilitator: Nullable(Somebody),
  timekeeper: Nullable(Somebody),
  /** Who welcomes people, and who takes notes. */
  welcomer: Nullable(Somebody),
  noteTaker: Nullable(Somebody),
  /** Why it does not take place. */
  cancelReason: Nullable(Type.String()),
  /** The zone of the group: where its wall clock hangs. */
  zone: Type.String(),
  /** Wall clock of the group, such as `2026-12-01T18:00`. */
  startsLocal: Type.String(),
  /** Whether I may prepare and run it. */
  runs: Type.Boolean(),
  blocks: Type.Array(Block),
  /** Names this state of the plan: a plan is saved only on top of the one that it was made from. */
  planVersion: Type.String(),
  people: Type.Array(Invitee),
  /** Until when the place that I was offered is kept for me. */
  offerEndsAt: Nullable(Instant),
  /** How many wait before me, when I wait. */
  ahead: Nullable(Type.Integer()),
  /** What was said about guests of this session; nothing: as the group says. */
  guestsWelcome: Nullable(Type.Boolean()),
  /** Whether somebody who is not in the group may come to it. */
  welcomesGuests: Type.Boolean(),
  /** Questions of the threads of its episode and of the group that wait for a session. */
  openQuestions: Type.Integer(),
})
export type Session = Static<typeof Session>

/** A day and a time on the group's own clock. */
const Local = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' })
const Minutes = Type.Integer({ minimum: SHORTEST_SESSION, maximum: LONGEST_SESSION })
const Title = Words(LONGEST_TITLE)
const Capacity = Nullable(Type.Integer({ minimum: 1, maximum: MOST_CAPACITY }))
const Place = Text(LONGEST_PLACE)
const Link = Text(1_000)

/** A new session. It starts at an instant, or at a time on the group's clock; one of the two is needed. */
export const SessionDraft = Type.Object({
  id: Id,
  /** Without one, the template's or the episode's. */
  title: Type.Optional(Title),
  templateId: Type.Optional(Type.String({ maxLength: 60 })),
  /** A template of the group, instead of one of the guide. */
  groupTemplateId: Type.Optional(Id),
  /** Other minutes for blocks of the template, such as those that they took so far. */
  blockMinutes: Type.Optional(
    Type.Array(
      Type.Object({
        key: Type.String({ maxLength: 60 }),
        minutes: Type.Integer({ minimum: 1, maximum: LONGEST_BLOCK }),
      }),
      { maxItems: MOST_BLOCKS },
    ),
  ),
  episodeId: Type.Optional(Id),
  startsAt: Type.Optional(Instant),
  startsLocal: Type.Optional(Local),
  /** Without it, as long as the template. */
  minutes: Type.Optional(Minutes),
  /**
   * Over days: of the template only what each can do alone is kept, and each block is open for so many hours; 48 for those that
   * are not named. How long it takes follows from them.
   */
  overDays: Type.Optional(
    Type.Array(
      Type.Object({
        key: Type.String({ maxLength: 60 }),
        hours: Type.Integer({ minimum: SHORTEST_OPEN / 60, maximum: LONGEST_OPEN / 60 }),
      }),
      { maxItems: MOST_BLOCKS },
    ),
  ),
  /** Without them, where the group meets. */
  room: Type.Optional(Place),
  /** When it is not where the group meets otherwise: whole, with the city. */
  venue: Type.Optional(Place),
  address: Type.Optional(Place),
  accessNotes: Type.Optional(Text(LONGEST_ACCESS_NOTES)),
  onlineLink: Type.Optional(Link),
  /** Without it, everybody can come. */
  capacity: Type.Optional(Capacity),
  /** Without it, as the group says. */
  guestsWelcome: Type.Optional(Nullable(Type.Boolean())),
})
export type SessionDraft = Static<typeof SessionDraft>

export const SessionChange = Type.Object({
  title: Type.Optional(Title),
  startsAt: Type.Optional(Instant),
  startsLocal: Type.Optional(Local),
  minutes: Type.Optional(Minutes),
  room: Type.Optional(Place),
  /** When it is not where the group meets otherwise: whole, with the city. */
  venue: Type.Optional(Place),
  address: Type.Optional(Place),
  accessNotes: Type.Optional(Text(LONGEST_ACCESS_NOTES)),
  onlineLink: Type.Optional(Link),
  /** More places go to those who wait, in their order. */
  capacity: Type.Optional(Capacity),
  guestsWelcome: Type.Optional(Nullable(Type.Boolean())),
  preparation: Type.Optional(Text(LONGEST_PREPARATION)),
  facilitatorId: Type.Optional(Nullable(Id)),
  timekeeperId: Type.Optional(Nullable(Id)),
  welcomeId: Type.Optional(Nullable(Id)),
  notesId: Type.Optional(Nullable(Id)),
})
export type SessionChange = Static<typeof SessionChange>

/** What a new session of the group would look like, by its rhythm and its programme. */
export const Suggested = Type.Object({
  startsLocal: Local,
  minutes: Type.Integer(),
  templateId: Nullable(Type.String()),
})
export type Suggested = Static<typeof Suggested>

const OfGroup = Type.Object({ slug: Type.String() })
const OfSession = Type.Object({ sessionId: Id })

export const sessionCalls = define({
  scheduleSession: {
    method: 'POST',
    path: '/api/groups/:slug/sessions',
    params: OfGroup,
    body: SessionDraft,
    response: Session,
    summary: 'Schedule a session, from a template, from an episode, or empty',
  },
  listSessions: {
    method: 'GET',
    path: '/api/groups/:slug/sessions',
    params: OfGroup,
    response: Type.Object({
      /** Newest first, at most 300. */
      sessions: Type.Array(SessionSummary),
      suggested: Suggested,
      zone: Type.String(),
    }),
    summary: 'The sessions of a group',
  },
  getSession: {
    method: 'GET',
    path: '/api/sessions/:sessionId',
    params: OfSession,
    response: Session,
    summary: 'A session with its plan and who is coming',
  },
  changeSession: {
    method: 'PATCH',
    path: '/api/sessions/:sessionId',
    params: OfSession,
    body: SessionChange,
    response: Session,
    summary: 'Change what a session is called, when and where it is, and who runs it',
  },
  cancelSession: {
    method: 'POST',
    path: '/api/sessions/:sessionId/cancel',
    params: OfSession,
    body: Type.Object({ reason: Words(LONGEST_REASON) }),
    response: Session,
    summary: 'Cancel a session; everybody hears why',
  },
  answerRsvp: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/rsvp',
    params: OfSession,
    body: Type.Object({ answer: RsvpAnswer }),
    response: Session,
    summary: 'Say whether I am coming',
  },
  setAttendance: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/attendance/:accountId',
    params: Type.Object({ sessionId: Id, accountId: Id }),
    body: Type.Object({ present: Type.Boolean() }),
    response: Session,
    summary: 'Correct who was there, also afterwards',
  },
  replacePlan: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/plan',
    params: OfSession,
    body: Type.Object({
      blocks: Type.Array(BlockDraft, { maxItems: MOST_BLOCKS }),
      basedOn: Type.String({ maxLength: 100 }),
      /** Open questions that this plan takes up. */
      planned: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    }),
    response: Session,
    summary: 'Save the whole plan',
  },
  listOpenQuestions: {
    method: 'GET',
    path: '/api/sessions/:sessionId/open-questions',
    params: OfSession,
    response: Type.Array(
      Type.Object({ threadId: Type.String(), question: Type.String(), start: Nullable(Type.Number()) }),
    ),
    summary: 'Questions of its episode and of the group that wait for a session',
  },
  listWhatStays: {
    method: 'GET',
    path: '/api/sessions/:sessionId/what-stays',
    params: OfSession,
    response: Type.Array(Type.Object({ blockId: Type.String(), title: Type.String(), body: Type.String() })),
    summary: 'What I wrote in blocks of a session that nobody revealed; only its writer is sent it',
  },
})
