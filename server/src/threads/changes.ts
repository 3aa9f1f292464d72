import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, posts, threads } from '#db/schema.ts'
import { rangesOf, upTo } from '#shared/ranges.ts'
import { Refusal } from '#shared/refusals.ts'
import { hasWords, type Anchor, type PostDraft } from '#shared/threads.ts'
import { addOwnMark } from '../marks/keep-marks.ts'
import { indexingNewPost } from '../passages/index-posts.ts'
import type { Tell } from '../rooms/rooms.ts'
import { hasOpened } from './answer-first.ts'
import type { ThreadReader } from './guards.ts'
import { keepMentions } from './keep-mentions.ts'

/** What the verbs share. Each works in the transaction of a change to the thread's room, under its lock. */

type ThreadRow = typeof threads.$inferSelect
type PostRow = typeof posts.$inferSelect
/** `spoken`: the language of its episode. */
type FoundThread = ThreadRow & { spoken: string | null }

export async function findThread(
  tx: Transaction,
  { member, threadId }: Pick<ThreadReader, 'member' | 'threadId'>,
): Promise<FoundThread> {
  const [found] = await tx
    .select({ thread: threads, spoken: episodes.language })
    .from(threads)
    .leftJoin(episodes, eq(episodes.id, threads.episodeId))
    .where(and(eq(threads.groupId, member.group.id), eq(threads.id, threadId)))
  if (!found) throw new Refusal('not-found')
  return { ...found.thread, spoken: found.spoken }
}

/** @throws Refusal "not found" also for an answer that waits for this reader's own. */
export async function findPost(
  tx: Transaction,
  reader: ThreadReader,
  postId: string,
): Promise<{ thread: FoundThread; post: PostRow }> {
  const thread = await findThread(tx, reader)
  const [post] = await tx
    .select()
    .from(posts)
    .where(and(eq(posts.threadId, thread.id), eq(posts.id, postId)))
  if (!post || (post.number > 1 && !(await hasOpened(tx, thread, reader.member.account.id))))
    throw new Refusal('not-found')
  return { thread, post }
}

/** Adds a post under the next number; whoever writes has read what came before. Says no when the id is taken. */
export async function addPost(
  tx: Transaction,
  { member }: Pick<ThreadReader, 'member'>,
  thread: FoundThread,
  { postId, body }: PostDraft,
  now: Date,
): Promise<boolean> {
  const { account, group } = member
  const words = writtenWords(body)
  const number = thread.lastNumber + 1
  const opened = await hasOpened(tx, thread, account.id)
  const { rowCount } = await tx.execute(sql`
    with added as (
      insert into ${posts} (id, group_id, thread_id, number, account_id, body, posted_at)
      values (${postId}, ${group.id}, ${thread.id}, ${number}, ${account.id}, ${words}, ${now.toISOString()})
      on conflict do nothing returning id
    )
    update ${threads} set last_number = ${number} where id = ${thread.id} and exists (select from added)`)
  if (rowCount === 0) return false
  await keepMentions(tx, member, { postId, before: '', words }, now)
  const post = { id: postId, number, accountId: account.id, body: words }
  await tx.execute(indexingNewPost(group, thread.spoken, { post, thread }))
  const reading = { accountId: account.id, groupId: group.id, threadId: thread.id }
  // Answers that open only now were not read yet.
  await addOwnMark(tx, reading, opened ? upTo(number) : rangesOf([1, number]), now)
  return true
}

export const takenId = () =>
  new Refusal(
    'conflict',
    'This was sent before under another name. Copy your words, reload the page and send them again.',
  )

/** Whether these words were sent before, or are other ones under the same id: from two tabs with one draft. */
export const isRetry = (sent: Pick<PostRow, 'body' | 'editedAt' | 'withdrawnAt'>, body: string): boolean =>
  sent.editedAt !== null || sent.withdrawnAt !== null || sent.body === writtenWords(body)

/** A heading, and the words that a thread hangs on, go and come with the first post: whoever reads along hears of it. */
export function tellAbout(
  tell: Tell,
  { id, title, anchor }: Pick<ThreadRow, 'id' | 'title' | 'anchor'>,
  post: Pick<PostRow, 'number'>,
): void {
  if (post.number > 1) return
  if (title !== null) tell({ type: 'thread-titled', threadId: id })
  if (anchor && hasWords(anchor)) tell({ type: 'thread-placed', threadId: id })
}

/** The heading of a thread, in one line. */
export function writtenTitle(title: string): string {
  const words = storable(title).trim().replaceAll(/\s+/g, ' ')
  if (words === '') throw new Refusal('invalid', 'Give the thread a title: what is it about?', 'title')
  return words
}

/** The words of a post, as they are kept. */
export function writtenWords(body: string): string {
  const words = storable(body).trim()
  if (words === '')
    throw new Refusal('invalid', 'There are no words in this yet. Write something first.', 'body')
  return words
}

/** A database can't hold NUL or half a character. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

/** What was first meant is the server's to say. */
export const storableAnchor = ({ original: _original, ...anchor }: Anchor): Anchor => ({
  ...anchor,
  quote: storable(anchor.quote),
  prefix: storable(anchor.prefix),
  suffix: storable(anchor.suffix),
  speaker: anchor.speaker === null ? null : storable(anchor.speaker),
})
