import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { isAnonymous, LEAST_ANONYMOUS } from '#shared/live/rules.ts'
import { openSealed, readSealed } from '../answers/sealed-answers.ts'
import type { Change } from './change-session-room.ts'
import type { BlockRow } from './go-to-block.ts'

/**
 * @returns whether it was: without names nothing is while so few are done that they could be guessed. What is only typed
 * goes out with the rest, but does not count, so that nobody learns by asking whether anybody types.
 */
export async function revealBlock({ house, tx, tell, now }: Change, block: BlockRow): Promise<boolean> {
  if (isAnonymous(block)) {
    const { bodies, done } = await readSealed(house, tx, block.id)
    if (done < LEAST_ANONYMOUS) return false
    await openSealed(tx, block, bodies, now)
  }
  await tx.update(blocks).set({ revealedAt: now }).where(eq(blocks.id, block.id))
  tell({ type: 'answers-revealed', blockId: block.id, at: now.toISOString() })
  return true
}
