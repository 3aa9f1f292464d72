import { eq } from 'drizzle-orm'
import { posts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Post } from '#shared/threads.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, writtenWords } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { readPost } from './read-threads.ts'

/** Writers may change their words at any time; everybody sees that they did. */
export function editPost(house: House, reader: ThreadReader, postId: string, body: string): Promise<Post> {
  requireOpenGroup(reader.member.group)
  const words = writtenWords(body)
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { post } = await findPost(tx, reader, postId)
    if (post.accountId !== reader.member.account.id)
      throw new Refusal('not-allowed', 'Only whoever wrote a post can change it.')
    if (post.withdrawnAt) throw new Refusal('conflict', 'This post was withdrawn. Write a new reply instead.')
    if (post.hiddenAt)
      throw new Refusal(
        'conflict',
        'This post is hidden. Talk to whoever hid it, or withdraw it and write a new reply.',
      )

    if (post.body !== words) {
      await tx.update(posts).set({ body: words, editedAt: house.now() }).where(eq(posts.id, post.id))
      tell({ type: 'post-edited', threadId: reader.threadId, postId })
    }
    return readPost(tx, reader.threadId, postId)
  })
}
