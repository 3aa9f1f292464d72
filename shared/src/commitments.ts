import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

export const LONGEST_COMMITMENT = 500
export const LONGEST_COMMITMENT_REFLECTION = 2_000
export const CommitmentStatus = Type.Enum(['open', 'done', 'partly', 'not-yet', 'let-go'])
export type CommitmentStatus = Static<typeof CommitmentStatus>

/** What a member promises: "if … then I will … by …". The writer picks the id, so a retry is never a second one. */
export const CommitmentDraft = Type.Object({
  id: Type.String({ format: 'uuid' }),
  /** The "if": the moment it is meant for. */
  cue: Type.String({ minLength: 1, maxLength: LONGEST_COMMITMENT, pattern: '\\S' }),
  /** The "then I will". */
  action: Type.String({ minLength: 1, maxLength: LONGEST_COMMITMENT, pattern: '\\S' }),
  /** A day such as 2026-12-01. */
  due: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
})
export type CommitmentDraft = Static<typeof CommitmentDraft>

const Somebody = Type.Object({ id: Type.String(), name: Type.String() })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** The same in a session, with what it may grow and who will ask about it. What is left out stays as it is. */
export const SessionCommitmentDraft = Type.Object({
  ...CommitmentDraft.properties,
  skill: Type.Optional(orNull(Type.String({ maxLength: 100 }))),
  /** Somebody of the group, or who is there. They are asked, and may say no without a word. */
  witnessId: Type.Optional(orNull(Type.String({ format: 'uuid' }))),
})
export type SessionCommitmentDraft = Static<typeof SessionCommitmentDraft>

/** A skill as the group calls it. */
export const NamedSkill = Type.Object({ skill: Type.String(), name: Type.String() })
export type NamedSkill = Static<typeof NamedSkill>

/** What its owner said of a commitment at an earlier time. */
export const Outcome = Type.Object({
  status: Type.Enum(['done', 'partly', 'not-yet', 'let-go']),
  reflection: Type.String(),
  saidAt: Type.String({ format: 'date-time' }),
})
export type Outcome = Static<typeof Outcome>

export const Commitment = Type.Object({
  id: Type.String(),
  /** Where it was said; none: to nobody but oneself. */
  sessionId: Type.Union([Type.String(), Type.Null()]),
  accountId: Type.String(),
  name: Type.String(),
  cue: Type.String(),
  action: Type.String(),
  due: Type.Union([Type.String(), Type.Null()]),
  status: CommitmentStatus,
  reflection: Type.String(),
  /** When its owner last said what became of it. */
  answeredAt: orNull(Type.String({ format: 'date-time' })),
  /** Whether "partly" and "not yet" are asked about again. */
  comesBack: Type.Boolean(),
  /** What they said before, oldest first. */
  earlier: Type.Array(Outcome),
  madeAt: Type.String({ format: 'date-time' }),
  skill: orNull(NamedSkill),
  /** Who said that they will ask about it. */
  witness: orNull(Somebody),
})
export type Commitment = Static<typeof Commitment>

/** One of mine, with where I said it: neither group nor session when it came out of a report and I kept it to myself. */
export const MyCommitment = Type.Object({
  ...Commitment.properties,
  group: Type.Union([Type.Object({ slug: Type.String(), name: Type.String() }), Type.Null()]),
  session: Type.Union([Type.Object({ id: Type.String(), title: Type.String() }), Type.Null()]),
  /** The report of mine that it came out of, while there is one. */
  report: Type.Union([Type.Object({ id: Type.String(), title: Type.String() }), Type.Null()]),
})
export type MyCommitment = Static<typeof MyCommitment>

/** A commitment of somebody else that I am asked to be the witness of, or am. */
export const Witnessing = Type.Object({
  commitment: Commitment,
  group: Type.Object({ slug: Type.String(), name: Type.String() }),
  session: Type.Object({ id: Type.String(), title: Type.String() }),
  state: Type.Enum(['asked', 'accepted']),
  /** I get a mail on the day. */
  remind: Type.Boolean(),
})
export type Witnessing = Static<typeof Witnessing>

/** What an answer within this time does is put an earlier one right; later it stands after it. */
export const ANSWER_CORRECTED_FOR = 12 * 3_600_000

/** Whether it is asked about at the next check-in: until it is done or let go, or its owner said that this was it. */
export const isOpen = ({ status, comesBack }: Pick<Commitment, 'status' | 'comesBack'>): boolean =>
  status === 'open' || ((status === 'partly' || status === 'not-yet') && comesBack)

/** Whether what is said now puts the last answer right instead of adding to it. */
export const putsRight = (answeredAt: string | Date | null, now: Date): boolean =>
  answeredAt !== null && now.getTime() - new Date(answeredAt).getTime() < ANSWER_CORRECTED_FOR

export const commitmentCalls = define({
  listMyCommitments: {
    method: 'GET',
    path: '/api/me/commitments',
    /** Newest first, at most 500. */
    response: Type.Array(MyCommitment),
    summary: 'What I said I would do, in all my groups',
  },
  closeCommitment: {
    method: 'PATCH',
    path: '/api/commitments/:id',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    body: Type.Object({
      status: CommitmentStatus,
      reflection: Type.Optional(
        Type.String({ maxLength: LONGEST_COMMITMENT_REFLECTION, pattern: '^[^\\u0000]*$' }),
      ),
      /** For "partly" and "not yet": whether to ask again at the next check-in. */
      comesBack: Type.Optional(Type.Boolean()),
    }),
    response: MyCommitment,
    summary: 'Say what became of one of my commitments, or open it again',
  },
  listWitnessing: {
    method: 'GET',
    path: '/api/me/witnessing',
    /** Those that wait for an answer first, then newest first, at most 500. */
    response: Type.Array(Witnessing),
    summary: 'The commitments that I am the witness of, or am asked to be',
  },
  answerWitness: {
    method: 'PUT',
    path: '/api/commitments/:id/witness',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    body: Type.Object({
      answer: Type.Enum(['accept', 'decline']),
      /** Mail me on the day, or a week after it was made when it has none. */
      remind: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({}),
    summary: 'Be the witness of a commitment, or not; nobody is told of a no',
  },
  listGroupCommitments: {
    method: 'GET',
    path: '/api/groups/:slug/commitments',
    params: Type.Object({ slug: Type.String() }),
    /** Newest first, at most 500. */
    response: Type.Array(Commitment),
    summary: 'What was promised in the group’s sessions, for its facilitators',
  },
})
