import { eq } from 'drizzle-orm'
import { posts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost } from './changes.ts'

/** The words are gone from the table, and the log never held them. Doing it again changes nothing. */
export function withdrawPost(
  house: House,
  reader: EpisodeReader,
  where: { threadId: string; postId: string },
): Promise<void> {
  return changeRoom(house, reader.episode.id, async (tx, tell) => {
    const { post } = await findPost(tx, reader, where)
    if (post.accountId !== reader.member.account.id)
      throw new Refusal(
        'not-allowed',
        'Only whoever wrote a post can withdraw it. A facilitator can hide it, with a reason.',
      )
    if (post.withdrawnAt) return

    await tx
      .update(posts)
      .set({ body: '', withdrawnAt: house.now(), hideReason: null })
      .where(eq(posts.id, post.id))
    tell({ type: 'post-withdrawn', threadId: where.threadId, postId: post.id })
  })
}
