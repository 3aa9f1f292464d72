import { and, asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { postQuotes, posts } from '#db/schema.ts'
import { onOneLine, wordsIn } from '#shared/mentions.ts'
import type { Quote } from '#shared/post-parts.ts'
import { Refusal } from '#shared/refusals.ts'
import { renderMarkdown } from '../markdown.ts'
import { storable } from './changes.ts'

/**
 * Keeps what a post quotes: which post, and which of its words.
 * @param opened whether the writer could read all of the thread before they wrote
 * @throws Refusal when the words are not there to be quoted
 */
export async function keepQuote(
  tx: Transaction,
  thread: { id: string; groupId: string },
  postId: string,
  quote: Quote,
  opened: boolean,
): Promise<void> {
  const [source] = await tx
    .select()
    .from(posts)
    .where(and(eq(posts.threadId, thread.id), eq(posts.id, quote.postId)))
  if (!source || source.id === postId || (source.number > 1 && !opened))
    throw new Refusal('not-found', 'There is no such post in this thread. Take the quote out.', 'quote')
  if (source.withdrawnAt || source.hiddenAt)
    throw new Refusal(
      'conflict',
      'What you quote was taken back meanwhile. Take the quote out, and send your words without it.',
      'quote',
    )
  const there = wordsIn(renderMarkdown(source.body, new Map()))
  const words = onOneLine(storable(quote.words))
  if (!there.includes(words))
    throw new Refusal(
      'invalid',
      'These words are not in the post that you quote. It may have changed: select them again.',
      'quote',
    )
  await tx.insert(postQuotes).values({
    groupId: thread.groupId,
    postId,
    quotesId: source.id,
    // All of it is read where it stands.
    words: words === there ? '' : words,
  })
}

/** The posts that quote one: what they show changes with it. */
export async function findQuoting(tx: Transaction, postId: string): Promise<string[]> {
  const quoting = await tx
    .select({ id: postQuotes.postId })
    .from(postQuotes)
    .where(eq(postQuotes.quotesId, postId))
    .orderBy(asc(postQuotes.postId))
  return quoting.map(({ id }) => id)
}
