import { and, count, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_THREADS, type Thread, type ThreadDraft } from '#shared/threads.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { addPost, isRetry, storableAnchor, takenId } from './changes.ts'
import { readThread } from './read-threads.ts'

/** Starts a thread with its first post. What was sent before with these ids is the answer to a retry. */
export function startThread(house: House, reader: EpisodeReader, draft: ThreadDraft): Promise<Thread> {
  const { member, episode } = reader
  requireOpenGroup(member.group)
  return changeRoom(house, episode.id, async (tx, tell) => {
    const now = house.now()
    const [added] = await tx
      .insert(threads)
      .values({
        id: draft.threadId,
        groupId: episode.groupId,
        episodeId: episode.id,
        anchor: storableAnchor(draft.anchor),
        question: draft.question ? 'open' : 'none',
        startedBy: member.account.id,
        startedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: threads.id, lastNumber: threads.lastNumber })
    if (!added) return earlierThread(tx, reader, draft)

    await requireRoomForThread(tx, episode.id)
    if (!(await addPost(tx, reader, added, draft, now))) throw takenId()
    tell({ type: 'thread-started', threadId: draft.threadId, postId: draft.postId })
    return readThread(tx, episode.id, draft.threadId)
  })
}

/** A retry gets the answer of the first try; somebody else's id is refused. */
async function earlierThread(
  tx: Transaction,
  { member, episode }: EpisodeReader,
  draft: ThreadDraft,
): Promise<Thread> {
  const [mine] = await tx
    .select({ body: posts.body, editedAt: posts.editedAt, withdrawnAt: posts.withdrawnAt })
    .from(threads)
    .innerJoin(posts, and(eq(posts.threadId, threads.id), eq(posts.number, 1)))
    .where(
      and(
        eq(threads.id, draft.threadId),
        eq(threads.episodeId, episode.id),
        eq(threads.startedBy, member.account.id),
      ),
    )
  if (!mine || !isRetry(mine, draft.body)) throw takenId()
  return readThread(tx, episode.id, draft.threadId)
}

async function requireRoomForThread(tx: Transaction, episodeId: string): Promise<void> {
  const [all] = await tx.select({ count: count() }).from(threads).where(eq(threads.episodeId, episodeId))
  if ((all?.count ?? 0) > MOST_THREADS)
    throw new Refusal(
      'conflict',
      `An episode holds ${MOST_THREADS} threads, and this one is full. Reply in one of its threads instead.`,
    )
}
