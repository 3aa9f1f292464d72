import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_REASON } from './groups.ts'
import { Position } from './rooms.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Empty = Type.Object({})

/** How many characters before and after a quote are kept, to find it again. */
export const CONTEXT = 32
export const LONGEST_QUOTE = 2_000
export const LONGEST_POST = 8_000
/** How many threads an episode holds, and how many posts a thread. */
export const MOST_THREADS = 500
export const MOST_POSTS = 500

/**
 * Where in an episode a thread hangs. All of it is stored, so that it can be found again when the transcript is
 * imported anew: the exact words and what stood around them, who said them, and when (seconds).
 */
export const Anchor = Type.Object({
  /** Empty when a moment or a chapter is meant, not words. */
  quote: Type.String({ maxLength: LONGEST_QUOTE }),
  prefix: Type.String({ maxLength: CONTEXT }),
  suffix: Type.String({ maxLength: CONTEXT }),
  speaker: Nullable(Type.String({ maxLength: 200 })),
  start: Nullable(Type.Number({ minimum: 0 })),
  end: Nullable(Type.Number({ minimum: 0 })),
  /** Start of the chapter, in seconds. */
  chapter: Nullable(Type.Number({ minimum: 0 })),
  /** The words that it was about at first, once somebody placed it on others. Set by the server. */
  original: Type.Optional(Type.String({ maxLength: LONGEST_QUOTE })),
})
export type Anchor = Static<typeof Anchor>

/** Whether a thread is a question for a session: asked, in the plan of one, or answered there. */
export const Question = Type.Union([
  Type.Literal('none'),
  Type.Literal('open'),
  Type.Literal('planned'),
  Type.Literal('answered'),
])
export type Question = Static<typeof Question>

/** Whoever wrote something; null once their account is gone. */
export const Writer = Nullable(Type.Object({ id: Id, name: Type.String() }))
export type Writer = Static<typeof Writer>

/** Out of sight, and who did that. */
export const Hidden = Nullable(Type.Enum(['organizer', 'facilitator', 'operator']))
export type Hidden = Static<typeof Hidden>

export const Post = Type.Object({
  id: Id,
  /** Its place in the thread, counted from 1 without gaps. */
  number: Type.Integer(),
  by: Writer,
  /** Markdown; empty once withdrawn, and while hidden. */
  body: Type.String(),
  /** `body` as sanitised HTML. */
  html: Type.String(),
  postedAt: Instant,
  editedAt: Nullable(Instant),
  withdrawn: Type.Boolean(),
  hidden: Hidden,
  /** Withdrawn by nobody: the group keeps no words that long. */
  forgotten: Type.Optional(Type.Boolean()),
})
export type Post = Static<typeof Post>

/** A thread, as everybody sees it. */
export const Thread = Type.Object({
  id: Id,
  anchor: Anchor,
  question: Question,
  startedBy: Writer,
  startedAt: Instant,
  /** The number of its newest post. */
  lastNumber: Type.Integer(),
  posts: Type.Array(Post),
})
export type Thread = Static<typeof Thread>

/** A thread, as one reader sees it: `read` is the number of the last post they have read. */
export const ReadThread = Type.Interface([Thread], { read: Type.Integer() })
export type ReadThread = Static<typeof ReadThread>

/** All threads of an episode, for one reader, and where the episode's log stood when they were read. */
export const Discussion = Type.Object({
  position: Position,
  reader: Type.Object({
    id: Id,
    facilitates: Type.Boolean(),
    organizes: Type.Boolean(),
    /** Whose posts I would rather not see. */
    blocked: Type.Array(Id),
  }),
  threads: Type.Array(ReadThread, { maxItems: MOST_THREADS }),
})
export type Discussion = Static<typeof Discussion>

const Body = Type.String({ minLength: 1, maxLength: LONGEST_POST })

/** A hidden post, for its writer and for whoever may show it again. */
export const HiddenPost = Type.Object({
  body: Type.String(),
  html: Type.String(),
  reason: Type.String(),
  hiddenAt: Instant,
})
export type HiddenPost = Static<typeof HiddenPost>

