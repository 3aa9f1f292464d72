import { eq } from 'drizzle-orm'
import { posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { noteGone } from '../marks/note-gone.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, tellTitle } from './changes.ts'
import { forgetParts } from './forget-parts.ts'
import type { ThreadReader } from './guards.ts'
import { reopenQuestion } from './set-question.ts'

/** The words are gone from the table, and the log never held them. Doing it again changes nothing. */
export function withdrawPost(house: House, reader: ThreadReader, postId: string): Promise<void> {
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { thread, post } = await findPost(tx, reader, postId)
    if (post.accountId !== reader.member.account.id)
      throw new Refusal(
        'not-allowed',
        'Only whoever wrote a post can withdraw it. A facilitator can hide it, with a reason.',
      )
    if (post.withdrawnAt) return

    await forgetParts(tx, eq(posts.id, post.id))
    await tx
      .update(posts)
      .set({ body: '', withdrawnAt: house.now(), hideReason: null })
      .where(eq(posts.id, post.id))
    await noteGone(tx, eq(posts.id, postId))
    await indexPosts(tx, eq(posts.id, postId))
    tell({ type: 'post-withdrawn', threadId: thread.id, postId })
    await reopenQuestion(tx, tell, thread, postId)
    if (post.number > 1 || thread.title === null) return
    await tx.update(threads).set({ title: '' }).where(eq(threads.id, thread.id))
    tellTitle(tell, thread, post)
  })
}
