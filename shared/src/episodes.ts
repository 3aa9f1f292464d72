import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

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

/** A line that was not understood. Its words are kept in the notes. `line` counts from 1; 0 when it is no line, such as a transcript that could not be fetched. */
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
  /** The account that brought it; nobody once that is gone. */
  importedBy: Nullable(Type.String()),
  /** Our own small copy of its picture (`artworkFile`). */
  artworkId: Nullable(Type.String()),
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
  /** Our own small copy of its picture (`artworkFile`). */
  artworkId: Nullable(Type.String()),
  duration: Nullable(Seconds),
  language: Nullable(Type.String()),
  people: Type.Array(Person),
  chapters: Type.Array(Chapter),
  segments: Type.Array(Segment),
  publishedAt: Nullable(Type.String({ format: 'date-time' })),
  /** When its text was imported last. */
  importedAt: Type.String({ format: 'date-time' }),
  /** Rises whenever its text changes: whoever changes it says which one they saw. */
  revision: Type.Integer(),
  /** Whether the reader may import it again or delete it: whoever imported it, or who facilitates. */
  mayChange: Type.Boolean(),
})
export type Episode = Static<typeof Episode>

/** Texts that are taken in one go: a document, a transcript file, what a feed's links hold. 5 MB. */
export const LARGEST_DOCUMENT = 5 * 1_048_576
export const LONGEST_TITLE = 300
const LONGEST_ADDRESS = 2_000
const LONGEST_NAME = 200
export const MOST_EPISODES = 500
const MOST_CHAPTERS = 5_000
const MOST_SEGMENTS = 200_000
const MOST_PEOPLE = 200
/** How many items of a feed are offered, newest first. */
export const MOST_ITEMS = 200

/** Words of any kind; a database can't hold the character NUL. */
const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
const Address = Nullable(Words(LONGEST_ADDRESS))
const Id = Type.String({ format: 'uuid' })
const InGroup = Type.Object({ slug: Type.String() })
const OneEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const Empty = Type.Object({})

const drafted = {
  showTitle: Nullable(Words(LONGEST_TITLE)),
  audioUrl: Address,
  pageUrl: Address,
  /** Where its picture is at its publisher. */
  artworkUrl: Type.Optional(Address),
  notes: Words(LARGEST_DOCUMENT),
  duration: Nullable(Seconds),
  language: Nullable(Words(35)),
  publishedAt: Nullable(Type.String({ format: 'date-time' })),
  people: Type.Array(Type.Object({ name: Words(LONGEST_NAME), role: Type.Optional(Words(LONGEST_NAME)) }), {
    maxItems: MOST_PEOPLE,
  }),
  chapters: Type.Array(Type.Object({ start: Seconds, title: Words(LARGEST_DOCUMENT) }), {
    maxItems: MOST_CHAPTERS,
  }),
  segments: Type.Array(
    Type.Object({
      start: Nullable(Seconds),
      end: Nullable(Seconds),
      speaker: Nullable(Words(LONGEST_NAME)),
      text: Words(LARGEST_DOCUMENT),
    }),
    { maxItems: MOST_SEGMENTS },
  ),
}

/** What somebody saves. They pick the id, so a retry is never a second episode. */
export const EpisodeDraft = Type.Object({
  id: Id,
  title: Words(LONGEST_TITLE),
  ...Type.Partial(Type.Object(drafted)).properties,
})
export type EpisodeDraft = Static<typeof EpisodeDraft>

/** An episode that is imported again: all of it is replaced, when it is still the one that the difference was shown for. */
export const EpisodeAgain = Type.Object({
  /** The revision of the text that the difference was shown for. */
  revision: Type.Integer({ minimum: 1 }),
  /** The corrections of the old text that are made again in the new one, as far as they fit. */
  keep: Type.Optional(Type.Array(Id, { maxItems: 5_000 })),
  title: Words(LONGEST_TITLE),
  ...drafted,
})
export type EpisodeAgain = Static<typeof EpisodeAgain>

