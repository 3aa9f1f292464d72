import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { CorrectionRecord, LinesRecord, LONGEST_LINE, SpeakerRecord } from './corrections.ts'
import { Writer } from './threads.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Seconds = Type.Number({ minimum: 0, maximum: 1_000_000 })
const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
/** A line of the transcript, counted from 0. */
const Line = Type.Integer({ minimum: 0, maximum: 10_000_000 })
const Name = Nullable(Words(200))

/** How many changes a page of the history holds. */
export const CHANGES_AT_ONCE = 50
/** How many corrections a later import can keep. */
export const MOST_CORRECTIONS = 5_000

/** What somebody puts right in a transcript. */
export const Correction = Type.Union([
  /** One line: its words, its time, who says it. */
  Type.Object({
    kind: Type.Literal('line'),
    segment: Line,
    start: Nullable(Seconds),
    end: Nullable(Seconds),
    speaker: Name,
    text: Words(LONGEST_LINE),
  }),
  /** Whoever is named in a line is called otherwise: in all lines, or only in this turn. */
  Type.Object({
    kind: Type.Literal('speaker'),
    segment: Line,
    to: Name,
    scope: Type.Enum(['everywhere', 'turn']),
  }),
  /** A line becomes two, before the character at `offset`. */
  Type.Object({ kind: Type.Literal('split'), segment: Line, offset: Type.Integer({ minimum: 0 }) }),
  // The last: what a schema does not name is removed while it is tried, and this one names the least.
  /** A line and the next one become one. */
  Type.Object({ kind: Type.Literal('join'), segment: Line }),
])
export type Correction = Static<typeof Correction>

/** The writer picks the id, so a retry is never a second correction. `revision`: of the text that they saw. */
export const CorrectionDraft = Type.Object({
  id: Id,
  revision: Type.Integer({ minimum: 1 }),
  correction: Correction,
})
export type CorrectionDraft = Static<typeof CorrectionDraft>

/** A line as a reader of the history may see it. What is missing was not changed, or was taken back since. */
export const ShownLine = Type.Object({
  start: Nullable(Type.Number()),
  end: Nullable(Type.Number()),
  speaker: Type.Optional(Nullable(Type.String())),
  text: Type.Optional(Type.String()),
})
export type ShownLine = Static<typeof ShownLine>

/** What a correction did, as far as its reader may see it: whole for whoever made it and for those who may take it back. */
export const ShownRecord = Type.Union([
  Type.Object({
    ...Type.Omit(LinesRecord, ['before', 'after']).properties,
    before: Type.Array(ShownLine),
    after: Type.Array(ShownLine),
  }),
  Type.Object({
    ...Type.Omit(SpeakerRecord, ['from', 'to']).properties,
    from: Type.Optional(Nullable(Type.String())),
    to: Type.Optional(Nullable(Type.String())),
  }),
])
export type ShownRecord = Static<typeof ShownRecord>

/** Something that was done to the text of an episode. */
export const TranscriptChange = Type.Object({
  id: Id,
  /** The revision that it made. */
  revision: Type.Integer(),
  kind: Type.Enum(['import', 'line', 'speaker', 'join', 'split']),
  by: Writer,
  at: Type.String({ format: 'date-time' }),
  /** What was before, and what after. None for an import, and for what was taken back: that is for those who may undo it. */
  record: Nullable(ShownRecord),
  /** The revision of the change that this one took back. */
  undoes: Nullable(Type.Integer()),
  /** The revision that took this one back, or the import that did not keep it. */
  endedBy: Nullable(Type.Integer()),
  ended: Nullable(Type.Enum(['undone', 'import'])),
  /**
   * Whether the reader may take it back: their own, or as whoever imported the episode or facilitates. Those may also take
   * back what is gone with an import: then the others do not read its words any more.
   */
  mayUndo: Type.Boolean(),
})
export type TranscriptChange = Static<typeof TranscriptChange>

/** A correction that is in the text now. */
export const KeptCorrection = Type.Object({
  id: Id,
  revision: Type.Integer(),
  by: Writer,
  at: Type.String({ format: 'date-time' }),
  record: CorrectionRecord,
})
export type KeptCorrection = Static<typeof KeptCorrection>

const OneEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const OneChange = Type.Object({ slug: Type.String(), episodeId: Id, changeId: Id })
const CORRECTIONS = '/api/groups/:slug/episodes/:episodeId/corrections'

export const transcriptCalls = define({
  correctTranscript: {
    method: 'POST',
    path: CORRECTIONS,
    params: OneEpisode,
    body: CorrectionDraft,
    response: TranscriptChange,
    summary: 'Put something right in a transcript, as any member. Refused when the text changed meanwhile',
  },
  undoCorrection: {
    method: 'POST',
    path: `${CORRECTIONS}/:changeId/undo`,
    params: OneChange,
    body: Type.Object({ id: Id }),
    response: TranscriptChange,
    summary: 'Take a correction back: my own, or any as whoever imported the episode or facilitates',
  },
  getTranscriptHistory: {
    method: 'GET',
    path: CORRECTIONS,
    params: OneEpisode,
    query: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
    response: Type.Object({
      revision: Type.Integer(),
      changes: Type.Array(TranscriptChange, { maxItems: CHANGES_AT_ONCE }),
      /** Ask again with the revision of the last one as `before`. */
      more: Type.Boolean(),
    }),
    summary: 'What was done to the text of an episode: who, when, before and after, newest first',
  },
  getCorrections: {
    method: 'GET',
    path: `${CORRECTIONS}/kept`,
    params: OneEpisode,
    response: Type.Object({
      revision: Type.Integer(),
      corrections: Type.Array(KeptCorrection, { maxItems: MOST_CORRECTIONS }),
    }),
    summary:
      'The corrections that are in a transcript now, in their order: what an import could keep. For whoever imported the episode or facilitates',
  },
})
