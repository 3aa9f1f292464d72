import { and, count, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, posts, sessions, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_THREADS, type ReadThread, type ThreadDraft } from '#shared/threads.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { addPost, isRetry, storableAnchor, takenId, writtenTitle } from './changes.ts'
import type { Log } from './guards.ts'
import { readThreadFor } from './read-threads.ts'

/** Starts a thread with its first post. What was sent before with these ids is the answer to a retry. */
export async function startThread(house: House, log: Log, draft: ThreadDraft): Promise<ReadThread> {
  const { member, roomId, episodeId } = log
  requireOpenGroup(member.group)
  const about = aboutWhat(log, draft)
  const started = await changeRoom(house, roomId, async (tx, tell) => {
    if (draft.sessionId) await requireSession(tx, log, draft.sessionId)
    const [added] = await tx
      .insert(threads)
      .values({
        id: draft.threadId,
        groupId: member.group.id,
        roomId,
        episodeId,
        sessionId: draft.sessionId ?? null,
        ...about,
        question: draft.question ? 'open' : 'none',
        answerFirst: draft.answerFirst ?? false,
        startedBy: member.account.id,
        startedAt: house.now(),
      })
      .onConflictDoNothing()
      .returning()
    if (!added) return earlierThread(tx, log, draft)

    await requireRoomForThread(tx, log)
    const spoken = await readLanguage(tx, episodeId)
    if (!(await addPost(tx, log, { ...added, spoken }, draft, house.now()))) throw takenId()
    tell({ type: 'thread-started', threadId: draft.threadId, postId: draft.postId })
    return readThreadFor(tx, { member, threadId: draft.threadId })
  })
  house.rooms.announceMarks(member.account.id)
  return started
}

async function readLanguage(tx: Transaction, episodeId: string | null): Promise<string | null> {
  if (episodeId === null) return null
  const [episode] = await tx
    .select({ language: episodes.language })
    .from(episodes)
    .where(eq(episodes.id, episodeId))
  return episode?.language ?? null
}

/** A thread hangs on something in its episode, or has a title of its own. */
function aboutWhat({ episodeId }: Log, { anchor, title, sessionId }: ThreadDraft) {
  if (episodeId === null && anchor)
    throw new Refusal(
      'invalid',
      'Only a thread of an episode hangs on words of it. Give this one a title.',
      'anchor',
    )
  if (episodeId !== null && sessionId)
    throw new Refusal(
      'invalid',
      'A thread of an episode belongs to no session. Start it on the session’s page.',
      'sessionId',
    )
  if (anchor) return { anchor: storableAnchor(anchor), title: null }
  return { anchor: null, title: writtenTitle(title ?? '') }
}

async function requireSession(tx: Transaction, { member }: Log, sessionId: string): Promise<void> {
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.groupId, member.group.id), eq(sessions.id, sessionId)))
  if (!session)
    throw new Refusal('invalid', 'There is no such session in this group. Choose another one.', 'sessionId')
}

/** A retry gets the answer of the first try; somebody else's id is refused. */
async function earlierThread(
  tx: Transaction,
  { member, roomId }: Log,
  draft: ThreadDraft,
): Promise<ReadThread> {
  const [mine] = await tx
    .select({ body: posts.body, editedAt: posts.editedAt, withdrawnAt: posts.withdrawnAt })
    .from(threads)
    .innerJoin(posts, and(eq(posts.threadId, threads.id), eq(posts.number, 1)))
    .where(
      and(
        eq(threads.id, draft.threadId),
        eq(threads.roomId, roomId),
        eq(threads.startedBy, member.account.id),
      ),
    )
  if (!mine || !isRetry(mine, draft.body)) throw takenId()
  return readThreadFor(tx, { member, threadId: draft.threadId })
}

async function requireRoomForThread(tx: Transaction, { roomId, episodeId }: Log): Promise<void> {
  const [all] = await tx.select({ count: count() }).from(threads).where(eq(threads.roomId, roomId))
  if ((all?.count ?? 0) > MOST_THREADS)
    throw new Refusal(
      'conflict',
      `${episodeId === null ? 'A group' : 'An episode'} holds ${MOST_THREADS} threads, and this one is full. Reply in one of its threads instead.`,
    )
}
