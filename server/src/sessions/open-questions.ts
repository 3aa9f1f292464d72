import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { posts, sessions, threads } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import type { sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { ThreadReader } from '../threads/guards.ts'
import type { Seat, SessionRow } from './guards.ts'

type ThreadRow = typeof threads.$inferSelect

const QUESTIONS_LISTED = 100

/** Questions that wait for a session: of its episode, and of the group. Each by its title or its first words. */
export async function listOpenQuestions(
  house: House,
  { session }: Seat,
): Promise<Output<typeof sessionCalls.listOpenQuestions>> {
  const waiting = await readWaiting(house.db, session)
  return waiting.map(({ thread, words }) => ({
    threadId: thread.id,
    question: words,
    start: thread.anchor?.start ?? null,
  }))
}

export async function countOpenQuestions(reader: Reader, session: SessionRow): Promise<number> {
  return (await readWaiting(reader, session)).length
}

/** Those of the episode first, in its order; then those of the group, the oldest first. */
async function readWaiting(
  reader: Reader,
  { groupId, episodeId }: Pick<SessionRow, 'groupId' | 'episodeId'>,
): Promise<Asked[]> {
  const asked = await readQuestions(
    reader,
    and(
      eq(threads.groupId, groupId),
      inArray(threads.roomId, episodeId ? [episodeId, groupId] : [groupId]),
      eq(threads.question, 'open'),
    ),
    asc(threads.startedAt),
  )
  const place = ({ thread }: Asked) =>
    thread.episodeId === null ? Infinity : (thread.anchor?.start ?? Number.MAX_VALUE)
  return asked
    .filter(({ words }) => words !== '')
    .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
}

type Asked = { thread: ThreadRow; words: string }

/** Threads, each with its title or the first words of whoever asked; none when these were withdrawn or hidden. */
export async function readQuestions(reader: Reader, which: SQL | undefined, order: SQL): Promise<Asked[]> {
  const rows = await reader
    .select({ thread: threads, body: posts.body })
    .from(threads)
    .leftJoin(
      posts,
      and(
        eq(posts.threadId, threads.id),
        eq(posts.number, 1),
        isNull(posts.withdrawnAt),
        isNull(posts.hiddenAt),
      ),
    )
    .where(which)
    .orderBy(order, asc(threads.id))
    .limit(QUESTIONS_LISTED)
  return rows.map(({ thread, body }) => ({ thread, words: body === null ? '' : thread.title || body.trim() }))
}

/** One question, for whoever takes part in its thread. */
export async function readQuestion(
  db: Reader,
  { member, threadId }: Pick<ThreadReader, 'member' | 'threadId'>,
): Promise<Asked> {
  const [asked] = await readQuestions(
    db,
    and(eq(threads.groupId, member.group.id), eq(threads.id, threadId)),
    asc(threads.startedAt),
  )
  if (!asked) throw new Refusal('not-found')
  if (asked.words === '')
    throw new Refusal(
      'conflict',
      'The words of this question were withdrawn or hidden, so it goes into no plan.',
    )
  return asked
}

/** These questions are in the plan of a session now; whoever has their page open sees it. */
export const markPlanned = (
  house: House,
  { id, groupId }: Pick<SessionRow, 'id' | 'groupId'>,
  threadIds: string[],
): Promise<void> =>
  changeQuestions(
    house,
    and(eq(threads.groupId, groupId), inArray(threads.id, threadIds), eq(threads.question, 'open')),
    { question: 'planned', plannedIn: id },
  )

/** Sessions of the group do not take place: what they would have talked about waits for another one. */
export const freeQuestions = (house: House, groupId: string): Promise<void> => {
  const cancelled = house.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.groupId, groupId), eq(sessions.status, 'cancelled')))
  return changeQuestions(
    house,
    and(eq(threads.groupId, groupId), eq(threads.question, 'planned'), inArray(threads.plannedIn, cancelled)),
    { question: 'open', plannedIn: null },
  )
}

/** One log after the other, each by itself: no two of them are ever locked at once. */
async function changeQuestions(
  house: House,
  which: SQL | undefined,
  change: Partial<ThreadRow>,
): Promise<void> {
  const logs = await house.db.selectDistinct({ roomId: threads.roomId }).from(threads).where(which)
  for (const { roomId } of logs)
    await changeRoom(house, roomId, async (tx, tell) => {
      const changed = await tx
        .update(threads)
        .set(change)
        .where(and(eq(threads.roomId, roomId), which))
        .returning({ id: threads.id })
      for (const { id } of changed) tell({ type: 'question-set', threadId: id })
    })
}
