import Type, { type Static } from 'typebox'
import { BallotCount } from './ballots.ts'
import { Commitment } from './commitments.ts'
import { define } from './contract.ts'
import { BlockKind } from './guide.ts'
import { TakenUp } from './questions.ts'
import { LONGEST_TOPIC, MOST_TOPICS } from './topics.ts'

/** Rules L47 and L48 of docs/live-sessions.md. */

export const LONGEST_WRAP_UP_NOTE = 2_000
export const MOST_PARKED = 50
/** How long after the close whoever runs a session puts its wrap-up right, and writers take answers out. */
export const CORRECTED_FOR = 24 * 3_600_000

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Somebody = Type.Object({ id: Type.String(), name: Type.String() })
/** Text that a database can hold. */
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
/** The same, and not blank. */
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })

/** An answer that was revealed. Without a name where the block is anonymous. */
export const WrapUpAnswer = Type.Object({
  id: Type.String(),
  name: orNull(Type.String()),
  body: Type.String(),
  /** The topic that it was put to. */
  topicId: orNull(Type.String()),
  /** Under my name: I may take it out while the wrap-up is corrected. */
  mine: Type.Boolean(),
})
export type WrapUpAnswer = Static<typeof WrapUpAnswer>

export const WrapUpBlock = Type.Object({
  id: Type.String(),
  kind: BlockKind,
  title: Type.String(),
  prompt: Type.String(),
  /** As it was planned. */
  minutes: Type.Integer(),
  /** How long it took, in minutes; nothing when it was skipped. */
  took: orNull(Type.Number()),
  answers: Type.Array(WrapUpAnswer),
  /** What was good and what to change, where the close asked for both. */
  plusDelta: orNull(
    Type.Object({
      plus: Type.Array(Type.Object({ id: Type.String(), name: orNull(Type.String()), words: Type.String() })),
      delta: Type.Array(
        Type.Object({ id: Type.String(), name: orNull(Type.String()), words: Type.String() }),
      ),
    }),
  ),
  /** What the tables of a large session wrote, by their numbers. */
  tables: Type.Array(Type.Object({ number: Type.Integer(), body: Type.String() })),
  /** Sums, of nobody; topics that are gone are left out. */
  votes: orNull(
    Type.Object({
      voters: Type.Integer(),
      dots: Type.Array(Type.Object({ topicId: Id, title: Type.String(), dots: Type.Integer() })),
      spread: BallotCount.properties.spread,
    }),
  ),
})
export type WrapUpBlock = Static<typeof WrapUpBlock>

/** What stays of a session. Answers only of blocks that were revealed. */
export const WrapUp = Type.Object({
  id: Type.String(),
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  wrappedUpAt: Instant,
  /** Since then only counts are left: the group keeps no words that long. */
  forgottenAt: orNull(Instant),
  zone: Type.String(),
  episode: orNull(Type.Object({ id: Type.String(), title: Type.String() })),
  runs: Type.Boolean(),
  /** Until then it is put right; from then on it is fixed. */
  correctedUntil: Instant,
  /** Whether that is still so. */
  correctable: Type.Boolean(),
  /** Counts the corrections. */
  revision: Type.Integer(),
  /** "What we take from today", by whoever ran it. */
  note: Type.String(),
  notedBy: orNull(Type.String()),
  present: Type.Array(Somebody),
  /** So many were there with somebody’s phone, by number only. */
  alsoPresent: Type.Integer(),
  absent: Type.Array(Somebody),
  blocks: Type.Array(WrapUpBlock),
  topics: Type.Array(Type.Object({ id: Id, blockId: orNull(Id), title: Type.String() })),
  /** What was not talked about: topics, with their dots, and lines that were added. */
  parked: Type.Array(
    Type.Object({ topicId: orNull(Id), title: Type.String(), dots: orNull(Type.Integer()) }),
  ),
  /** Topics that whoever ran it took off that list. */
  unparked: Type.Array(Id),
  commitments: Type.Array(Commitment),
  /** Who spoke how often. Only facilitators are sent it. */
  turns: Type.Optional(
    Type.Array(Type.Object({ id: Type.String(), name: Type.String(), turns: Type.Integer() })),
  ),
})
export type WrapUp = Static<typeof WrapUp>

export const WRAP_UP_FORMAT = 'shortside-wrap-up'
export const WRAP_UP_VERSION = 1