/** What was understood, before anything is saved: a `ParsedEpisode` and whatever else the source said. */
export const EpisodePreview = Type.Object({
  title: Type.String(),
  ...drafted,
  problems: Type.Array(ParseProblem),
})
export type EpisodePreview = Static<typeof EpisodePreview>

/** One item of a feed. */
export const FeedItem = Type.Object({
  /** Its guid, or the address of its audio when it has none. */
  id: Type.String(),
  title: Type.String(),
  publishedAt: Nullable(Type.String({ format: 'date-time' })),
  duration: Nullable(Seconds),
  hasTranscript: Type.Boolean(),
  hasChapters: Type.Boolean(),
})
export type FeedItem = Static<typeof FeedItem>

export const FeedPreview = Type.Object({
  title: Type.String(),
  items: Type.Array(FeedItem),
  /** How many items the feed has; more than are listed when it is long. */
  total: Type.Integer(),
})
export type FeedPreview = Static<typeof FeedPreview>

export const episodeCalls = define({
  listEpisodes: {
    method: 'GET',
    path: '/api/groups/:slug/episodes',
    params: InGroup,
    response: Type.Array(EpisodeSummary, { maxItems: MOST_EPISODES }),
    summary: 'The episodes of a group, newest first',
  },
  getEpisode: {
    method: 'GET',
    path: '/api/groups/:slug/episodes/:episodeId',
    params: OneEpisode,
    response: Episode,
    summary: 'An episode with its chapters, its transcript and its notes',
  },
  saveEpisode: {
    method: 'POST',
    path: '/api/groups/:slug/episodes',
    params: InGroup,
    body: EpisodeDraft,
    response: EpisodeSummary,
    summary: 'Save an imported episode. A retry with the same id changes nothing',
  },
  reimportEpisode: {
    method: 'PUT',
    path: '/api/groups/:slug/episodes/:episodeId',
    params: OneEpisode,
    body: EpisodeAgain,
    response: EpisodeSummary,
    summary:
      'Replace the text of an episode. Its threads keep their anchors, and look for their words in the new one',
  },
  deleteEpisode: {
    method: 'DELETE',
    path: '/api/groups/:slug/episodes/:episodeId',
    params: OneEpisode,
    response: Empty,
    summary: 'Delete an episode with its threads: whoever imported it, or who facilitates',
  },
  previewText: {
    method: 'POST',
    path: '/api/groups/:slug/episodes/preview',
    params: InGroup,
    body: Type.Object({ text: Type.String(), fileName: Type.Optional(Type.String({ maxLength: 300 })) }),
    response: EpisodePreview,
    summary: 'What a pasted document or a transcript file is understood as. Saves nothing',
  },
  previewFeed: {
    method: 'POST',
    path: '/api/groups/:slug/episodes/feed',
    params: InGroup,
    body: Type.Object({ url: Type.String({ minLength: 1, maxLength: LONGEST_ADDRESS }) }),
    response: FeedPreview,
    summary: 'What a podcast feed offers, newest first. Saves nothing',
  },
  previewFeedItem: {
    method: 'POST',
    path: '/api/groups/:slug/episodes/feed/item',
    params: InGroup,
    body: Type.Object({
      url: Type.String({ minLength: 1, maxLength: LONGEST_ADDRESS }),
      item: Type.String({ minLength: 1, maxLength: LONGEST_ADDRESS }),
    }),
    response: EpisodePreview,
    summary: 'One item of a feed with its chapters and its best transcript. Saves nothing',
  },
})

/** The last second that a transcript speaks of: how long an episode is at least. */
export function lastMoment(segments: readonly Pick<Segment, 'start' | 'end'>[]): number | null {
  const moments = segments.flatMap(({ start, end }) => [start ?? 0, end ?? 0])
  const last = moments.reduce((latest, moment) => Math.max(latest, moment), 0)
  return last > 0 ? last : null
}
