import { and, eq } from 'drizzle-orm'
import { postReactions } from '#db/schema.ts'
import type { Reaction } from '#shared/post-parts.ts'
import type { ReactionKind } from '#shared/words.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { readPost } from './read-threads.ts'

/** What is mine can be taken back at any time, also in a group that has ended. */
export function takeReactionBack(
  house: House,
  reader: ThreadReader,
  postId: string,
  kind: ReactionKind,
): Promise<Reaction[]> {
  const { account } = reader.member
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const { thread } = await findPost(tx, reader, postId)
    const [gone] = await tx
      .delete(postReactions)
      .where(
        and(
          eq(postReactions.postId, postId),
          eq(postReactions.accountId, account.id),
          eq(postReactions.kind, kind),
        ),
      )
      .returning({ kind: postReactions.kind })
    if (gone) tell({ type: 'reactions-changed', threadId: thread.id, postId })
    return (await readPost(tx, thread.id, postId)).reactions
  })
}
