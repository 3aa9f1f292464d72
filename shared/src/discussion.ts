import Type, { type Static } from 'typebox'
import {
  Anchor,
  Hidden,
  Post,
  Question,
  SessionOfThread,
  Thread,
  withoutWords,
  type Discussion,
  type ReadThread,
} from './threads.ts'
import { includes, union, upTo } from './ranges.ts'
import type { ReadMark } from './rooms.ts'
import { afterDeletion, afterHiding, afterWithdrawal } from './post-changes.ts'
import { Reaction } from './post-parts.ts'

/** News of the threads of an episode or of a group, with its words. */
export const DiscussionEvent = Type.Union([
  Type.Object({ type: Type.Literal('thread-started'), thread: Thread }),
  Type.Object({ type: Type.Literal('post-added'), threadId: Type.String(), post: Post }),
  Type.Object({ type: Type.Literal('post-edited'), threadId: Type.String(), post: Post }),
  Type.Object({ type: Type.Literal('post-withdrawn'), threadId: Type.String(), postId: Type.String() }),
  Type.Object({
    type: Type.Literal('post-hidden'),
    threadId: Type.String(),
    postId: Type.String(),
    hidden: Hidden,
  }),
  Type.Object({ type: Type.Literal('post-shown'), threadId: Type.String(), post: Post }),
  Type.Object({
    type: Type.Literal('question-set'),
    threadId: Type.String(),
    question: Question,
    plannedIn: Type.Union([SessionOfThread, Type.Null()]),
    answeredIn: Type.Union([SessionOfThread, Type.Null()]),
    answeredBy: Type.Union([Type.String(), Type.Null()]),
  }),
  Type.Object({
    type: Type.Literal('reactions-changed'),
    threadId: Type.String(),
    postId: Type.String(),
    reactions: Type.Array(Reaction),
  }),
  /** The heading of a thread as it is now: it comes and goes with the first post. */
  Type.Object({
    type: Type.Literal('thread-titled'),
    threadId: Type.String(),
    title: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Something is new among answers that not everybody may read yet: it travels without words. */
  Type.Object({ type: Type.Literal('answers-changed'), threadId: Type.String(), answers: Type.Integer() }),
  /** Its text was imported again: whoever reads it loads it anew. */
  Type.Object({ type: Type.Literal('episode-changed') }),
  Type.Object({
    type: Type.Literal('thread-placed'),
    threadId: Type.String(),
    anchor: Type.Union([Anchor, Type.Null()]),
  }),
  /** Somebody is gone from Shortside, with all they wrote. */
  Type.Object({ type: Type.Literal('account-deleted'), accountId: Type.String() }),
])
export type DiscussionEvent = Static<typeof DiscussionEvent>

/**
 * The discussion after one more event: old state + events = freshly loaded state. The words of an event are those of
 * the time when it is heard, so hearing the past again ends in the present.
 */
export function applyDiscussionEvent(
  discussion: Discussion,
  event: DiscussionEvent,
  number = discussion.position.number + 1,
): Discussion {
  const next = { ...discussion, position: { ...discussion.position, number } }
  const change = (threadId: string, how: (thread: ReadThread) => ReadThread): Discussion => ({
    ...next,
    threads: discussion.threads.map((thread) => (thread.id === threadId ? how(thread) : thread)),
  })

  switch (event.type) {
    case 'thread-started': {
      if (discussion.threads.some(({ id }) => id === event.thread.id)) return next
      const own = event.thread.startedBy?.id === discussion.reader.id
      const thread: ReadThread = {
        ...event.thread,
        read: own ? upTo(event.thread.lastNumber) : [],
        shut: event.thread.answerFirst,
      }
      return { ...next, threads: inOrder([...discussion.threads, thread]) }
    }
    case 'post-added':
      return change(event.threadId, (thread) => ({
        ...thread,
        lastNumber: Math.max(thread.lastNumber, event.post.number),
        // Whoever replies has read what came before.
        read:
          event.post.by?.id === discussion.reader.id
            ? union(thread.read, upTo(event.post.number))
            : thread.read,
        posts: [...thread.posts.filter(({ id }) => id !== event.post.id), event.post].sort(
          (a, b) => a.number - b.number,
        ),
      }))
    case 'post-edited':
    case 'post-shown':
      return change(event.threadId, (thread) => ({
        ...thread,
        posts: thread.posts.map((post) => (post.id === event.post.id ? event.post : post)),
      }))
    case 'post-withdrawn':
      return change(event.threadId, (thread) => ({
        ...thread,
        posts: afterWithdrawal(thread.posts, event.postId),
      }))
    case 'post-hidden':
      return change(event.threadId, (thread) => ({
        ...thread,
        posts: afterHiding(thread.posts, event.postId, event.hidden),
      }))
    case 'reactions-changed':
      return change(event.threadId, (thread) => ({
        ...thread,
        posts: thread.posts.map((post) =>
          post.id === event.postId ? { ...post, reactions: event.reactions } : post,
        ),
      }))
    case 'question-set':
      return change(event.threadId, (thread) => ({
        ...thread,
        question: event.question,
        plannedIn: event.plannedIn,
        answeredIn: event.answeredIn,
        answeredBy: event.answeredBy,
      }))
    case 'thread-titled':
      return change(event.threadId, (thread) => ({ ...thread, title: event.title }))
    case 'answers-changed':
      return change(event.threadId, (thread) => ({ ...thread, answers: event.answers, stale: true }))
    case 'thread-placed':
      return change(event.threadId, (thread) => ({ ...thread, anchor: event.anchor }))
    case 'episode-changed':
      return next
    case 'account-deleted':
      return {
        ...next,
        threads: discussion.threads.map((thread) => withoutWriter(thread, event.accountId)),
      }
  }
}

/** Their words are gone and their name; the numbers of the posts stay as they are. */
function withoutWriter(thread: ReadThread, accountId: string): ReadThread {
  return {
    ...thread,
    startedBy: thread.startedBy?.id === accountId ? null : thread.startedBy,
    title: thread.title !== null && thread.startedBy?.id === accountId ? '' : thread.title,
    anchor: thread.anchor && thread.startedBy?.id === accountId ? withoutWords(thread.anchor) : thread.anchor,
    // How many answers are left is not told.
    ...(thread.answerFirst ? { stale: true } : {}),
    posts: afterDeletion(thread.posts, accountId),
  }
}

/** Threads in the order in which they were started. */
export function inOrder<T extends Pick<Thread, 'startedAt' | 'id'>>(threads: T[]): T[] {
  const key = ({ startedAt, id }: T) => `${startedAt} ${id}`
  return threads.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** What is shown of a thread: a withdrawn post leaves a trace only where somebody answered after it. */
export function visiblePosts(posts: readonly Post[]): Post[] {
  return posts.slice(0, posts.findLastIndex(({ withdrawn }) => !withdrawn) + 1)
}

/** A thread of which every word was withdrawn is not shown any more. */
export const visibleThreads = <T extends Pick<Thread, 'posts'>>(threads: readonly T[]): T[] =>
  threads.filter(({ posts }) => posts.some(({ withdrawn }) => !withdrawn))

type Reader = Discussion['reader']

/** Whether this is new to somebody: words of others that are there to be read, and not of somebody they blocked. */
export const isNews = ({ by, withdrawn, hidden }: Post, reader: Reader): boolean =>
  !withdrawn && hidden === null && by?.id !== reader.id && !isBlocked({ by }, reader)

export const isBlocked = ({ by }: Pick<Post, 'by'>, reader: Reader): boolean =>
  by !== null && reader.blocked.includes(by.id)

/** How many posts of a thread its reader has not read. */
export const unread = ({ posts, read }: ReadThread, reader: Reader): number =>
  posts.filter((post) => !includes(read, post.number) && isNews(post, reader)).length

/** The first post of a thread that its reader has not read. */
export const firstUnread = ({ posts, read }: ReadThread, reader: Reader): Post | undefined =>
  posts.find((post) => !includes(read, post.number) && isNews(post, reader))

/** The first thread, in the order given, with something that its reader has not read; after one of them, if asked. */
export function nextUnread<T extends ReadThread>(
  threads: readonly T[],
  reader: Reader,
  after?: string,
): { thread: T; post: Post } | undefined {
  const from = threads.findIndex(({ id }) => id === after) + 1
  for (const thread of [...threads.slice(from), ...threads.slice(0, from)]) {
    const post = firstUnread(thread, reader)
    if (post) return { thread, post }
  }
  return undefined
}

/** The discussion after this reader read, or unread, something on one of their pages. */
export const withMark = (discussion: Discussion, { threadId, read }: ReadMark): Discussion => ({
  ...discussion,
  threads: discussion.threads.map((thread) => (thread.id === threadId ? { ...thread, read } : thread)),
})

export const isMine = ({ by }: Pick<Post, 'by'>, reader: Reader): boolean => by?.id === reader.id

export const mayEdit = ({ by, withdrawn, hidden }: Post, reader: Reader): boolean =>
  !withdrawn && hidden === null && by?.id === reader.id

export const mayWithdraw = ({ by, withdrawn }: Post, reader: Reader): boolean =>
  !withdrawn && by?.id === reader.id

export const mayHide = ({ by, withdrawn, hidden }: Post, reader: Reader): boolean =>
  !withdrawn && hidden === null && reader.facilitates && by?.id !== reader.id

/** Nobody lifts what weighs more than they do, nor what was done to themselves. */
export const mayShow = ({ by, hidden }: Pick<Post, 'by' | 'hidden'>, reader: Reader): boolean =>
  by?.id !== reader.id &&
  (hidden === 'organizer' ? reader.organizes : hidden === 'facilitator' && reader.facilitates)

/** Whoever started a thread, or a facilitator, says whether it is a question and what it is about. */
export const mayLeadThread = ({ startedBy }: Pick<Thread, 'startedBy'>, reader: Reader): boolean =>
  startedBy?.id === reader.id || reader.facilitates
