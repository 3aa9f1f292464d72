import { and, eq, sql } from 'drizzle-orm'
import { roomEvents } from '#db/schema.ts'
import type { Change } from './change-session-room.ts'

/** A command that the log holds already was a retry. */
export async function wasHeard({ tx, session }: Change, id: string): Promise<boolean> {
  const [heard] = await tx
    .select({ number: roomEvents.number })
    .from(roomEvents)
    .where(and(eq(roomEvents.roomId, session.id), sql`${roomEvents.event} ->> 'id' = ${id}`))
    .limit(1)
  return heard !== undefined
}
