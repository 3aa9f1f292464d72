import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_REASON } from './groups.ts'
import { postParts, Quote } from './post-parts.ts'
import { Ranges } from './ranges.ts'
import { Position, ReadMark } from './rooms.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Empty = Type.Object({})

/** How many characters before and after a quote are kept, to find it again. */
export const CONTEXT = 32
export const LONGEST_QUOTE = 2_000
export const LONGEST_POST = 8_000
export const LONGEST_TITLE = 160
/** How many threads a log holds, of an episode or of a group, and how many posts a thread. */
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
  /** The revision of the transcript that the words were taken from. */
  revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
  /** The words that it was about at first, once somebody placed it on others. Set by the server. */
  original: Type.Optional(Type.String({ maxLength: LONGEST_QUOTE })),
})
export type Anchor = Static<typeof Anchor>

export const hasWords = ({ quote, prefix, suffix, speaker, original }: Anchor): boolean =>
  [quote, prefix, suffix, speaker, original].some(Boolean)

/** The moment alone, for when the words that somebody chose are out of sight. */
export const withoutWords = ({ original: _, ...anchor }: Anchor): Anchor => ({
  ...anchor,
  quote: '',
  prefix: '',
  suffix: '',
  speaker: null,
})

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
  ...postParts,
})
export type Post = Static<typeof Post>

/** A session, as a thread mentions it. */
export const SessionOfThread = Type.Object({ id: Id, title: Type.String(), startsAt: Instant })
export type SessionOfThread = Static<typeof SessionOfThread>

/** A thread, as everybody sees it. */
export const Thread = Type.Object({
  id: Id,
  /** The episode it stands in; none: it is a thread of the group. */
  episodeId: Nullable(Id),
  /** The session that a thread of the group is about. */
  session: Nullable(SessionOfThread),
  /** None: it is about the whole of where it stands. */
  anchor: Nullable(Anchor),
  /** Heading of a thread without anchor; empty once its first post is withdrawn, and while that is hidden. */
  title: Nullable(Type.String()),
  question: Question,
  /** The session whose plan took the question up. */
  plannedIn: Nullable(SessionOfThread),
  /** What answered the question, when somebody said so: a session, or a post of the thread. */
  answeredIn: Nullable(SessionOfThread),
  answeredBy: Nullable(Id),
  /** Nobody reads what others wrote after the first post before they wrote something themselves. */
  answerFirst: Type.Boolean(),
  /** How many answers such a thread has; 0 in others. */
  answers: Type.Integer(),
  startedBy: Writer,
  startedAt: Instant,
  /** The number of its newest post. */
  lastNumber: Type.Integer(),
  posts: Type.Array(Post),
})
export type Thread = Static<typeof Thread>

/** A thread, as one reader sees it: `read` are the numbers of the posts that they have read. */
export const ReadThread = Type.Interface([Thread], {
  read: Ranges,
  /** The answers of others wait until this reader has answered; only the first post is here. */
  shut: Type.Boolean(),
  /** Something changed in it that is not told: fetch it. Never set by the server. */
  stale: Type.Optional(Type.Boolean()),
})
export type ReadThread = Static<typeof ReadThread>

/** A thread that hangs on something in its episode. */
export type AnchoredThread = ReadThread & { anchor: Anchor }
export const isAnchored = (thread: ReadThread): thread is AnchoredThread => thread.anchor !== null

/** All threads of one log, an episode's or a group's, for one reader, and where the log stood when they were read. */
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

/**
 * A new thread with its first post, on something (`anchor`, in an episode only) or with a title of its own. The writer
 * picks the ids, so a retry is never a second thread.
 */
export const ThreadDraft = Type.Object({
  threadId: Id,
  postId: Id,
  anchor: Type.Optional(Nullable(Anchor)),
  title: Type.Optional(Nullable(Type.String({ maxLength: LONGEST_TITLE }))),
  /** The session that a thread of the group is about. */
  sessionId: Type.Optional(Nullable(Id)),
  body: Body,
  question: Type.Boolean(),
  answerFirst: Type.Optional(Type.Boolean()),
})
export type ThreadDraft = Static<typeof ThreadDraft>

