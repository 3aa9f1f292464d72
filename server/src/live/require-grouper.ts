import { and, eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { Seat } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'
import { asCoFacilitator } from './require-table.ts'

/** Whoever runs the session puts answers together; everybody does where the block says so. */
export async function requireGrouper(
  { house, tx, session }: Change,
  seat: Seat,
  blockId: string | null,
): Promise<void> {
  if (mayFacilitate((await asCoFacilitator(house, seat)).member)) return
  const [block] =
    blockId === null
      ? []
      : await tx
          .select({ options: blocks.options })
          .from(blocks)
          .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (block?.options.groupTogether !== true)
    throw new Refusal('not-allowed', 'Whoever runs the session puts these together.')
}
