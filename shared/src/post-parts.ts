import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { REACTIONS, type ReactionKind } from './words.ts'

/** What belongs to a post besides its words: whom it mentions, what it quotes, what others said about it, what it was. */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Longer words are quoted as the whole post. */
export const LONGEST_EXCERPT = 1_000
/** How often the words of one post can be changed. */
export const MOST_VERSIONS = 100
export const MOST_WAITING_MENTIONS = 50

const Named = Type.Object({ id: Id, name: Type.String() })

/** What a post quotes: an earlier post of its thread, or some words of it, mentions by id. Empty: all of it. */
export const Quote = Type.Object({
  postId: Id,
  words: Type.String({ maxLength: LONGEST_EXCERPT }),
})
export type Quote = Static<typeof Quote>

/** Who said the same thing about a post, in the order in which they said it. */
export const Reaction = Type.Object({ kind: Type.Enum([...REACTIONS]), by: Type.Array(Named) })
export type Reaction = Static<typeof Reaction>

/** Fields of a post. All of them are empty while its words are not there to be read. */
export const postParts = {
  /** How often its words were changed. */
  revision: Type.Integer({ minimum: 0 }),
  /** Whom it mentions, of those who are still there. */
  mentions: Type.Array(Named),
  /** Null also while what it quoted is not there to be read. */
  quote: Nullable(Quote),
  reactions: Type.Array(Reaction),
}
export type PostParts = Static<Type.TObject<typeof postParts>>

/** A post without words has none of these. */
export const NO_PARTS = { mentions: [], quote: null, reactions: [] } satisfies Partial<PostParts>

/** What a post says and said: oldest first, the last is how it reads now. */
export const PostHistory = Type.Object({
  /** Whom any of its wordings mentions, of those who are still there. */
  mentions: Type.Array(Named),
  versions: Type.Array(Type.Object({ revision: Type.Integer(), body: Type.String(), writtenAt: Instant })),
})
export type PostHistory = Static<typeof PostHistory>

/** Somebody mentioned me, and I have not seen it yet. */
export const WaitingMention = Type.Object({
  postId: Id,
  by: Type.Object({ id: Id, name: Type.String() }),
  group: Type.Object({ slug: Type.String(), name: Type.String() }),
  /** What the thread is about: the title of an episode or of the thread. */
  about: Nullable(Type.String()),
  /** The beginning of the words; null in a thread that waits for my answer first. */
  words: Nullable(Type.String()),
  /** The page with the post. */
  path: Type.String(),
  mentionedAt: Instant,
})
export type WaitingMention = Static<typeof WaitingMention>

const OfPost = Type.Object({ slug: Type.String(), threadId: Id, postId: Id })
const OfReaction = Type.Object({
  slug: Type.String(),
  threadId: Id,
  postId: Id,
  kind: Type.Enum([...REACTIONS]),
})
const Reactions = Type.Array(Reaction)
const POST = '/api/groups/:slug/threads/:threadId/posts/:postId'

export const postPartCalls = define({
  react: {
    method: 'PUT',
    path: `${POST}/reactions/:kind`,
    params: OfReaction,
    response: Reactions,
    summary:
      'Say “me too”, “tried it” or “thanks” about the post of somebody else. A second time changes nothing',
  },
  takeReactionBack: {
    method: 'DELETE',
    path: `${POST}/reactions/:kind`,
    params: OfReaction,
    response: Reactions,
    summary: 'Take such a word back',
  },
  readHistory: {
    method: 'GET',
    path: `${POST}/versions`,
    params: OfPost,
    response: PostHistory,
    summary: 'What a post said before it was changed. Nothing of one that is withdrawn or hidden',
  },
  previewInGroup: {
    method: 'POST',
    path: '/api/groups/:slug/preview',
    params: Type.Object({ slug: Type.String() }),
    body: Type.Object({ body: Type.String({ maxLength: 8_000 }) }),
    response: Type.Object({ html: Type.String() }),
    summary:
      'Markdown as it will look in a post of this group, with the names of those it mentions. Stores nothing',
  },
  listMyMentions: {
    method: 'GET',
    path: '/api/me/mentions',
    response: Type.Array(WaitingMention),
    summary: 'Where I was mentioned and have not looked yet, newest first',
  },
  seeMention: {
    method: 'PUT',
    path: '/api/me/mentions/:postId/seen',
    params: Type.Object({ postId: Id }),
    response: Type.Object({}),
    summary: 'Say that I have seen where I was mentioned. A second time changes nothing',
  },
})

/** How each is said, by whoever presses it and in lists. */
export const REACTION_WORDS: Record<ReactionKind, string> = {
  'me-too': 'Me too',
  'tried-it': 'Tried it',
  thanks: 'Thanks',
}
