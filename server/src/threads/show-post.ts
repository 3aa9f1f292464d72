import { eq } from 'drizzle-orm'
import { posts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Post } from '#shared/threads.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { noteGone } from '../marks/note-gone.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, tellAbout } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { requireMayShow } from './read-hidden-post.ts'
import { findQuoting } from './keep-quote.ts'
import { readPost } from './read-threads.ts'

/** Everybody reads the words again, also where they are quoted. Doing it again changes nothing. */
export function showPost(house: House, reader: ThreadReader, postId: string): Promise<Post> {
  const { account } = reader.member
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { thread, post } = await findPost(tx, reader, postId)
    if (post.withdrawnAt) throw new Refusal('conflict', 'These words were withdrawn, and are gone for good.')
    if (post.hiddenAt) {
      requireMayShow(reader, post)
      await tx
        .update(posts)
        .set({ hiddenAt: null, hiddenBy: null, hiddenAs: null, hideReason: null })
        .where(eq(posts.id, post.id))
      await noteGone(tx, eq(posts.id, postId))
      await indexPosts(tx, eq(posts.id, postId))
      tell({ type: 'post-shown', threadId: post.threadId, postId })
      tellAbout(tell, thread, post)
      for (const id of await findQuoting(tx, postId))
        tell({ type: 'post-edited', threadId: post.threadId, postId: id })
      await keepAudit(house, tx, {
        action: 'post-shown',
        groupId: post.groupId,
        actorId: account.id,
        ...(post.accountId ? { subjectId: post.accountId } : {}),
        detail: { postId: post.id },
      })
    }
    return readPost(tx, post.threadId, postId)
  })
}
