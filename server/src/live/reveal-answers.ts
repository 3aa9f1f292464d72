import { and, eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { hasReveal, hasWriting } from '#shared/live/rules.ts'
import { hasGoRound } from '#shared/live/spoken.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { revealBlock } from './reveal-block.ts'

/** From here on everybody in the room reads what was written in the block, and nobody changes it. */
export function revealAnswers(house: House, chair: Chair, blockId: string): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    const [block] = await tx
      .select()
      .from(blocks)
      .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
    if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
    if (block.revealedAt !== null) return {}
    if (hasGoRound(block))
      throw new Refusal(
        'conflict',
        'Everybody speaks in turn here, so there is nothing to reveal. Go on to whoever is next.',
      )
    if (!hasWriting(block)) throw new Refusal('conflict', 'Nothing is written in this block.')
    if (!hasReveal(block))
      throw new Refusal(
        'conflict',
        'What is written in this block stays with its writers; there is no reveal.',
      )
    if (block.startedAt === null) throw new Refusal('conflict', 'This block has not begun yet.')
    if (!(await revealBlock(change, block)))
      throw new Refusal(
        'conflict',
        'Fewer than three people are done, and with so few everybody could guess who wrote what. Give it more time, or go on: what was written then stays with its writers.',
      )
    return {}
  })
}