export type AnchoredDraft = ThreadDraft & { anchor: Anchor }

export const PostDraft = Type.Object({ postId: Id, body: Body, quote: Type.Optional(Nullable(Quote)) })
export type PostDraft = Static<typeof PostDraft>

/** Whether a thread is a question, and what answered it: a post of it, a session that is over, or neither. */
export const QuestionDraft = Type.Object({
  question: Type.Union([Type.Literal('none'), Type.Literal('open'), Type.Literal('answered')]),
  postId: Type.Optional(Id),
  sessionId: Type.Optional(Id),
})
export type QuestionDraft = Static<typeof QuestionDraft>

const InGroup = Type.Object({ slug: Type.String() })
const InEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const InThread = Type.Object({ slug: Type.String(), threadId: Id })
const OfPost = Type.Object({ slug: Type.String(), threadId: Id, postId: Id })

const OF_EPISODE = '/api/groups/:slug/episodes/:episodeId/threads'
const THREADS = '/api/groups/:slug/threads'

export const threadCalls = define({
  getDiscussion: {
    method: 'GET',
    path: OF_EPISODE,
    params: InEpisode,
    response: Discussion,
    summary: 'The threads of an episode, what I have read of them, and where the log of the episode stands',
  },
  startThread: {
    method: 'POST',
    path: OF_EPISODE,
    params: InEpisode,
    body: ThreadDraft,
    response: ReadThread,
    summary:
      'Start a thread on a moment, a chapter or a quote, or with a title about the whole episode. Sending it again changes nothing',
  },
  getGroupDiscussion: {
    method: 'GET',
    path: THREADS,
    params: InGroup,
    query: Type.Object({ session: Type.Optional(Id), thread: Type.Optional(Id) }),
    response: Discussion,
    summary:
      'The threads of a group and of its sessions, of one session or only one of them, what I have read of them, and where the log of the group stands',
  },
  startGroupThread: {
    method: 'POST',
    path: THREADS,
    params: InGroup,
    body: ThreadDraft,
    response: ReadThread,
    summary: 'Start a thread of the group, or about one of its sessions. Sending it again changes nothing',
  },
  getThread: {
    method: 'GET',
    path: `${THREADS}/:threadId`,
    params: InThread,
    response: ReadThread,
    summary: 'One thread, of an episode or of the group, as I may read it',
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
    /** `revision`: the wording that was changed. Another one since is not written over. */
    body: Type.Object({ body: Body, revision: Type.Optional(Type.Integer({ minimum: 0 })) }),
    response: Post,
    summary: 'Change the words of my own post. What it said before stays to be read',
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
    body: QuestionDraft,
    response: Type.Object({ question: Question }),
    summary:
      'Say whether a thread is an open question, or by what it was answered: whoever started it or a facilitator',
  },
  titleThread: {
    method: 'PUT',
    path: `${THREADS}/:threadId/title`,
    params: InThread,
    body: Type.Object({ title: Type.String({ minLength: 1, maxLength: LONGEST_TITLE }) }),
    response: Type.Object({ title: Type.String() }),
    summary: 'Change the title of a thread that I started',
  },
  placeThread: {
    method: 'PUT',
    path: `${THREADS}/:threadId/anchor`,
    params: InThread,
    body: Anchor,
    response: ReadThread,
    summary: 'Say what a thread is about, when the transcript changed: whoever started it or a facilitator',
  },
  markRead: {
    method: 'PUT',
    path: `${THREADS}/:threadId/read`,
    params: InThread,
    body: Type.Object({ posts: Ranges }),
    response: ReadMark,
    summary: 'Say which posts of a thread I have read, by their numbers. What was read before stays read',
  },
  previewPost: {
    method: 'POST',
    path: '/api/preview',
    body: Type.Object({ body: Type.String({ maxLength: LONGEST_POST }) }),
    response: Type.Object({ html: Type.String() }),
    summary: 'Markdown as it will look in a post. Stores nothing',
  },
})
