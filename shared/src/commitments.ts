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
  madeAt: Type.String({ format: 'date-time' }),
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
    }),
    response: MyCommitment,
    summary: 'Say what became of one of my commitments, or open it again',
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
