import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/**
 * In a live round of feedback everybody writes to the people they were together with: what they saw. The words are for
 * that one person (docs/privacy.md, F8 to F11).
 */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const LONGEST_SLIP_LINE = 1_000
const Line = Type.String({ maxLength: LONGEST_SLIP_LINE, pattern: '^[^\\u0000]*$' })

/** Situation, behaviour, impact. */
export const SlipWords = Type.Object({
  /** When and where it was. */
  situation: Line,
  /** What a camera would have seen. */
  behaviour: Line,
  /** What it did to me, or to the work. */
  impact: Line,
  /** What I would like to see, if anything. */
  wish: Line,
})
export type SlipWords = Static<typeof SlipWords>

/** What I write to one person. The writer counts the changes, as of answers. */
export const SlipDraft = Type.Object({
  id: Id,
  blockId: Id,
  receiverId: Id,
  words: SlipWords,
  revision: Type.Integer({ minimum: 1 }),
  /** It may be read from now on. */
  sent: Type.Boolean(),
})
export type SlipDraft = Static<typeof SlipDraft>

export const MySlip = Type.Object({ ...SlipDraft.properties, opened: Type.Boolean() })
export type MySlip = Static<typeof MySlip>

/** What somebody wrote to me: its words once I opened it. */
export const GotSlip = Type.Object({
  id: Id,
  /** None: their account is gone. */
  name: orNull(Type.String()),
  writerId: orNull(Id),
  words: orNull(SlipWords),
})
export type GotSlip = Static<typeof GotSlip>

/** What I wrote, on my own page. */
export const WrittenSlip = Type.Object({
  id: Id,
  title: Type.String(),
  to: Type.String(),
  words: SlipWords,
  sentAt: orNull(Instant),
  opened: Type.Boolean(),
})
export type WrittenSlip = Static<typeof WrittenSlip>

/** The lines that feedback needs, in words. */
export const SLIP_LINES = [
  { line: 'situation', label: 'Situation', hint: 'When and where was it?' },
  { line: 'behaviour', label: 'Behaviour', hint: 'What did you see or hear, as a camera would?' },
  { line: 'impact', label: 'Impact', hint: 'What did it do to you, or to the work?' },
  { line: 'wish', label: 'What I would like to see', hint: 'Only if there is something.' },
] as const satisfies { line: keyof SlipWords; label: string; hint: string }[]

/** What is missing before it can be sent, or nothing. */
export const whatIsMissing = (words: SlipWords): Exclude<keyof SlipWords, 'wish'> | undefined =>
  (['situation', 'behaviour', 'impact'] as const).find((line) => words[line].trim() === '')

/** As it stands in a report. */
export const saySlip = (words: SlipWords): string =>
  SLIP_LINES.filter(({ line }) => words[line].trim() !== '')
    .map(({ line, label }) => `${label}: ${words[line].trim()}`)
    .join('\n')

const params = Type.Object({ sessionId: Id })
const ofSlip = Type.Object({ slipId: Id })
const Empty = Type.Object({})

export const slipCalls = define({
  listSlips: {
    method: 'GET',
    path: '/api/sessions/:sessionId/slips',
    params,
    response: Type.Object({ written: Type.Array(MySlip), got: Type.Array(GotSlip) }),
    summary: 'In a live round of feedback: what I wrote, and what was written to me',
  },
  saveSlip: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/slips',
    params,
    body: SlipDraft,
    response: MySlip,
    summary: 'Keep, send or take back what I write to one person. Answers with what is kept',
  },
  openSlip: {
    method: 'POST',
    path: '/api/feedback/slips/:slipId/open',
    params: ofSlip,
    response: GotSlip,
    summary: 'Read what somebody wrote to me; from then on it can’t be taken back',
  },
  listWrittenSlips: {
    method: 'GET',
    path: '/api/me/feedback/slips',
    response: Type.Array(WrittenSlip),
    summary: 'What I wrote to others in live rounds of feedback',
  },
  withdrawSlip: {
    method: 'DELETE',
    path: '/api/feedback/slips/:slipId',
    params: ofSlip,
    response: Empty,
    summary: 'Take back and delete what I wrote, before it was opened',
  },
})