/** A wrap-up to take along, as its reader may read it. */
export const WrapUpFile = Type.Object({
  format: Type.Literal(WRAP_UP_FORMAT),
  version: Type.Literal(WRAP_UP_VERSION),
  writtenAt: Instant,
  /** The address of its page. */
  page: Type.String(),
  group: Type.String(),
  /** Open questions of threads that it took up, and what became of them. */
  questions: Type.Array(TakenUp),
  ...Type.Omit(WrapUp, ['runs', 'correctable', 'revision', 'unparked']).properties,
})
export type WrapUpFile = Static<typeof WrapUpFile>

/** What is put right, whole. */
export const WrapUpCorrection = Type.Object({
  /** The revision that its writer saw. */
  basedOn: Type.Integer({ minimum: 0 }),
  note: Text(LONGEST_WRAP_UP_NOTE),
  /** New titles; topics that are not named keep theirs. */
  topics: Type.Array(Type.Object({ id: Id, title: Words(LONGEST_TOPIC) }), { maxItems: MOST_TOPICS }),
  /** Topics that are not parked any more. */
  unparked: Type.Array(Id, { maxItems: MOST_TOPICS }),
  /** Lines that are parked too. */
  alsoParked: Type.Array(Words(LONGEST_TOPIC), { maxItems: MOST_PARKED }),
})
export type WrapUpCorrection = Static<typeof WrapUpCorrection>

/** Who was there beside those with names: ", and 2 more at somebody’s phone". */
export const sayByNumber = (count: number): string =>
  count === 0 ? '' : `, and ${String(count)} more at somebody’s phone`

export const correctedUntil = (wrappedUpAt: string | Date): Date =>
  new Date(new Date(wrappedUpAt).getTime() + CORRECTED_FOR)

/** Within a day of the close. */
export const isCorrectable = (wrappedUpAt: string | Date, now: Date): boolean =>
  now < correctedUntil(wrappedUpAt)

/** The answers of a block that were put to nothing, and the others by their topic. */
export function byTopic({ answers }: Pick<WrapUpBlock, 'answers'>, topics: WrapUp['topics']) {
  const gathered = topics
    .map((topic) => ({ topic, its: answers.filter(({ topicId }) => topicId === topic.id) }))
    .filter(({ its }) => its.length > 0)
  const placed = new Set(gathered.flatMap(({ its }) => its.map(({ id }) => id)))
  return {
    // A topic of one answer is called by it, so it would be said twice.
    heaps: gathered.filter(({ topic, its }) => its.length > 1 || !saysSame(topic.title, its[0]?.body ?? '')),
    alone: [
      ...answers.filter(({ id }) => !placed.has(id)),
      ...gathered
        .filter(({ topic, its }) => its.length === 1 && saysSame(topic.title, its[0]?.body ?? ''))
        .flatMap(({ its }) => its),
    ],
  }
}

const saysSame = (title: string, body: string): boolean =>
  body.trim().replaceAll(/\s+/g, ' ').startsWith(title.replace(/…$/, ''))

const OfSession = Type.Object({ sessionId: Id })

export const wrapUpCalls = define({
  getWrapUp: {
    method: 'GET',
    path: '/api/sessions/:sessionId/wrap-up',
    params: OfSession,
    response: WrapUp,
    summary: 'What stays of a session: who was there, what was revealed, voted and promised',
  },
  correctWrapUp: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/wrap-up',
    params: OfSession,
    body: WrapUpCorrection,
    response: WrapUp,
    summary: 'Put a wrap-up right, within a day of the close',
  },
  takeOutAnswer: {
    method: 'POST',
    path: '/api/sessions/:sessionId/answers/:answerId/take-out',
    params: Type.Object({ sessionId: Id, answerId: Id }),
    response: Type.Object({}),
    summary: 'Take my answer out of the wrap-up, within a day of the close. It stays with me',
  },
  exportWrapUp: {
    method: 'GET',
    path: '/api/sessions/:sessionId/wrap-up.md',
    params: OfSession,
    type: 'text/markdown; charset=utf-8',
    response: Type.String(),
    summary: 'A wrap-up as Markdown, as much of it as its reader may read',
  },
  exportWrapUpData: {
    method: 'GET',
    path: '/api/sessions/:sessionId/wrap-up.json',
    params: OfSession,
    response: WrapUpFile,
    summary: 'A wrap-up as data, as much of it as its reader may read',
  },
})
