import Type, { type Static } from 'typebox'
import { MyBallot, ballotEvents, ballotFields } from './ballots.ts'
import { alsoHere, cameWith, companionsChanged } from './companions.ts'
import { Commitment, NamedSkill, SessionCommitmentDraft } from './commitments.ts'
import { define } from './contract.ts'
import { spokenEvents, spokenOfBlock } from './go-rounds.ts'
import { BlockKind, BlockOptions } from './guide.ts'
import { Door } from './joining.ts'
import { Lead, leadChanged } from './leading.ts'
import { Plenary, plenaryChanged } from './plenary.ts'
import { Pace, Pod } from './pods.ts'
import { LONGEST_OPEN } from './live/over-days.ts'
import { Position } from './rooms.ts'
import { Timer } from './timer.ts'
import { Topic } from './topics.ts'

/** Docs: docs/live-sessions.md. What the state and its events mean is in live/apply-live-event.ts. */

export const LONGEST_ANSWER = 4_000

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export { Timer }

/** An answer that was revealed. Without a writer where the block is anonymous. */
export const RevealedAnswer = Type.Object({ id: Id, accountId: orNull(Id), body: Type.String() })
export type RevealedAnswer = Static<typeof RevealedAnswer>

const PlannedBlock = Type.Object({
  id: Id,
  kind: BlockKind,
  title: Type.String(),
  minutes: Type.Integer(),
  prompt: Type.String(),
  options: BlockOptions,
  /** Left out by whoever runs the session; it can be taken back in. */
  skipped: Type.Boolean(),
})

export const LiveBlock = Type.Object({
  ...PlannedBlock.properties,
  startedAt: orNull(Instant),
  endedAt: orNull(Instant),
  revealedAt: orNull(Instant),
  /** Who said that they are done writing; never what they wrote. */
  written: Type.Array(Id),
  /** How many did where the block is anonymous: there `written` names nobody. */
  writtenCount: Type.Integer(),
  /** Empty until the block is revealed. */
  answers: Type.Array(RevealedAnswer),
  /** Who works with whom, in the order of `byPlace`. */
  pods: Type.Array(Pod),
  /** How the turns in them go; none without minutes for each. */
  pace: orNull(Pace),
  /** What its tables told, where the session has tables. */
  plenary: Plenary,
  ...ballotFields,
  ...spokenOfBlock,
})
export type LiveBlock = Static<typeof LiveBlock>

/** What somebody is in the room. */
const standing = {
  role: Type.Enum(['organizer', 'facilitator', 'member']),
  /** They are not in the group: an expert, somebody with a guest's place, or who came with the code. */
  guest: Type.Optional(Type.Literal(true)),
  /** A guest who came with the code, and can be sent out. */
  byCode: Type.Optional(Type.Literal(true)),
}

/** Somebody who is there. */
export const LivePerson = Type.Object({
  accountId: Id,
  name: Type.String(),
  ...standing,
  arrivedAt: Instant,
  /** How often they had the floor today. */
  spoken: Type.Integer(),
  /** Whether they came in with a screen of their own; the facilitator says of everybody else that they are there. */
  screen: Type.Boolean(),
  alsoHere,
  cameWith,
})
export type LivePerson = Static<typeof LivePerson>

/** Somebody who wants to speak about something new, or to add to what is being said. */
export const HandKind = Type.Enum(['speak', 'add'])
export type HandKind = Static<typeof HandKind>

export const Hand = Type.Object({ turnId: Id, accountId: Id, kind: HandKind, askedAt: Instant })
export type Hand = Static<typeof Hand>

export const LiveCommitment = Type.Object({
  id: Id,
  accountId: Id,
  cue: Type.String(),
  action: Type.String(),
  due: orNull(Type.String()),
  madeAt: Instant,
  skill: orNull(NamedSkill),
  /** Who said that they will ask about it. */
  witness: orNull(Type.Object({ accountId: Id, name: Type.String() })),
})
export type LiveCommitment = Static<typeof LiveCommitment>

