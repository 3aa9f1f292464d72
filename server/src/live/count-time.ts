import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import type { Change } from './change-session-room.ts'

/** What the column holds: 24 days, which a block over days may be open for longer. */
const MOST = 2_147_483_647

/** From now on the time of this block counts. */
export async function startCounting({ tx, now }: Pick<Change, 'tx' | 'now'>, blockId: string): Promise<void> {
  await tx.update(blocks).set({ runsSince: now }).where(eq(blocks.id, blockId))
}

/** Until now it counted: the block is left, paused, or the session is closed. */
export async function stopCounting({ tx, now }: Pick<Change, 'tx' | 'now'>, blockId: string): Promise<void> {
  const ran = sql`round(extract(epoch from (${now.toISOString()}::timestamptz - ${blocks.runsSince})) * 1000)`
  await tx
    .update(blocks)
    .set({ ranFor: sql`least(${blocks.ranFor} + greatest(0, ${ran}), ${MOST})::int`, runsSince: null })
    .where(and(eq(blocks.id, blockId), isNotNull(blocks.runsSince)))
}
