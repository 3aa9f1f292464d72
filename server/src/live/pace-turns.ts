import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import type { Timer } from '#shared/live.ts'
import { hasPods, podSize } from '#shared/live/pods.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import { jumpedPace, movedPace, progressOf, roundsOf, turnOf } from '#shared/live/turns.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { readPaces } from '../pods/read-pods.ts'
import { savePace } from '../pods/save-pods.ts'
import { readOwnPods } from '../pods/settle-pods.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import { timerOf } from './go-to-block.ts'

/** The timer of the running block was changed by hand: the turns go along. */
export async function movePace(change: Change, before: Timer, after: Timer): Promise<void> {
  const { tx, session, now } = change
  if (session.currentBlockId === null) return
  const pace = (await readPaces(tx, [session.currentBlockId])).get(session.currentBlockId)
  if (!pace) return
  const left = (timer: Timer) => secondsLeft(timer, now.getTime()) ?? 0
  const block = { id: session.currentBlockId, groupId: session.groupId }
  await savePace({ ...change, block }, movedPace(pace, left(before), left(after)))
}

const SAME = 1e-6

/** Ends the current turn for all. When the caller saw another turn than the one that is on, nothing changes. */
export function nextTurn(
  house: House,
  chair: Chair,
  blockId: string,
  { until }: { until: number },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session, now } = change
    const [block] = await tx.select().from(blocks).where(eq(blocks.id, blockId))
    if (block?.sessionId !== session.id)
      throw new Refusal('not-found', 'This block is not in the plan any more.')
    if (session.currentBlockId !== blockId || !hasPods(block)) return {}
    const pace = (await readPaces(tx, [blockId])).get(blockId)
    const left = secondsLeft(timerOf(session), now.getTime())
    if (!pace || left === null) throw new Refusal('conflict', 'This block has no turns.')
    const pods = await readOwnPods({ tx, block })
    const rounds = roundsOf(pods)
    const sizes = new Set([podSize(block), ...pods.map(({ people }) => people.length)])
    const ends = [...sizes].map((size) => turnOf(pace, rounds, size, left).until)
    const isOn = ends.some((end) => Math.abs(end - until) < SAME)
    if (isOn && progressOf(pace, left) < until - SAME)
      await savePace({ ...change, block }, jumpedPace(pace, left, until))
    return {}
  })
}
