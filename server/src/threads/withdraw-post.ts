import { eq } from 'drizzle-orm'
import { posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { noteGone } from '../marks/note-gone.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, tellAbout } from './changes.ts'
import { forgetParts } from './forget-parts.ts'
import type { ThreadReader } from './guards.ts'
import { reopenQuestion } from './set-question.ts'
import { takeOutOfPlans, tellPlans } from './take-out-of-plans.ts'
import { forgetAbout } from './forget-about.ts'

/** The words are gone from the table, and the log never held them. Doing it again changes nothing. */
export async function withdrawPost(house: House, reader: ThreadReader, postId: string): Promise<void> {
  const plans = await changeRoom(house, reader.roomId, async (tx, tell) => {
    const { thread, post } = await findPost(tx, reader, postId)
    if (post.accountId !== reader.member.account.id)
      throw new Refusal(
        'not-allowed',
        'Only whoever wrote a post can withdraw it. A facilitator can hide it, with a reason.',
      )
    if (post.withdrawnAt) return []

    await forgetParts(tx, eq(posts.id, post.id))
    await tx
      .update(posts)
      .set({ body: '', withdrawnAt: house.now(), hideReason: null })
      .where(eq(posts.id, post.id))
    await noteGone(tx, eq(posts.id, postId))
    await indexPosts(tx, eq(posts.id, postId))
    tell({ type: 'post-withdrawn', threadId: thread.id, postId })
    await reopenQuestion(tx, tell, thread, postId)
    if (post.number > 1) return []
    await forgetAbout(tx, eq(threads.id, thread.id))
    tellAbout(tell, thread, post)
    return takeOutOfPlans(tx, eq(posts.id, post.id))
  })
  await tellPlans(house, plans)
}
