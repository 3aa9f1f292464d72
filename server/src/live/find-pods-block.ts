import { and, eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import { hasPods } from '#shared/live/pods.ts'
import { momentOf, roundsOf } from '#shared/live/turns.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import type { Pod } from '#shared/pods.ts'
import { Refusal } from '#shared/refusals.ts'
import { readPaces } from '../pods/read-pods.ts'
import type { Placing } from '../pods/settle-pods.ts'
import type { Change } from './change-session-room.ts'
import { timerOf } from './go-to-block.ts'

/** A block of this session in which people are put together. */
export async function findPodsBlock(change: Change, blockId: string | null): Promise<Placing> {
  const [block] =
    blockId === null
      ? []
      : await change.tx
          .select()
          .from(blocks)
          .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, change.session.id)))
  if (blockId !== null && !block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  if (!block || !hasPods(block))
    throw new Refusal('conflict', 'Nobody works in pairs or threes in this block.')
  return { ...change, block }
}

/** Those of now: in a feedback round partners change. */
export async function podsNow({ tx, session, block, now }: Omit<Placing, 'tell'>, pods: readonly Pod[]) {
  const pace = (await readPaces(tx, [block.id])).get(block.id) ?? null
  const running = session.currentBlockId === block.id
  const left = running ? secondsLeft(timerOf(session), now.getTime()) : null
  const { round } = momentOf(pace, roundsOf(pods), left)
  return pods.filter((pod) => pod.round === round)
}
