import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { EpisodeDraft, EpisodePreview, EpisodeSummary } from './episodes.ts'

export const MOST_SHOWS = 50
/** How many items of a show are listed, newest first. */
export const MOST_SHOW_ITEMS = 500
/** How long an item that nobody decided about stands out as new. */
const NEW_FOR = 14 * 86_400_000
/** So long, in milliseconds, the server of a feed is left alone between two looks that people ask for. */
export const LOOK_AGAIN_AFTER = 60_000
/** Items that are made episodes in one go. */
export const MOST_AT_ONCE = 20
const LONGEST_ADDRESS = 2_000

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Id = Type.String({ format: 'uuid' })

/** Why a feed can't be read, in a sentence that says what to do, and since when. */
export const ShowProblem = Type.Object({ sentence: Type.String(), since: Instant })
export type ShowProblem = Static<typeof ShowProblem>

export const ShowSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  language: Nullable(Type.String()),
  /** Our own small copy of its picture (`artworkFile`). */
  artworkId: Nullable(Type.String()),
  /** Only for those who may change it: some addresses of feeds are meant for one person. */
  feedUrl: Nullable(Type.String()),
  followedAt: Instant,
  /** When its feed gave something last, and when it is asked next. */
  readAt: Instant,
  nextCheckAt: Instant,
  /** When its feed was asked last, with or without an answer. */
  checkedAt: Instant,
  problem: Nullable(ShowProblem),
  items: Type.Integer(),
  /** Items that came since the group follows, and that nobody decided about. */
  fresh: Type.Integer(),
  episodes: Type.Integer(),
})
export type ShowSummary = Static<typeof ShowSummary>

export const ShowItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  publishedAt: Nullable(Instant),
  /** Seconds. */
  duration: Nullable(Type.Number()),
  hasTranscript: Type.Boolean(),
  hasChapters: Type.Boolean(),
  fresh: Type.Boolean(),
  dismissed: Type.Boolean(),
  /** It is not in the feed any more; what is known of it is kept. */
  gone: Type.Boolean(),
  /** The episode that it became. */
  episodeId: Nullable(Type.String()),
  /** The feed names other transcripts or chapters than those that the episode has. */
  newerText: Type.Boolean(),
})
export type ShowItem = Static<typeof ShowItem>

export const Show = Type.Object({
  ...ShowSummary.properties,
  list: Type.Array(ShowItem, { maxItems: MOST_SHOW_ITEMS }),
})
export type Show = Static<typeof Show>

/** What an item would be as an episode. `mark` stands for the text that was read. */
export const ItemPreview = Type.Object({
  preview: EpisodePreview,
  mark: Type.String(),
  showTitle: Type.String(),
})
export type ItemPreview = Static<typeof ItemPreview>

/** Where an episode came from. */
export const EpisodeOrigin = Type.Object({
  showId: Type.String(),
  showTitle: Type.String(),
  itemId: Type.String(),
  /** The newer text of the feed, when there is one: what to say when it was looked at. */
  newerMark: Nullable(Type.String()),
})
export type EpisodeOrigin = Static<typeof EpisodeOrigin>

const InGroup = Type.Object({ slug: Type.String() })
const OneShow = Type.Object({ slug: Type.String(), showId: Id })
const OneItem = Type.Object({ slug: Type.String(), showId: Id, itemId: Id })
const OneEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const Address = Type.String({ minLength: 1, maxLength: LONGEST_ADDRESS })
const Mark = Type.String({ minLength: 1, maxLength: 100 })

export const showCalls = define({
  listShows: {
    method: 'GET',
    path: '/api/groups/:slug/shows',
    params: InGroup,
    response: Type.Array(ShowSummary, { maxItems: MOST_SHOWS }),
    summary: 'The shows that a group follows, by title',
  },
  getShow: {
    method: 'GET',
    path: '/api/groups/:slug/shows/:showId',
    params: OneShow,
    response: Show,
    summary: 'A show with its items, newest first',
  },
  followShow: {
    method: 'POST',
    path: '/api/groups/:slug/shows',
    params: InGroup,
    body: Type.Object({ id: Id, url: Address }),
    response: ShowSummary,
    summary:
      'Follow the feed at an address, or the one that the page there names: facilitators and organizers',
  },
  changeShowAddress: {
    method: 'PUT',
    path: '/api/groups/:slug/shows/:showId/address',
    params: OneShow,
    body: Type.Object({ url: Address }),
    response: ShowSummary,
    summary: 'Follow a show at another address. What was decided about its items stays',
  },
  lookAtShow: {
    method: 'POST',
    path: '/api/groups/:slug/shows/:showId/look',
    params: OneShow,
    body: Type.Object({}),
    response: Show,
    summary: 'Ask the feed of a show now, at most once a minute',
  },
  stopFollowing: {
    method: 'DELETE',
    path: '/api/groups/:slug/shows/:showId',
    params: OneShow,
    response: Type.Object({}),
    summary: 'Stop following a show. Episodes that came from it stay',
  },
  previewShowItem: {
    method: 'POST',
    path: '/api/groups/:slug/shows/:showId/items/:itemId/preview',
    params: OneItem,
    body: Type.Object({}),
    response: ItemPreview,
    summary: 'What an item of a show would be as an episode, with its transcript. Saves nothing',
  },
  importShowItem: {
    method: 'POST',
    path: '/api/groups/:slug/shows/:showId/items/:itemId/episode',
    params: OneItem,
    body: Type.Object({
      id: Id,
      /** As somebody put it right after looking at it; as the feed has it when nobody did. */
      episode: Type.Optional(Type.Object({ ...Type.Omit(EpisodeDraft, ['id']).properties })),
      mark: Type.Optional(Mark),
    }),
    response: EpisodeSummary,
    summary: 'Make an episode of an item. A retry with the same id changes nothing',
  },
  dismissShowItem: {
    method: 'PUT',
    path: '/api/groups/:slug/shows/:showId/items/:itemId/dismissed',
    params: OneItem,
    body: Type.Object({ dismissed: Type.Boolean() }),
    response: Type.Object({}),
    summary: 'Put an item aside, or take it back: facilitators and organizers',
  },
  settleShowItem: {
    method: 'PUT',
    path: '/api/groups/:slug/shows/:showId/items/:itemId/text',
    params: OneItem,
    body: Type.Object({ mark: Mark }),
    response: Type.Object({}),
    summary: 'The newer text of the feed was looked at, and taken or left',
  },
  getEpisodeOrigin: {
    method: 'GET',
    path: '/api/groups/:slug/episodes/:episodeId/show',
    params: OneEpisode,
    response: Type.Object({ origin: Nullable(EpisodeOrigin) }),
    summary: 'The show that an episode came from, and whether its feed has a newer text',
  },
})

/** Whether an item stands out: it came while the group followed, lately, and nobody decided about it. */
export const isFresh = (
  item: { appearedAt: Date; fromStart: boolean; dismissedAt: Date | null },
  now: Date,
): boolean =>
  !item.fromStart && item.dismissedAt === null && now.getTime() - item.appearedAt.getTime() < NEW_FOR

/** When its feed may be asked again by hand. */
export const mayLookAt = ({ checkedAt }: Pick<ShowSummary, 'checkedAt'>): Date =>
  new Date(Date.parse(checkedAt) + LOOK_AGAIN_AFTER)
