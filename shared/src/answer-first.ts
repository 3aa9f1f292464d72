import { union, type Ranges } from './ranges.ts'
import type { Discussion, ReadThread, Thread } from './threads.ts'

/**
 * In a thread that asks to be answered before it is read, the first post is the question, and everything after it is an
 * answer. Whoever starts it has not answered by asking, and nobody is let in by their role.
 */
export const isAnswer = ({ number }: { number: number }): boolean => number > 1

/** Whether somebody wrote an answer, also when they took it back: what was read can't be unread. */
export const hasAnswered = ({ posts }: Pick<Thread, 'posts'>, readerId: string): boolean =>
  posts.some((post) => isAnswer(post) && post.by?.id === readerId)

/** Whether the answers of others wait for this reader's own. `thread` is all of it. */
export const isShut = (thread: Pick<Thread, 'answerFirst' | 'posts'>, readerId: string): boolean =>
  thread.answerFirst && !hasAnswered(thread, readerId)

export const countAnswers = ({ answerFirst, posts }: Pick<Thread, 'answerFirst' | 'posts'>): number =>
  answerFirst ? posts.filter((post) => isAnswer(post) && !post.withdrawn).length : 0

/** What one reader gets of a thread: all of it, or the question and how many answered. `thread` is all of it. */
export function forReader(thread: Thread, readerId: string, read: Ranges): ReadThread {
  if (!isShut(thread, readerId)) return { ...thread, read, shut: false }
  const posts = thread.posts.filter((post) => !isAnswer(post))
  return {
    ...thread,
    lastNumber: posts.at(-1)?.number ?? 0,
    posts,
    read,
    shut: true,
  }
}

/** The discussion with a thread that was fetched because its news came without words. */
export const withThread = (discussion: Discussion, fetched: ReadThread): Discussion => ({
  ...discussion,
  threads: discussion.threads.map((thread) =>
    thread.id === fetched.id ? { ...fetched, read: union(fetched.read, thread.read) } : thread,
  ),
})

/** The threads to fetch. */
export const staleThreads = ({ threads }: Discussion): string[] =>
  threads.filter(({ stale }) => stale).map(({ id }) => id)
