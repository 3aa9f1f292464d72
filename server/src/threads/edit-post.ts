import { eq } from 'drizzle-orm'
import { posts, postVersions } from '#db/schema.ts'
import { MOST_VERSIONS } from '#shared/post-parts.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Post } from '#shared/threads.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, writtenWords } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { keepMentions } from './keep-mentions.ts'
import { readPost } from './read-threads.ts'

/**
 * Writers may change their words at any time; everybody sees that they did, and what they said before.
 * @param revision the wording that was changed; whatever it is now, when nothing is said
 */
export function editPost(
  house: House,
  reader: ThreadReader,
  postId: string,
  { body, revision }: { body: string; revision?: number },
): Promise<Post> {
  const { member } = reader
  requireOpenGroup(member.group)
  const words = writtenWords(body)
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { post } = await findPost(tx, reader, postId)
    if (post.accountId !== member.account.id)
      throw new Refusal('not-allowed', 'Only whoever wrote a post can change it.')
    requireChangeable(post)

    // Sent again after a lost answer: the same words are no change.
    if (post.body !== words) {
      if (revision !== undefined && revision !== post.revision) throw changedMeanwhile()
      const now = house.now()
      await keepMentions(tx, member, { postId, before: post.body, words }, now)
      await tx.insert(postVersions).values({
        groupId: post.groupId,
        postId,
        revision: post.revision,
        body: post.body,
        writtenAt: post.editedAt ?? post.postedAt,
      })
      await tx
        .update(posts)
        .set({ body: words, editedAt: now, revision: post.revision + 1 })
        .where(eq(posts.id, postId))
      await indexPosts(tx, eq(posts.id, postId))
      tell({ type: 'post-edited', threadId: reader.threadId, postId })
    }
    return readPost(tx, reader.threadId, postId)
  })
}

function requireChangeable({ withdrawnAt, hiddenAt, revision }: typeof posts.$inferSelect): void {
  if (withdrawnAt) throw new Refusal('conflict', 'This post was withdrawn. Write a new reply instead.')
  if (hiddenAt)
    throw new Refusal(
      'conflict',
      'This post is hidden. Talk to whoever hid it, or withdraw it and write a new reply.',
    )
  if (revision >= MOST_VERSIONS)
    throw new Refusal(
      'conflict',
      `This post was changed ${MOST_VERSIONS} times, and that is as often as it goes. Write a new reply instead.`,
    )
}

const changedMeanwhile = () =>
  new Refusal(
    'conflict',
    'You changed this post in another place since you began here. Look at how it reads now, then save again.',
    'revision',
  )
