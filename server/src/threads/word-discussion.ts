import { inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import type { DiscussionEvent } from '#shared/discussion.ts'
import type { Hidden, Question } from '#shared/threads.ts'
import type { NumberedStoredEvent } from '../rooms/rooms.ts'
import { readPosts, readThreads } from './read-threads.ts'

/** What the log of an episode keeps of its threads: ids, not words. */
type Stored =
  | {
      type: 'thread-started' | 'post-added' | 'post-edited' | 'post-shown' | 'post-withdrawn'
      threadId: string
      postId: string
    }
  | { type: 'post-hidden'; threadId: string; postId: string; hidden: Hidden }
  | { type: 'question-set'; threadId: string; question: Question }
  | { type: 'thread-placed'; threadId: string }
  | { type: 'episode-changed' }
  | { type: 'account-deleted'; accountId: string }

/** Adds the words as they are now: what was withdrawn meanwhile has none, however old the event. */
export async function wordDiscussion(
  reader: Reader,
  _roomId: string,
  stored: NumberedStoredEvent[],
): Promise<DiscussionEvent[]> {
  const events = stored.map(({ event }) => event as Stored)
  const started = events.flatMap((event) =>
    event.type === 'thread-started' || event.type === 'thread-placed' ? [event.threadId] : [],
  )
  const spoken = events.flatMap((event) =>
    'postId' in event && event.type !== 'post-hidden' ? [event.postId] : [],
  )
  const worded = spoken.length > 0 ? await readPosts(reader, inArray(posts.id, spoken)) : []
  const post = new Map(worded.map((one) => [one.post.id, one.post]))
  const found = started.length > 0 ? await readThreads(reader, inArray(threads.id, started)) : []
  const thread = new Map(found.map((one) => [one.id, one]))

  return events.map((event): DiscussionEvent => {
    if (
      event.type === 'question-set' ||
      event.type === 'post-hidden' ||
      event.type === 'account-deleted' ||
      event.type === 'episode-changed'
    )
      return event
    const { threadId } = event
    const started = thread.get(threadId)
    if (event.type === 'thread-placed') {
      // A thread is only gone together with its episode, and then nobody hears of it.
      if (!started) throw new Error(`There is no thread ${threadId}.`)
      return { type: event.type, threadId, anchor: started.anchor }
    }
    const its = post.get(event.postId)
    switch (event.type) {
      case 'thread-started':
        // As it was at its start: later posts come with their own events.
        if (its && started) return { type: event.type, thread: { ...started, lastNumber: 1, posts: [its] } }
        break
      case 'post-added':
      case 'post-edited':
      case 'post-shown':
        if (its) return { type: event.type, threadId, post: its }
        break
      case 'post-withdrawn':
    }
    return { type: 'post-withdrawn', threadId, postId: event.postId }
  })
}
