import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, posts, threads } from '#db/schema.ts'
import { inOrder } from '#shared/discussion.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Post, Thread, Writer } from '#shared/threads.ts'
import { renderMarkdown } from '../markdown.ts'

/** Threads with their posts, as everybody sees them, in the order in which they were started. */
export async function readThreads(reader: Reader, which: SQL | undefined): Promise<Thread[]> {
  const found = await reader
    .select({ thread: threads, name: accounts.name })
    .from(threads)
    .leftJoin(accounts, eq(accounts.id, threads.startedBy))
    .where(which)
  const ids = found.map(({ thread }) => thread.id)
  const theirs = Map.groupBy(
    ids.length > 0 ? await readPosts(reader, inArray(posts.threadId, ids)) : [],
    ({ threadId }) => threadId,
  )
  return inOrder(
    found.map(({ thread, name }) => ({
      id: thread.id,
      anchor: thread.anchor,
      question: thread.question,
      startedBy: writer(thread.startedBy, name),
      startedAt: thread.startedAt.toISOString(),
      lastNumber: thread.lastNumber,
      posts: (theirs.get(thread.id) ?? []).map(({ post }) => post),
    })),
  )
}

/** Posts with their words, in order. A withdrawn one has none, and neither has a hidden one, also for its writer. */
export async function readPosts(
  reader: Reader,
  which: SQL | undefined,
): Promise<{ threadId: string; post: Post }[]> {
  const found = await reader
    .select({ post: posts, name: accounts.name })
    .from(posts)
    .leftJoin(accounts, eq(accounts.id, posts.accountId))
    .where(which)
    .orderBy(asc(posts.threadId), asc(posts.number))
  return found.map(({ post, name }) => ({
    threadId: post.threadId,
    post: {
      id: post.id,
      number: post.number,
      by: writer(post.accountId, name),
      body: isSeen(post) ? post.body : '',
      html: isSeen(post) ? renderMarkdown(post.body) : '',
      postedAt: post.postedAt.toISOString(),
      editedAt: post.editedAt?.toISOString() ?? null,
      withdrawn: post.withdrawnAt !== null,
      hidden: post.withdrawnAt === null && post.hiddenAt ? post.hiddenAs : null,
      ...(post.forgottenAt ? { forgotten: true } : {}),
    },
  }))
}

export async function readThread(reader: Reader, episodeId: string, threadId: string): Promise<Thread> {
  const [thread] = await readThreads(reader, and(eq(threads.episodeId, episodeId), eq(threads.id, threadId)))
  if (!thread) throw new Refusal('not-found')
  return thread
}

export async function readPost(reader: Reader, threadId: string, postId: string): Promise<Post> {
  const [found] = await readPosts(reader, and(eq(posts.threadId, threadId), eq(posts.id, postId)))
  if (!found) throw new Refusal('not-found')
  return found.post
}

const isSeen = ({ withdrawnAt, hiddenAt }: typeof posts.$inferSelect): boolean =>
  withdrawnAt === null && hiddenAt === null

const writer = (id: string | null, name: string | null): Writer =>
  id === null || name === null ? null : { id, name }
