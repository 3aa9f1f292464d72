import { inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import type { DiscussionEvent } from '#shared/discussion.ts'
import type { Question } from '#shared/threads.ts'
import type { NumberedStoredEvent } from '../rooms/rooms.ts'
import { readPosts, readThreads } from './read-threads.ts'

/** What the log of an episode keeps of its threads: ids, not words. */
type Stored =
  | {
      type: 'thread-started' | 'post-added' | 'post-edited' | 'post-withdrawn'
      threadId: string
      postId: string
    }
  | { type: 'question-set'; threadId: string; question: Question }
  | { type: 'account-deleted'; accountId: string }

/** Adds the words as they are now: what was withdrawn meanwhile has none, however old the event. */
export async function wordDiscussion(
  reader: Reader,
  _roomId: string,
  stored: NumberedStoredEvent[],
): Promise<DiscussionEvent[]> {
  const events = stored.map(({ event }) => event as Stored)
  const started = events.flatMap((event) => (event.type === 'thread-started' ? [event.threadId] : []))
  const spoken = events.flatMap((event) => ('postId' in event ? [event.postId] : []))
  const worded = spoken.length > 0 ? await readPosts(reader, inArray(posts.id, spoken)) : []
  const post = new Map(worded.map((one) => [one.post.id, one.post]))
  const found = started.length > 0 ? await readThreads(reader, inArray(threads.id, started)) : []
  const thread = new Map(found.map((one) => [one.id, one]))

  return events.map((event): DiscussionEvent => {
    if (event.type === 'question-set' || event.type === 'account-deleted') return event
    const { threadId } = event
    const its = post.get(event.postId)
    const started = thread.get(threadId)
    switch (event.type) {
      case 'thread-started':
        // As it was at its start: later posts come with their own events.
        if (its && started) return { type: event.type, thread: { ...started, lastNumber: 1, posts: [its] } }
        break
      case 'post-added':
      case 'post-edited':
        if (its) return { type: event.type, threadId, post: its }
        break
      case 'post-withdrawn':
    }
    return { type: 'post-withdrawn', threadId, postId: event.postId }
  })
}
