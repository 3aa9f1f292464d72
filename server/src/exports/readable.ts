import { isBlocked } from '#shared/discussion.ts'
import { showMentions, SOMEBODY_WHO_LEFT } from '#shared/mentions.ts'
import type { Discussion, Post, ReadThread } from '#shared/threads.ts'
import { namesOf } from '../threads/post-parts.ts'

/** A thread with the posts that its reader reads: none withdrawn, hidden or forgotten, none of people they blocked. */
export type ReadableThread = { thread: ReadThread; posts: Post[] }

/** Answers that wait for the reader's own are not in a discussion in the first place. */
export const readableThreads = ({ threads, reader }: Discussion): ReadableThread[] =>
  threads.flatMap((thread) => {
    const posts = thread.posts.filter(
      (post) => !post.withdrawn && post.hidden === null && !post.forgotten && !isBlocked(post, reader),
    )
    return posts.length === 0 ? [] : [{ thread, posts }]
  })

/** The title goes with the first post, also for somebody who does not read that one. */
export const titleOf = ({ thread, posts }: ReadableThread): string =>
  (posts[0]?.number === 1 && thread.title) || ''

/** The words of a post as Markdown, mentions by name. */
export function bodyOf({ body, mentions }: Pick<Post, 'body' | 'mentions'>): string {
  const names = namesOf(mentions)
  return showMentions(body, (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`)
}
