import { isDeepStrictEqual } from 'node:util'
import { and, eq, isNotNull } from 'drizzle-orm'
import { posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Anchor, ReadThread } from '#shared/threads.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findThread, storableAnchor } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { readThreadFor } from './read-threads.ts'

/** Confirms or chooses the words that a thread is about. Whoever started it keeps the first ones with it. */
export function placeThread(house: House, reader: ThreadReader, chosen: Anchor): Promise<ReadThread> {
  const { member, roomId, threadId } = reader
  requireOpenGroup(member.group)
  return changeRoom(house, roomId, async (tx, tell) => {
    const thread = await findThread(tx, reader)
    if (thread.startedBy !== member.account.id && !mayFacilitate(member))
      throw new Refusal(
        'not-allowed',
        'Only whoever started a thread, or a facilitator, can say what it is about.',
      )
    if (!thread.anchor)
      throw new Refusal(
        'invalid',
        'This thread has a title and is about the whole. Start a new one on the words that you mean.',
      )

    const withdrawn = and(eq(posts.threadId, threadId), eq(posts.number, 1), isNotNull(posts.withdrawnAt))
    if ((await tx.$count(posts, withdrawn)) > 0)
      throw new Refusal(
        'conflict',
        'The first post was withdrawn, and what it was about with it. Start a new thread on the words that you mean.',
      )

    const own = thread.startedBy === member.account.id
    // What was first quoted is the starter's: nobody else can vouch for words that are not in the text any more.
    const anchor = own ? withOriginal(storableAnchor(chosen), thread.anchor) : storableAnchor(chosen)
    if (!isDeepStrictEqual(anchor, thread.anchor)) {
      await tx.update(threads).set({ anchor }).where(eq(threads.id, threadId))
      tell({ type: 'thread-placed', threadId })
    }
    return readThreadFor(tx, reader)
  })
}

function withOriginal(chosen: Anchor, before: Anchor): Anchor {
  const original = before.original ?? before.quote
  return original === '' || original === chosen.quote ? chosen : { ...chosen, original }
}
