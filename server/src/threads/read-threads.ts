import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, posts, sessions, threadReads, threads } from '#db/schema.ts'
import { countAnswers, forReader } from '#shared/answer-first.ts'
import { inOrder } from '#shared/discussion.ts'
import { Refusal } from '#shared/refusals.ts'
import { withoutWords, type Post, type ReadThread, type Thread, type Writer } from '#shared/threads.ts'
import { renderMarkdown } from '../markdown.ts'
import type { ThreadReader } from './guards.ts'
import { namesOf, partColumns, toParts } from './post-parts.ts'

/** Threads with all of their posts, in the order in which they were started. What one reader gets of them: `forReader`. */
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
  const session = await readSessions(reader, found)
  return inOrder(
    found.map(({ thread, name }) => {
      const its = (theirs.get(thread.id) ?? []).map(({ post }) => post)
      return {
        id: thread.id,
        episodeId: thread.episodeId,
        session: session(thread.sessionId),
        anchor: thread.anchor && !isSeenPost(its[0]) ? withoutWords(thread.anchor) : thread.anchor,
        title: thread.title === null || isSeenPost(its[0]) ? thread.title : '',
        question: thread.question,
        plannedIn: session(thread.plannedIn),
        answeredIn: session(thread.answeredIn),
        answeredBy: thread.answeredBy,
        answerFirst: thread.answerFirst,
        answers: countAnswers({ answerFirst: thread.answerFirst, posts: its }),
        startedBy: writer(thread.startedBy, name),
        startedAt: thread.startedAt.toISOString(),
        lastNumber: thread.lastNumber,
        posts: its,
      }
    }),
  )
}

/** The sessions that threads mention, as they are called now. */
async function readSessions(reader: Reader, found: { thread: typeof threads.$inferSelect }[]) {
  const ids = found.flatMap(({ thread: { sessionId, plannedIn, answeredIn } }) =>
    [sessionId, plannedIn, answeredIn].filter((id) => id !== null),
  )
  const rows =
    ids.length === 0
      ? []
      : await reader
          .select({ id: sessions.id, title: sessions.title, startsAt: sessions.startsAt })
          .from(sessions)
          .where(inArray(sessions.id, ids))
  const named = new Map(rows.map((one) => [one.id, { ...one, startsAt: one.startsAt.toISOString() }]))
  return (id: string | null) => (id === null ? null : (named.get(id) ?? null))
}

/** Posts with their words, in order. A withdrawn one has none, and neither has a hidden one, also for its writer. */
export async function readPosts(
  reader: Reader,
  which: SQL | undefined,
): Promise<{ threadId: string; post: Post }[]> {
  const found = await reader
    .select({ post: posts, name: accounts.name, ...partColumns })
    .from(posts)
    .leftJoin(accounts, eq(accounts.id, posts.accountId))
    .where(which)
    .orderBy(asc(posts.threadId), asc(posts.number))
  return found.map(({ post, name, ...parts }) => ({
    threadId: post.threadId,
    post: {
      id: post.id,
      number: post.number,
      by: writer(post.accountId, name),
      body: isSeen(post) ? post.body : '',
      html: isSeen(post) ? renderMarkdown(post.body, namesOf(parts.mentions)) : '',
      postedAt: post.postedAt.toISOString(),
      editedAt: post.editedAt?.toISOString() ?? null,
      withdrawn: post.withdrawnAt !== null,
      hidden: post.withdrawnAt === null && post.hiddenAt ? post.hiddenAs : null,
      ...(post.forgottenAt ? { forgotten: true } : {}),
      ...toParts(post, parts, isSeen(post)),
    },
  }))
}

/** A thread as one member may read it now. */
export async function readThreadFor(
  reader: Reader,
  { member, threadId }: Pick<ThreadReader, 'member' | 'threadId'>,
): Promise<ReadThread> {
  const [thread] = await readThreads(
    reader,
    and(eq(threads.groupId, member.group.id), eq(threads.id, threadId)),
  )
  if (!thread) throw new Refusal('not-found')
  const { id } = member.account
  const [read] = await reader
    .select({ ranges: threadReads.ranges })
    .from(threadReads)
    .where(and(eq(threadReads.accountId, id), eq(threadReads.threadId, threadId)))
  return forReader(thread, id, read?.ranges ?? [])
}

export async function readPost(reader: Reader, threadId: string, postId: string): Promise<Post> {
  const [found] = await readPosts(reader, and(eq(posts.threadId, threadId), eq(posts.id, postId)))
  if (!found) throw new Refusal('not-found')
  return found.post
}

const isSeenPost = (post: Post | undefined): boolean =>
  post !== undefined && !post.withdrawn && post.hidden === null

const isSeen = ({ withdrawnAt, hiddenAt }: typeof posts.$inferSelect): boolean =>
  withdrawnAt === null && hiddenAt === null

const writer = (id: string | null, name: string | null): Writer =>
  id === null || name === null ? null : { id, name }
