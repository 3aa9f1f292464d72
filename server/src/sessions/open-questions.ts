import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, threads } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Seat, SessionRow } from './guards.ts'

const QUESTIONS_LISTED = 100

/** Questions that wait for a session: of its episode, and of the group. Each by its title or its first words. */
export async function listOpenQuestions(
  house: House,
  { session }: Seat,
): Promise<Output<typeof sessionCalls.listOpenQuestions>> {
  const rows = await readWaiting(house.db, session)
  return rows.map(({ thread, body }) => ({
    threadId: thread.id,
    question: thread.title || body.trim(),
    start: thread.anchor?.start ?? null,
  }))
}

export async function countOpenQuestions(reader: Reader, session: SessionRow): Promise<number> {
  return (await readWaiting(reader, session)).length
}

type Waits = Pick<SessionRow, 'groupId' | 'episodeId'>

/** Those of the episode first, in its order; then those of the group, the oldest first. */
async function readWaiting(reader: Reader, { groupId, episodeId }: Waits) {
  const rows = await reader
    .selectDistinctOn([threads.id], { thread: threads, body: posts.body })
    .from(threads)
    .innerJoin(posts, and(eq(posts.threadId, threads.id), isNull(posts.withdrawnAt), isNull(posts.hiddenAt)))
    .where(
      and(
        eq(threads.groupId, groupId),
        inArray(threads.roomId, episodeId ? [episodeId, groupId] : [groupId]),
        eq(threads.question, 'open'),
        // What follows may be for those only who answered.
        or(eq(threads.answerFirst, false), eq(posts.number, 1)),
      ),
    )
    .orderBy(asc(threads.id), asc(posts.number))
    .limit(QUESTIONS_LISTED)
  const group = (row: (typeof rows)[number]) => (row.thread.episodeId === null ? 1 : 0)
  return rows.sort(
    (a, b) =>
      group(a) - group(b) ||
      (a.thread.anchor?.start ?? 0) - (b.thread.anchor?.start ?? 0) ||
      +a.thread.startedAt - +b.thread.startedAt,
  )
}

/** These questions are in the plan of a session now; whoever has their page open sees it. */
export async function markPlanned(
  house: House,
  session: Pick<SessionRow, 'id' | 'groupId'>,
  threadIds: string[],
): Promise<void> {
  if (threadIds.length === 0) return
  const asked = await house.db
    .selectDistinct({ roomId: threads.roomId })
    .from(threads)
    .where(and(eq(threads.groupId, session.groupId), inArray(threads.id, threadIds)))
  for (const { roomId } of asked)
    await changeRoom(house, roomId, async (tx, tell) => {
      const changed = await tx
        .update(threads)
        .set({ question: 'planned', plannedIn: session.id })
        .where(and(eq(threads.roomId, roomId), inArray(threads.id, threadIds), eq(threads.question, 'open')))
        .returning({ id: threads.id })
      for (const { id } of changed) tell({ type: 'question-set', threadId: id })
    })
}
