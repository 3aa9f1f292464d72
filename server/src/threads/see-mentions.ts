import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { mentions, posts } from '#db/schema.ts'

/** Whoever read a post has seen that it mentions them. */
export async function seeMentions(
  tx: Transaction,
  accountId: string,
  read: SQL | undefined,
  now: Date,
): Promise<void> {
  await tx
    .update(mentions)
    .set({ seenAt: now })
    .where(
      and(
        eq(mentions.accountId, accountId),
        isNull(mentions.seenAt),
        inArray(mentions.postId, tx.select({ id: posts.id }).from(posts).where(read)),
      ),
    )
}