const Meeting = Type.Object({
  id: Id,
  title: Type.String(),
  status: Type.Enum(['scheduled', 'live', 'wrapped-up', 'cancelled']),
  startsAt: Instant,
  endsAt: Instant,
  openedAt: orNull(Instant),
  wrappedUpAt: orNull(Instant),
  facilitatorId: orNull(Id),
  /** Its blocks are open for days; nobody has to be there at one time. */
  overDays: Type.Optional(Type.Literal(true)),
})

/** What everybody in the room sees, the same for all. */
export const SessionView = Type.Object({
  session: Meeting,
  group: Type.Object({
    slug: Type.String(),
    name: Type.String(),
    /** After how many months words are deleted, when they are. */
    retentionMonths: Type.Optional(Type.Integer()),
  }),
  blocks: Type.Array(LiveBlock),
  currentBlockId: orNull(Id),
  timer: Timer,
  people: Type.Array(LivePerson),
  queue: Type.Array(Hand),
  /** Who has the floor. */
  speaking: orNull(Type.Object({ turnId: Id, accountId: Id, beganAt: Instant })),
  commitments: Type.Array(LiveCommitment),
  /** What is voted on and discussed, in order. */
  topics: Type.Array(Topic),
  /** Who runs it now, and who else may. */
  lead: Lead,
  /** How people come in from its wall. */
  door: Door,
})
export type SessionView = Static<typeof SessionView>

const event = <Name extends string, Fields extends Record<string, Type.TSchema>>(
  type: Name,
  fields: Fields,
) => Type.Object({ type: Type.Literal(type), ...fields })

/** What happens in a live room, as it is sent: the stored ids, with the words that everybody may read by now. */
export const LiveEvent = Type.Union([
  event('room-opened', { at: Instant, lead: Lead, door: Door }),
  /** It was opened too early. Those who were noticed otherwise stay, without a screen; the others were not there yet. */
  event('room-shut', { staying: Type.Array(Id) }),
  event('entered', { person: LivePerson }),
  /** Somebody who is there has another role in the group, or came into it, or left it. */
  event('role-changed', { accountId: Id, ...standing }),
  /** The facilitator says that they were not there. */
  event('counted-out', { accountId: Id }),
  event('companions-changed', companionsChanged),
  event('plenary-changed', plenaryChanged),
  event('block-started', {
    blockId: Id,
    at: Instant,
    timer: Timer,
    /** Which block was left for it, and with how many seconds to go. */
    leaving: orNull(Type.Object({ blockId: Id, left: Type.Integer() })),
  }),
  event('timer-changed', { timer: Timer }),
  event('answer-written', { blockId: Id, accountId: Id }),
  event('answer-unwritten', { blockId: Id, accountId: Id }),
  /** So many are done in an anonymous block. */
  event('answers-counted', { blockId: Id, count: Type.Integer() }),
  event('answers-revealed', { blockId: Id, at: Instant, answers: Type.Array(RevealedAnswer) }),
  /** These are new or changed, those are gone. */
  event('pods-changed', { blockId: Id, pods: Type.Array(Pod), gone: Type.Array(Id) }),
  event('turns-paced', { blockId: Id, pace: orNull(Pace) }),
  /** Links to partners changed; each fetches their own. */
  event('pods-linked', {}),
  event('hand-raised', { hand: Hand }),
  event('hands-lowered', { turnIds: Type.Array(Id) }),
  event('turn-given', { turnId: Id, accountId: Id, at: Instant }),
  event('turn-ended', { turnId: Id }),
  /** Without words when it was withdrawn in the meantime. */
  event('commitment-made', { commitmentId: Id, commitment: orNull(LiveCommitment) }),
  event('commitment-changed', { commitmentId: Id, commitment: orNull(LiveCommitment) }),
  event('commitment-withdrawn', { commitmentId: Id }),
  /** Somebody was asked to be a witness, or is not any more. Nobody hears whom; each fetches their own. */
  event('witness-asked', {}),
  /** Somebody said what became of a promise of an earlier session; its words are fetched. */
  event('promise-answered', { commitmentId: Id }),
  /** These topics are new or changed, those are gone. */
  event('topics-changed', { topics: Type.Array(Topic), gone: Type.Array(Id) }),
  ...ballotEvents,
  ...spokenEvents,
  event('lead-changed', leadChanged),
  event('door-changed', { door: Door }),
  /** After the close: its writer took an answer out of the wrap-up. */
  event('answer-taken-out', { blockId: Id, answerId: Id }),
  /** The plan was edited, or the session moved or cancelled, while people were in the room. */
  event('plan-changed', { session: Meeting, blocks: Type.Array(PlannedBlock) }),
  event('session-closed', { at: Instant }),
  /** Somebody is gone from Shortside, with all they said. */
  event('account-deleted', { accountId: Id }),
])
export type LiveEvent = Static<typeof LiveEvent>

