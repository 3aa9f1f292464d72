import Type, { type Static } from 'typebox'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** Seconds from the beginning of the episode. */
const Seconds = Type.Number({ minimum: 0 })

export const Person = Type.Object({ name: Type.String(), role: Type.Optional(Type.String()) })
export type Person = Static<typeof Person>

export const Chapter = Type.Object({ start: Seconds, title: Type.String() })
export type Chapter = Static<typeof Chapter>

/** A stretch of the transcript. Without times when the transcript has none. */
export const Segment = Type.Object({
  start: Nullable(Seconds),
  end: Nullable(Seconds),
  speaker: Nullable(Type.String()),
  text: Type.String(),
})
export type Segment = Static<typeof Segment>

/** A line that was not understood. Its words are kept in the notes. `line` counts from 1. */
export const ParseProblem = Type.Object({ line: Type.Integer(), message: Type.String() })
export type ParseProblem = Static<typeof ParseProblem>

/** What a document, a transcript file or a feed item was understood as. No word of the file is lost. */
export const ParsedEpisode = Type.Object({
  title: Type.String(),
  chapters: Type.Array(Chapter),
  segments: Type.Array(Segment),
  notes: Type.String(),
  problems: Type.Array(ParseProblem),
})
export type ParsedEpisode = Static<typeof ParsedEpisode>

/** An episode of a group, as lists show it. */
export const EpisodeSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  showTitle: Nullable(Type.String()),
  /** Seconds. */
  duration: Nullable(Seconds),
  chapters: Type.Integer(),
  threads: Type.Integer(),
  openQuestions: Type.Integer(),
  importedAt: Type.String({ format: 'date-time' }),
})
export type EpisodeSummary = Static<typeof EpisodeSummary>

/** An episode with everything to read and hear. */
export const Episode = Type.Object({
  id: Type.String(),
  title: Type.String(),
  showTitle: Nullable(Type.String()),
  /** Plain text or Markdown. */
  notes: Type.String(),
  /** `notes` as sanitised HTML. */
  notesHtml: Type.String(),
  audioUrl: Nullable(Type.String()),
  pageUrl: Nullable(Type.String()),
  duration: Nullable(Seconds),
  language: Nullable(Type.String()),
  people: Type.Array(Person),
  chapters: Type.Array(Chapter),
  segments: Type.Array(Segment),
  importedAt: Type.String({ format: 'date-time' }),
})
export type Episode = Static<typeof Episode>