/** A new thread with its first post. The writer picks the ids, so a retry is never a second thread. */
export const ThreadDraft = Type.Object({
  threadId: Id,
  postId: Id,
  anchor: Anchor,
  body: Body,
  question: Type.Boolean(),
})
export type ThreadDraft = Static<typeof ThreadDraft>

export const PostDraft = Type.Object({ postId: Id, body: Body })
export type PostDraft = Static<typeof PostDraft>

const InEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const InThread = Type.Object({ slug: Type.String(), episodeId: Id, threadId: Id })
const OfPost = Type.Object({ slug: Type.String(), episodeId: Id, threadId: Id, postId: Id })

const THREADS = '/api/groups/:slug/episodes/:episodeId/threads'

export const threadCalls = define({
  getDiscussion: {
    method: 'GET',
    path: THREADS,
    params: InEpisode,
    response: Discussion,
    summary: 'The threads of an episode, what I have read of them, and where the log of the episode stands',
  },
  startThread: {
    method: 'POST',
    path: THREADS,
    params: InEpisode,
    body: ThreadDraft,
    response: Thread,
    summary: 'Start a thread on a moment, a chapter or a quote. Sending it again changes nothing',
  },
  reply: {
    method: 'POST',
    path: `${THREADS}/:threadId/posts`,
    params: InThread,
    body: PostDraft,
    response: Post,
    summary: 'Reply in a thread, in Markdown. Sending it again changes nothing',
  },
  editPost: {
    method: 'PATCH',
    path: `${THREADS}/:threadId/posts/:postId`,
    params: OfPost,
    body: Type.Object({ body: Body }),
    response: Post,
    summary: 'Change the words of my own post',
  },
  withdrawPost: {
    method: 'DELETE',
    path: `${THREADS}/:threadId/posts/:postId`,
    params: OfPost,
    response: Empty,
    summary: 'Withdraw my own post. The words are gone everywhere',
  },
  hidePost: {
    method: 'PUT',
    path: `${THREADS}/:threadId/posts/:postId/hidden`,
    params: OfPost,
    body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: LONGEST_REASON, pattern: '\\S' }) }),
    response: Empty,
    summary: 'Take a post of somebody else out of sight, as a facilitator. Its writer hears the reason',
  },
  showPost: {
    method: 'DELETE',
    path: `${THREADS}/:threadId/posts/:postId/hidden`,
    params: OfPost,
    response: Post,
    summary: 'Show a hidden post again. What an organizer hid, only an organizer shows',
  },
  readHiddenPost: {
    method: 'GET',
    path: `${THREADS}/:threadId/posts/:postId/hidden`,
    params: OfPost,
    response: HiddenPost,
    summary: 'A hidden post and the reason: for its writer, and for facilitators',
  },
  setQuestion: {
    method: 'PUT',
    path: `${THREADS}/:threadId/question`,
    params: InThread,
    body: Type.Object({
      question: Type.Union([Type.Literal('none'), Type.Literal('open'), Type.Literal('answered')]),
    }),
    response: Type.Object({ question: Question }),
    summary: 'Say whether a thread is an open question, or answered: whoever started it or a facilitator',
  },
  placeThread: {
    method: 'PUT',
    path: `${THREADS}/:threadId/anchor`,
    params: InThread,
    body: Anchor,
    response: Thread,
    summary: 'Say what a thread is about, when the transcript changed: whoever started it or a facilitator',
  },
  markRead: {
    method: 'PUT',
    path: `${THREADS}/:threadId/read`,
    params: InThread,
    body: Type.Object({ number: Type.Integer({ minimum: 0 }) }),
    response: Type.Object({ read: Type.Integer() }),
    summary: 'Say how far I have read a thread. Never goes back',
  },
  previewPost: {
    method: 'POST',
    path: '/api/preview',
    body: Type.Object({ body: Type.String({ maxLength: LONGEST_POST }) }),
    response: Type.Object({ html: Type.String() }),
    summary: 'Markdown as it will look in a post. Stores nothing',
  },
})