/**
 * What a member writes alone. The writer counts the changes: a late retry of an older text changes nothing.
 */
export const AnswerDraft = Type.Object({
  id: Id,
  blockId: Id,
  body: Type.String({ maxLength: LONGEST_ANSWER }),
  revision: Type.Integer({ minimum: 1 }),
  done: Type.Boolean(),
})
export type AnswerDraft = Static<typeof AnswerDraft>

/** My own answer, as the server keeps it. */
export const MyAnswer = Type.Object({
  id: Id,
  blockId: Id,
  body: Type.String(),
  revision: Type.Integer(),
  done: Type.Boolean(),
})
export type MyAnswer = Static<typeof MyAnswer>

/** The view with where its log stood, and what only I may read. */
export const Room = Type.Object({
  position: Position,
  view: SessionView,
  me: Type.Object({ accountId: Id, mayRun: Type.Boolean() }),
  mine: Type.Array(MyAnswer),
  /** My own votes. */
  ballots: Type.Array(MyBallot),
  /** The facilitator's notes; empty for everybody else. */
  notes: Type.Array(Type.Object({ blockId: Id, notes: Type.String() })),
})
export type Room = Static<typeof Room>

const Empty = Type.Object({})
const params = Type.Object({ sessionId: Id })
const ofTurn = Type.Object({ sessionId: Id, turnId: Id })
const ofCommitment = Type.Object({ sessionId: Id, commitmentId: Id })
/** The caller's: a command that comes again, late or by a retry, happens once. */
const id = Id
/** Which block the caller saw: when another is current by now, nothing changes. A double click skips no block. */
const from = orNull(Id)

