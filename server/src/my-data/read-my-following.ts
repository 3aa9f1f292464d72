import { and, asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, following, groups, sessions, threadFollowing, threads } from '#db/schema.ts'
import { seenAnchor } from '../threads/seen-title.ts'
import { orNull } from './or-null.ts'

/** What I want to hear by mail of groups and of single threads. */
export async function readMyFollowing(tx: Transaction, accountId: string) {
  const ofGroups = await tx
    .select({ group: groups.name, row: following })
    .from(following)
    .innerJoin(groups, eq(groups.id, following.groupId))
    .where(eq(following.accountId, accountId))
    .orderBy(asc(groups.name))
  const ofThreads = await tx
    .select({
      group: groups.name,
      episode: episodes.title,
      session: sessions.title,
      anchor: seenAnchor,
      level: threadFollowing.level,
      since: threadFollowing.since,
    })
    .from(threadFollowing)
    .innerJoin(threads, eq(threads.id, threadFollowing.threadId))
    .innerJoin(groups, eq(groups.id, threads.groupId))
    .leftJoin(episodes, and(eq(episodes.groupId, threads.groupId), eq(episodes.id, threads.episodeId)))
    .leftJoin(sessions, and(eq(sessions.groupId, threads.groupId), eq(sessions.id, threads.sessionId)))
    .where(eq(threadFollowing.accountId, accountId))
    .orderBy(asc(threadFollowing.since))
  return {
    following: ofGroups.map(({ group, row }) => ({
      group,
      level: row.level,
      mine: row.mine,
      digest: row.digest,
      most: row.most,
      toldUpTo: orNull(row.digestedAt),
    })),
    threadsFollowed: ofThreads.map(({ anchor, since, ...where }) => ({
      ...where,
      quote: anchor?.quote ?? '',
      at: anchor?.start ?? anchor?.chapter ?? null,
      since: since.toISOString(),
    })),
  }
}
