import { and, asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, groups, posts, sessions, threadReads, threads } from '#db/schema.ts'
import type { Anchor } from '#shared/threads.ts'
import { seenAnchor } from '../threads/seen-title.ts'
import { orNull } from './or-null.ts'

/** What I wrote and read in threads. The words of an episode are in it, those of other people's posts are not. */
export async function readMyThreads(tx: Transaction, accountId: string) {
  const place = {
    group: groups.name,
    episode: episodes.title,
    session: sessions.title,
    // The words that I chose are mine, hidden or not.
    anchor: sql<Anchor | null>`case when ${threads.startedBy} = ${accountId} then ${threads.anchor} else ${seenAnchor} end`,
  }
  const ofSession = and(eq(sessions.groupId, threads.groupId), eq(sessions.id, threads.sessionId))
  const ofEpisode = and(eq(episodes.groupId, threads.groupId), eq(episodes.id, threads.episodeId))

  const started = await tx
    .select({ ...place, title: threads.title, question: threads.question, startedAt: threads.startedAt })
    .from(threads)
    .leftJoin(episodes, ofEpisode)
    .leftJoin(sessions, ofSession)
    .innerJoin(groups, eq(groups.id, threads.groupId))
    .where(eq(threads.startedBy, accountId))
    .orderBy(asc(threads.startedAt))
  const written = await tx
    .select({ ...place, post: posts })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(episodes, ofEpisode)
    .leftJoin(sessions, ofSession)
    .innerJoin(groups, eq(groups.id, threads.groupId))
    .where(eq(posts.accountId, accountId))
    .orderBy(asc(posts.postedAt), asc(posts.threadId), asc(posts.number))
  const read = await tx
    .select({ ...place, ranges: threadReads.ranges, readAt: threadReads.readAt })
    .from(threadReads)
    .innerJoin(threads, eq(threads.id, threadReads.threadId))
    .leftJoin(episodes, ofEpisode)
    .leftJoin(sessions, ofSession)
    .innerJoin(groups, eq(groups.id, threads.groupId))
    .where(eq(threadReads.accountId, accountId))
    .orderBy(asc(threads.startedAt))
  return {
    threadsStarted: started.map(({ title, question, startedAt, ...where }) => ({
      ...inThread(where),
      title,
      question,
      startedAt: startedAt.toISOString(),
    })),
    posts: written.map(({ post, ...where }) => ({
      ...inThread(where),
      number: post.number,
      words: post.body,
      postedAt: post.postedAt.toISOString(),
      editedAt: orNull(post.editedAt),
      withdrawnAt: orNull(post.withdrawnAt),
      hiddenAt: orNull(post.hiddenAt),
      hiddenBecause: post.hideReason,
    })),
    threadsRead: read.map(({ ranges, readAt, ...where }) => ({
      ...inThread(where),
      posts: ranges,
      readAt: readAt.toISOString(),
    })),
  }
}

type Place = { group: string; episode: string | null; session: string | null; anchor: Anchor | null }

const inThread = ({ group, episode, session, anchor }: Place) => ({
  group,
  episode,
  session,
  quote: anchor?.quote ?? '',
  at: anchor?.start ?? anchor?.chapter ?? null,
})
