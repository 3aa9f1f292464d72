import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Anchor } from './threads.ts'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const InEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const OneHighlight = Type.Object({ slug: Type.String(), episodeId: Id, highlightId: Id })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const LONGEST_NOTE = 4_000
/** How many highlights somebody has in one episode. */
export const MOST_HIGHLIGHTS = 500
/** How many episodes a page of highlights shows. */
export const EPISODES_A_PAGE = 20

/** Words of an episode that I marked for myself, with a note that may be empty. */
export const Highlight = Type.Object({
  id: Id,
  anchor: Anchor,
  /** Plain text. */
  note: Type.String(),
  markedAt: Instant,
  editedAt: orNull(Instant),
})
export type Highlight = Static<typeof Highlight>

/** What I mark. I pick the id, so a retry is never a second one, and taking a deletion back is sending it again. */
export const HighlightDraft = Type.Object({
  anchor: Anchor,
  note: Type.String({ maxLength: LONGEST_NOTE }),
})
export type HighlightDraft = Static<typeof HighlightDraft>

/** My highlights of one episode. */
export const HighlightedEpisode = Type.Object({
  group: Type.Object({ slug: Type.String(), name: Type.String() }),
  episode: Type.Object({ id: Id, title: Type.String(), showTitle: orNull(Type.String()) }),
  highlights: Type.Array(Highlight),
})
export type HighlightedEpisode = Static<typeof HighlightedEpisode>

/** Who reads highlights, and who never does. The page, the server and the stories go by it. */
export const HIGHLIGHT_POLICY = {
  reads: ['you'],
  never: ['the others in the group', 'facilitators', 'organizers'],
} as const

export const highlightSentence = ({ reads, never }: typeof HIGHLIGHT_POLICY = HIGHLIGHT_POLICY): string =>
  `Only ${reads.join(' and ')} read this: not ${never.slice(0, -1).join(', not ')}, and not ${never.at(-1) ?? ''}.`

const HIGHLIGHTS = '/api/groups/:slug/episodes/:episodeId/highlights'
const markdown = { type: 'text/markdown; charset=utf-8', response: Type.String() }

export const highlightCalls = define({
  listHighlights: {
    method: 'GET',
    path: HIGHLIGHTS,
    params: InEpisode,
    response: Type.Array(Highlight, { maxItems: MOST_HIGHLIGHTS }),
    summary: 'My highlights of an episode, in the order of the episode. Nobody else reads them',
  },
  saveHighlight: {
    method: 'PUT',
    path: `${HIGHLIGHTS}/:highlightId`,
    params: OneHighlight,
    body: HighlightDraft,
    response: Highlight,
    summary: 'Mark words for myself, or change the words or the note. A retry changes nothing',
  },
  deleteHighlight: {
    method: 'DELETE',
    path: `${HIGHLIGHTS}/:highlightId`,
    params: OneHighlight,
    response: Type.Object({}),
    summary: 'Delete a highlight of mine with its note',
  },
  exportHighlights: {
    method: 'GET',
    path: `${HIGHLIGHTS}.md`,
    params: InEpisode,
    ...markdown,
    summary: 'My highlights of an episode as Markdown',
  },
  listMyHighlights: {
    method: 'GET',
    path: '/api/me/highlights',
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
    response: Type.Object({
      episodes: Type.Array(HighlightedEpisode, { maxItems: EPISODES_A_PAGE }),
      /** How many episodes I marked something in, in groups that I am in. */
      total: Type.Integer(),
    }),
    summary: 'My highlights in all my groups, the episode that I marked last first',
  },
  exportMyHighlights: {
    method: 'GET',
    path: '/api/me/highlights.md',
    ...markdown,
    summary: 'My highlights in all my groups as Markdown',
  },
})
