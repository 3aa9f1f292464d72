import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { posts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_POSTS, type Post, type PostDraft } from '#shared/threads.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { hasOpened } from './answer-first.ts'
import { addPost, findThread, isRetry, takenId } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { keepQuote } from './keep-quote.ts'
import { readPost } from './read-threads.ts'
import { replyAtOnce } from './reply-at-once.ts'

/** What was sent before with this id is the answer to a retry; somebody else's id is refused. */
export async function reply(house: House, reader: ThreadReader, draft: PostDraft): Promise<Post> {
  requireOpenGroup(reader.member.group)
  const posted = (await replyAtOnce(house, reader, draft)) ?? (await replyInSteps(house, reader, draft))
  house.rooms.announceMarks(reader.member.account.id)
  return posted
}

function replyInSteps(house: House, reader: ThreadReader, draft: PostDraft): Promise<Post> {
  const { roomId, threadId } = reader
  return changeRoom(house, roomId, async (tx, tell) => {
    const thread = await findThread(tx, reader)
    const sent = await findSent(tx, reader, draft.postId)
    if (sent) {
      if (!isRetry(sent, draft.body)) throw takenId()
      return readPost(tx, threadId, draft.postId)
    }
    if (thread.lastNumber >= MOST_POSTS)
      throw new Refusal(
        'conflict',
        `A thread holds ${MOST_POSTS} posts, and this one is full. Start a new thread on the same words.`,
      )
    const opened = await hasOpened(tx, thread, reader.member.account.id)
    if (!(await addPost(tx, reader, thread, draft, house.now()))) throw takenId()
    if (draft.quote) await keepQuote(tx, thread, draft.postId, draft.quote, opened)
    tell({ type: 'post-added', threadId, postId: draft.postId })
    return readPost(tx, threadId, draft.postId)
  })
}

/** What I sent before with this id. */
async function findSent(tx: Transaction, { member, threadId }: ThreadReader, postId: string) {
  const [mine] = await tx
    .select({ body: posts.body, editedAt: posts.editedAt, withdrawnAt: posts.withdrawnAt })
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.threadId, threadId), eq(posts.accountId, member.account.id)))
  return mine
}
