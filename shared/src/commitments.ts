import Type, { type Static } from 'typebox'

export const LONGEST_COMMITMENT = 500
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
  sessionId: Type.String(),
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
