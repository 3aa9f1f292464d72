import { and, eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { Seat } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'
import { requireUnlocked } from './require-unlocked.ts'

/** Whoever runs the session, and is not locked out of it, puts answers together; everybody does where the block says so. */
export async function requireGrouper(
  { tx, session, now }: Change,
  seat: Seat,
  blockId: string | null,
): Promise<void> {
  const [block] =
    blockId === null
      ? []
      : await tx
          .select({ options: blocks.options })
          .from(blocks)
          .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (block?.options.groupTogether === true) return
  if (!mayFacilitate(seat.member))
    throw new Refusal('not-allowed', 'Whoever runs the session puts these together.')
  await requireUnlocked(tx, seat, now)
}
