import { inArray, or, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { mentions, postQuotes, postReactions, posts, postVersions } from '#db/schema.ts'

/** Whatever goes with the words of posts: what they said before, who quotes them, whom they mention, who reacted. */
export async function forgetParts(tx: Transaction, which: SQL | undefined): Promise<void> {
  const ids = tx.select({ id: posts.id }).from(posts).where(which)
  await tx.delete(postVersions).where(inArray(postVersions.postId, ids))
  await tx.delete(postQuotes).where(or(inArray(postQuotes.postId, ids), inArray(postQuotes.quotesId, ids)))
  await tx.delete(mentions).where(inArray(mentions.postId, ids))
  await tx.delete(postReactions).where(inArray(postReactions.postId, ids))
}
