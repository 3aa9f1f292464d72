import { and, eq, sql } from 'drizzle-orm'
import { roomEvents } from '#db/schema.ts'
import { LONGEST_BLOCK } from '#shared/guide.ts'
import { extendedTimer } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import { extendedOverDays, moveEnd } from './over-days.ts'
import { movePace } from './pace-turns.ts'
import { runningBlocksTimer, setTimer } from './set-timer.ts'

export function extendTimer(
  house: House,
  chair: Chair,
  { id, minutes }: { id: string; minutes: number },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const timer = runningBlocksTimer(change)
    if (await wasHeard(change, id)) return {}
    const longer = change.session.overDays
      ? await extendedOverDays(change, timer, minutes)
      : extendedTimer(timer, requireMinutes(minutes), change.now)
    await setTimer(change, longer, id)
    if (change.session.overDays) await moveEnd(change)
    await movePace(change, timer, longer)
    return {}
  })
}

function requireMinutes(minutes: number): number {
  if (minutes > LONGEST_BLOCK)
    throw new Refusal('invalid', `Give it at most ${LONGEST_BLOCK} minutes at once.`, 'minutes')
  return minutes
}

/** A command that the log holds already was a retry. */
export async function wasHeard({ tx, session }: Change, id: string): Promise<boolean> {
  const [heard] = await tx
    .select({ number: roomEvents.number })
    .from(roomEvents)
    .where(and(eq(roomEvents.roomId, session.id), sql`${roomEvents.event} ->> 'id' = ${id}`))
    .limit(1)
  return heard !== undefined
}
