import { pausedTimer } from '#shared/live/rules.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { requireTogether } from './over-days.ts'
import { runningBlocksTimer, setTimer } from './set-timer.ts'
import { wasHeard } from './was-heard.ts'

export function pauseTimer(
  house: House,
  chair: Chair,
  { id }: { id: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    requireTogether(change, 'Over days the time can’t be paused. Give it more time instead.')
    const timer = runningBlocksTimer(change)
    if (await wasHeard(change, id)) return {}
    if (timer.endsAt !== null) await setTimer(change, pausedTimer(timer, change.now), id)
    return {}
  })
}
