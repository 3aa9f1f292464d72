import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { blocks } from '#db/schema.ts'

type BlockRow = typeof blocks.$inferSelect

type Duration = {
  blockId: string
  kind: BlockRow['kind']
  title: string
  /** Minutes before anybody changed them during the session, and those that it ended with. */
  planned: number
  minutes: number
  /** Seconds that it ran, without pauses, over all the times that it was gone to; none when it never began. */
  seconds: number | null
}

/** What each block of a session took, in the order of the plan. */
export async function readDurations(reader: Reader, sessionId: string): Promise<Duration[]> {
  const plan = await reader
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(asc(blocks.position), asc(blocks.id))
  return plan.map((block) => ({
    blockId: block.id,
    kind: block.kind,
    title: block.title,
    planned: block.plannedMinutes ?? block.minutes,
    minutes: block.minutes,
    seconds: block.startedAt && block.ranFor / 1000,
  }))
}
