import { LONGEST_BLOCK } from '#shared/guide.ts'
import { extendedTimer } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { extendedOverDays, moveEnd } from './over-days.ts'
import { movePace } from './pace-turns.ts'
import { runningBlocksTimer, setTimer } from './set-timer.ts'
import { wasHeard } from './was-heard.ts'

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
