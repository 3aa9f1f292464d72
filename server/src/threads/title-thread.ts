import { and, eq } from 'drizzle-orm'
import { posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findThread, writtenTitle } from './changes.ts'
import type { ThreadReader } from './guards.ts'

/** The heading belongs to whoever wrote it, like the words of a post. */
export function titleThread(house: House, reader: ThreadReader, title: string): Promise<{ title: string }> {
  requireOpenGroup(reader.member.group)
  const words = writtenTitle(title)
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const thread = await findThread(tx, reader)
    if (thread.startedBy !== reader.member.account.id)
      throw new Refusal('not-allowed', 'Only whoever started a thread can change its title.')
    if (thread.title === null)
      throw new Refusal('invalid', 'This thread hangs on words of the episode and has no title of its own.')
    if (thread.title === '')
      throw new Refusal(
        'conflict',
        'The first post was withdrawn, and the title with it. Start a new thread.',
      )
    if (thread.title !== words) {
      await tx.update(threads).set({ title: words }).where(eq(threads.id, thread.id))
      await indexPosts(tx, and(eq(posts.threadId, thread.id), eq(posts.number, 1)))
      tell({ type: 'thread-titled', threadId: thread.id })
    }
    return { title: words }
  })
}
