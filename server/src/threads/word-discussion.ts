import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import { isAnswer } from '#shared/answer-first.ts'
import type { DiscussionEvent } from '#shared/discussion.ts'
import type { Hidden, Post, Thread } from '#shared/threads.ts'
import type { NumberedStoredEvent } from '../rooms/rooms.ts'
import { readPosts, readThreads } from './read-threads.ts'

/** What a log keeps of its threads: ids, not words. */
type Stored =
  | {
      type:
        | 'thread-started'
        | 'post-added'
        | 'post-edited'
        | 'post-shown'
        | 'post-withdrawn'
        | 'reactions-changed'
      threadId: string
      postId: string
    }
  | { type: 'post-hidden'; threadId: string; postId: string; hidden: Hidden }
  | { type: 'question-set' | 'thread-placed' | 'thread-titled'; threadId: string }
  | { type: 'episode-changed' }
  | { type: 'account-deleted'; accountId: string }

/** Adds the words as they are now: what was withdrawn meanwhile has none, however old the event. */
export async function wordDiscussion(
  reader: Reader,
  _roomId: string,
  stored: NumberedStoredEvent[],
): Promise<DiscussionEvent[]> {
  const events = stored.map(({ event }) => event as Stored)
  const asking = await findAnswerFirst(reader, events)
  const whole = events.flatMap((event) =>
    'threadId' in event && (isAboutThread(event) || asking.has(event.threadId)) ? [event.threadId] : [],
  )
  const found = whole.length > 0 ? await readThreads(reader, inArray(threads.id, whole)) : []
  const thread = new Map(found.map((one) => [one.id, one]))
  const spoken = events.flatMap((event) =>
    'postId' in event && event.type !== 'post-hidden' && !asking.has(event.threadId) ? [event.postId] : [],
  )
  const worded = spoken.length > 0 ? await readPosts(reader, inArray(posts.id, spoken)) : []
  const post = new Map([
    ...worded.map((one) => [one.post.id, one.post] as const),
    ...found.flatMap((one) => one.posts.map((its) => [its.id, its] as const)),
  ])

  return events.map((event): DiscussionEvent => {
    if (event.type === 'account-deleted' || event.type === 'episode-changed') return event
    const its = thread.get(event.threadId)
    if ('postId' in event) {
      const said = post.get(event.postId)
      // Whoever listens may not have answered yet: whoever may read it fetches it.
      if (asking.has(event.threadId) && its && (!said || isAnswer(said)))
        return { type: 'answers-changed', threadId: its.id, answers: its.answers }
      return wordPost(event, said, its)
    }
    // A thread is only gone together with its episode, and then nobody hears of it.
    if (!its) throw new Error(`There is no thread ${event.threadId}.`)
    return wordThread(event.type, its)
  })
}

type ThreadEvent = Extract<Stored, { type: 'question-set' | 'thread-placed' | 'thread-titled' }>
type PostEvent = Extract<Stored, { postId: string }>

const isAboutThread = ({ type }: Stored): boolean =>
  type === 'thread-started' || type === 'question-set' || type === 'thread-placed' || type === 'thread-titled'

/** The threads among them that ask to be answered before they are read. */
async function findAnswerFirst(reader: Reader, events: Stored[]): Promise<Set<string>> {
  const ids = [...new Set(events.flatMap((event) => ('postId' in event ? [event.threadId] : [])))]
  if (ids.length === 0) return new Set()
  const asking = await reader
    .select({ id: threads.id })
    .from(threads)
    .where(and(inArray(threads.id, ids), eq(threads.answerFirst, true)))
  return new Set(asking.map(({ id }) => id))
}

function wordThread(type: ThreadEvent['type'], thread: Thread): DiscussionEvent {
  const { id: threadId } = thread
  switch (type) {
    case 'question-set': {
      const { question, plannedIn, answeredIn, answeredBy } = thread
      return { type, threadId, question, plannedIn, answeredIn, answeredBy }
    }
    case 'thread-placed':
      return { type, threadId, anchor: thread.anchor }
    case 'thread-titled':
      return { type, threadId, title: thread.title }
  }
}

function wordPost(event: PostEvent, post: Post | undefined, thread: Thread | undefined): DiscussionEvent {
  const { threadId } = event
  switch (event.type) {
    case 'post-hidden':
      return event
    case 'thread-started':
      // As it was at its start: later posts come with their own events.
      if (post && thread)
        return { type: event.type, thread: { ...thread, lastNumber: post.number, posts: [post] } }
      break
    case 'post-added':
    case 'post-edited':
    case 'post-shown':
      if (post) return { type: event.type, threadId, post }
      break
    case 'reactions-changed':
      if (post) return { type: event.type, threadId, postId: post.id, reactions: post.reactions }
      break
    case 'post-withdrawn':
  }
  return { type: 'post-withdrawn', threadId, postId: event.postId }
}