export const liveCalls = define({
  getRoom: {
    method: 'GET',
    path: '/api/sessions/:sessionId/room',
    params,
    response: Room,
    summary: 'The live room as it stands, and what only the caller may read',
  },
  openRoom: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/open',
    params,
    response: Empty,
    summary: 'Open the door: people may gather before the first block',
  },
  enterRoom: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/enter',
    params,
    response: Empty,
    summary: 'Come in. Counts as having been there',
  },
  startBlock: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/start',
    params: Type.Object({ sessionId: Id, blockId: Id }),
    body: Type.Object({ id, from }),
    response: Empty,
    summary: 'Go to a block; its timer starts with it',
  },
  nextBlock: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/next',
    params,
    body: Type.Object({ id, from }),
    response: Empty,
    summary: 'Go to the next block, or begin with the first',
  },
  previousBlock: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/previous',
    params,
    body: Type.Object({ id, from }),
    response: Empty,
    summary: 'Go back to the block before, with what was left of its time',
  },
  pauseTimer: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/timer/pause',
    params,
    body: Type.Object({ id }),
    response: Empty,
    summary: 'Pause the timer',
  },
  resumeTimer: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/timer/resume',
    params,
    body: Type.Object({ id }),
    response: Empty,
    summary: 'Let the timer run on',
  },
  extendTimer: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/timer/extend',
    params,
    body: Type.Object({ id, minutes: Type.Integer({ minimum: 1, maximum: LONGEST_OPEN }) }),
    response: Empty,
    summary: 'Give the current block more minutes',
  },
  writeAnswer: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/answers',
    params,
    body: AnswerDraft,
    response: MyAnswer,
    summary: 'Keep what I write alone. Answers with what is kept: mine, or a later text of mine',
  },
  revealAnswers: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/reveal',
    params: Type.Object({ sessionId: Id, blockId: Id }),
    response: Empty,
    summary: 'Show what everybody wrote in a block. From then on nothing in it can be changed',
  },
  raiseHand: {
    method: 'POST',
    path: '/api/sessions/:sessionId/turns',
    params,
    /** Without a kind: something new. */
    body: Type.Object({ turnId: Id, kind: Type.Optional(HandKind) }),
    response: Empty,
    summary: 'Ask to speak',
  },
  lowerHand: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/turns/:turnId',
    params: ofTurn,
    response: Empty,
    summary: 'Lower my hand; whoever runs the session may lower any',
  },
  lowerAllHands: {
    method: 'POST',
    path: '/api/sessions/:sessionId/turns/lower',
    params,
    /** The hands that the caller saw, so that one raised in the meantime stays. */
    body: Type.Object({ turnIds: Type.Array(Id, { maxItems: 1_000 }) }),
    response: Empty,
    summary: 'Lower these hands',
  },
  giveTurn: {
    method: 'POST',
    path: '/api/sessions/:sessionId/turns/:turnId/give',
    params: ofTurn,
    response: Empty,
    summary: 'Give somebody the floor; whoever had it is done',
  },
  endTurn: {
    method: 'POST',
    path: '/api/sessions/:sessionId/turns/:turnId/end',
    params: ofTurn,
    response: Empty,
    summary: 'End a turn: mine, or anybody’s for whoever runs the session',
  },
  makeCommitment: {
    method: 'POST',
    path: '/api/sessions/:sessionId/commitments',
    params,
    body: SessionCommitmentDraft,
    response: Empty,
    summary: 'Promise something until next time',
  },
  listCommitmentChoices: {
    method: 'GET',
    path: '/api/sessions/:sessionId/commitment-choices',
    params,
    response: Type.Object({
      people: Type.Array(Type.Object({ id: Id, name: Type.String() })),
      skills: Type.Array(NamedSkill),
    }),
    summary: 'Who can be asked to be the witness of my commitment, and the skills of the group',
  },
  listMyWitnesses: {
    method: 'GET',
    path: '/api/sessions/:sessionId/witnesses',
    params,
    response: Type.Object({
      /** Whom I asked and who has not answered, by my commitment. */
      asked: Type.Array(Type.Object({ commitmentId: Id, id: Id, name: Type.String() })),
      /** What I am asked, or said yes to. */
      ofMine: Type.Array(
        Type.Object({ commitmentId: Id, state: Type.Enum(['asked', 'accepted']), remind: Type.Boolean() }),
      ),
    }),
    summary: 'Who is asked to be a witness in this session, as far as it is about me',
  },
  listEarlierCommitments: {
    method: 'GET',
    path: '/api/sessions/:sessionId/earlier-commitments',
    params,
    /** Newest first, at most 500. */
    response: Type.Array(Commitment),
    summary: 'What was promised at earlier sessions and is open, or was answered while this room is open',
  },
  changeCommitment: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/commitments/:commitmentId',
    params: ofCommitment,
    body: Type.Omit(SessionCommitmentDraft, ['id']),
    response: Empty,
    summary: 'Change my commitment while the session lasts',
  },
  withdrawCommitment: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/commitments/:commitmentId',
    params: ofCommitment,
    response: Empty,
    summary: 'Take back my commitment while the session lasts',
  },
  closeSession: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/close',
    params,
    response: Empty,
    summary: 'Close the session: nothing changes in the room any more, and the wrap-up is mailed',
  },
})
