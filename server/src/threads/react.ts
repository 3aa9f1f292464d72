import { Refusal } from '#shared/refusals.ts'
import { postReactions } from '#db/schema.ts'
import type { Reaction } from '#shared/post-parts.ts'
import type { ReactionKind } from '#shared/words.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { readPost } from './read-threads.ts'

/** Says something about the words of somebody else. A second time changes nothing, and nobody hears of it. */
export function react(
  house: House,
  reader: ThreadReader,
  postId: string,
  kind: ReactionKind,
): Promise<Reaction[]> {
  const { account, group } = reader.member
  requireOpenGroup(group)
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { thread, post } = await findPost(tx, reader, postId)
    if (post.accountId === account.id)
      throw new Refusal('invalid', 'These are your own words. It is for the others to say this about them.')
    if (post.withdrawnAt || post.hiddenAt)
      throw new Refusal('conflict', 'These words are not there any more, so there is nothing to react to.')
    const [added] = await tx
      .insert(postReactions)
      .values({ groupId: group.id, postId, accountId: account.id, kind, reactedAt: house.now() })
      .onConflictDoNothing()
      .returning({ kind: postReactions.kind })
    if (added) tell({ type: 'reactions-changed', threadId: thread.id, postId })
    return (await readPost(tx, thread.id, postId)).reactions
  })
}
