import { eq } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import { forReader } from '#shared/answer-first.ts'
import { Refusal } from '#shared/refusals.ts'
import type { ReadThread, Thread } from '#shared/threads.ts'
import type { House } from '../house.ts'
import { readPosition } from '../rooms/rooms.ts'
import type { ThreadReader } from './guards.ts'
import { readThreads } from './read-threads.ts'

/** One thread as one member may read it. What is the same for all of them is kept while its log stands still. */
export async function getThread(
  house: House,
  { member, roomId, threadId, position, read }: ThreadReader,
): Promise<ReadThread> {
  const thread = house.kept.find(threadId, position) ?? (await readAndKeep(house, roomId, threadId))
  return forReader(thread, member.account.id, read)
}

async function readAndKeep(house: House, roomId: string, threadId: string): Promise<Thread> {
  const { position, thread } = await house.db.transaction(
    async (tx) => {
      const position = await readPosition(tx, roomId)
      const [thread] = await readThreads(tx, eq(threads.id, threadId))
      return { position, thread }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  if (!thread) throw new Refusal('not-found')
  // The log of a thread does not hear what its sessions are called.
  if (!thread.session && !thread.plannedIn && !thread.answeredIn) house.kept.keep(thread, position)
  return thread
}
