import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, groups, passages, posts, threads } from '#db/schema.ts'
import { showMentions } from '#shared/mentions.ts'
import { configurationOf } from '#shared/search-words.ts'
import { addingPassages, addPassages, type Passage } from './add-passages.ts'

/**
 * What of these posts is found: their words as they are now, and nothing of those that were withdrawn, hidden or
 * forgotten. The title of a thread comes and goes with its first post. Whoever writes, changes or takes back one of them
 * calls this afterwards, in the same transaction.
 */
export async function indexPosts(tx: Transaction, which: SQL | undefined): Promise<void> {
  const ids = tx.select({ id: posts.id }).from(posts).where(which)
  const begun = tx
    .select({ id: posts.threadId })
    .from(posts)
    .where(and(which, eq(posts.number, 1)))
  await tx.delete(passages).where(inArray(passages.postId, ids))
  await tx.delete(passages).where(and(eq(passages.kind, 'thread'), inArray(passages.threadId, begun)))

  const seen = await tx
    .select({ post: posts, thread: threads, spoken: episodes.language, language: groups.language })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(groups, eq(groups.id, posts.groupId))
    .leftJoin(episodes, eq(episodes.id, threads.episodeId))
    .where(and(which, isNull(posts.withdrawnAt), isNull(posts.hiddenAt), isNull(posts.forgottenAt)))
  const together = Map.groupBy(seen, ({ post, spoken, language }) =>
    [post.groupId, configurationOf(spoken ?? language)].join(' '),
  )
  for (const [where, some] of together) {
    const [groupId = '', configuration = ''] = where.split(' ')
    await addPassages(tx, groupId, configuration, some.flatMap(passagesOf))
  }
}

/**
 * The statement that has a new post found, of which nothing stands there yet.
 * @param spoken the language of the thread's episode
 */
export const indexingNewPost = (
  group: Pick<typeof groups.$inferSelect, 'id' | 'language'>,
  spoken: string | null,
  added: Added,
): SQL => addingPassages(group.id, configurationOf(spoken ?? group.language), passagesOf(added))

type Added = {
  post: Pick<typeof posts.$inferSelect, 'id' | 'number' | 'accountId' | 'body'>
  thread: Pick<typeof threads.$inferSelect, 'id' | 'episodeId' | 'title'>
}

function passagesOf({ post, thread }: Added): Passage[] {
  const of = {
    placeId: thread.episodeId ?? thread.id,
    episodeId: thread.episodeId,
    threadId: thread.id,
    writerId: post.accountId,
  }
  return [
    ...(post.number === 1 && thread.title ? [{ ...of, kind: 'thread' as const, text: thread.title }] : []),
    { ...of, kind: 'post', postId: post.id, text: showMentions(post.body, () => ' ') },
  ]
}
