import { and, eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Change } from './change-session-room.ts'
import type { BlockRow } from './go-to-block.ts'

/** A block of this session. */
export async function findBlock({ tx, session }: Change, blockId: string): Promise<BlockRow> {
  const [block] = await tx
    .select()
    .from(blocks)
    .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  return block
}

/** The block that is on now, which the caller saw. */
export async function findCurrentBlock(change: Change, blockId: string): Promise<BlockRow> {
  const block = await findBlock(change, blockId)
  if (change.session.currentBlockId !== blockId)
    throw new Refusal(
      'conflict',
      block.startedAt === null ? 'This block has not begun yet.' : 'The room is at another block by now.',
    )
  return block
}
