import { and, eq } from 'drizzle-orm'
import { blocks, tables } from '#db/schema.ts'
import { hasTables } from '#shared/live/plenary.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'

/** From here on everybody in the room reads what the tables wrote in the block, and nobody changes it. */
export function revealTables(house: House, chair: Chair, blockId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async ({ tx, tell, session, now }) => {
    const [block] = await tx
      .select()
      .from(blocks)
      .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
    if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
    if (block.tablesRevealedAt !== null) return {}
    if (!hasTables(block) || (await tx.$count(tables, eq(tables.sessionId, session.id))) === 0)
      throw new Refusal('conflict', 'No tables talk in this block.')
    if (block.startedAt === null) throw new Refusal('conflict', 'This block has not begun yet.')
    await tx.update(blocks).set({ tablesRevealedAt: now }).where(eq(blocks.id, blockId))
    tell({ type: 'plenary-changed', blockId })
    return {}
  })
}
