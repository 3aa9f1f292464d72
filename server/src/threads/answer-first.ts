import { and, eq, exists, gt, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'

/**
 * For queries that join `posts` with their `threads`: whether somebody may read a post now. In a thread that asks to be
 * answered first that is its first post, their own, and everything once they wrote an answer, also one that they
 * withdrew (shared/src/answer-first.ts is the same rule). It says nothing of withdrawn and hidden posts.
 */
export function isOpenTo(reader: Reader, accountId: string): SQL | undefined {
  const own = alias(posts, 'own_answer')
  return or(
    eq(threads.answerFirst, false),
    eq(posts.number, 1),
    exists(
      reader
        .select({ one: sql`1` })
        .from(own)
        .where(and(eq(own.threadId, threads.id), eq(own.accountId, accountId), gt(own.number, 1))),
    ),
  )
}

/** Whether somebody reads all of a thread by now. */
export async function hasOpened(
  reader: Reader,
  thread: Pick<typeof threads.$inferSelect, 'id' | 'answerFirst'>,
  accountId: string,
): Promise<boolean> {
  if (!thread.answerFirst) return true
  const [answer] = await reader
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.threadId, thread.id), eq(posts.accountId, accountId), gt(posts.number, 1)))
    .limit(1)
  return answer !== undefined
}
